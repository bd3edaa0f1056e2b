#include "ui/widgets/receipt.h"

#include "ui/models/report_words.h"
#include "ui/models/send_desk.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString durationText(std::chrono::microseconds duration)
{
    if (duration < std::chrono::milliseconds{1})
        return Receipt::tr("under 1 ms");
    return Receipt::tr("%1 ms").arg(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

QString subscribersText(std::size_t count)
{
    return count == 0   ? Receipt::tr("no subscriber")
           : count == 1 ? Receipt::tr("1 subscriber")
                        : Receipt::tr("%1 subscribers").arg(shownCount(count));
}

std::size_t receiversOf(const engine::PublishOutcome& outcome)
{
    std::size_t sum = 0;
    for (const auto& channel : outcome.channels)
        sum += channel.receivers;
    return sum;
}

/// What was asked and answered. The manager has taken the secrets out.
QString exchangeText(const std::vector<broadcast::Exchange>& exchanges)
{
    QStringList parts;
    for (const broadcast::Exchange& exchange : exchanges)
        parts << shownText(exchange.request, 8'192, LineEnds::Keep) + QStringLiteral("\n\n") +
                     shownText(exchange.answer, 8'192, LineEnds::Keep);
    return parts.join(QStringLiteral("\n\n"));
}

QString batchSentence(const BatchOutcome& outcome)
{
    const auto accepted = std::ranges::count(outcome.lines, true, &BatchLine::isAccepted);
    const auto messages = static_cast<qsizetype>(outcome.lines.size());
    if (accepted < messages) {
        const auto refused = std::ranges::find(outcome.lines, false, &BatchLine::isAccepted);
        return Receipt::tr("Accepted %1 of %2 messages. %3").arg(accepted).arg(messages).arg(refused->problem);
    }
    std::size_t receivers = 0;
    for (const BatchLine& line : outcome.lines)
        receivers += line.receivers.value_or(0);
    const QString sentence = Receipt::tr("Accepted %1 messages.").arg(messages);
    if (std::ranges::none_of(outcome.lines, [](const BatchLine& line) { return line.receivers.has_value(); }))
        return sentence;
    return sentence + u' ' +
           (receivers == 1 ? Receipt::tr("1 delivery.") : Receipt::tr("%1 deliveries.").arg(shownCount(receivers)));
}

QString batchLine(const BatchLine& line)
{
    const QString what =
        Receipt::tr("%1 on %2")
            .arg(shownText(toStd(line.draft.event), 80), shownText(toStd(line.draft.channels.simplified()), 120));
    if (!line.isAccepted)
        return Receipt::tr("%1: %2").arg(what, line.problem);
    if (!line.receivers)
        return Receipt::tr("%1: accepted").arg(what);
    return Receipt::tr("%1: accepted, %2").arg(what, subscribersText(*line.receivers));
}

QString perChannel(const engine::PublishOutcome& outcome)
{
    constexpr std::size_t shownAtMost = 4;
    if (outcome.channels.size() < 2)
        return {};
    QStringList parts;
    for (std::size_t i = 0; i < std::min(outcome.channels.size(), shownAtMost); ++i)
        parts << Receipt::tr("%1: %2").arg(shownText(outcome.channels[i].channel, 48),
                                           shownCount(outcome.channels[i].receivers));
    if (outcome.channels.size() > shownAtMost)
        parts << Receipt::tr("%1 more").arg(outcome.channels.size() - shownAtMost);
    return parts.join(QStringLiteral(",  "));
}

} // namespace

QString receiptSentence(const engine::PublishOutcome& outcome, std::optional<std::chrono::microseconds> lastDelivery)
{
    if (!outcome.isAccepted)
        return Receipt::tr("Not sent. %1").arg(shownText(outcome.error, 500));
    const std::size_t receivers = receiversOf(outcome);
    const QString who =
        receivers == 1 ? Receipt::tr("1 subscriber") : Receipt::tr("%1 subscribers").arg(shownCount(receivers));
    const QString where = outcome.channels.size() == 1 ? Receipt::tr("1 channel")
                                                       : Receipt::tr("%1 channels").arg(outcome.channels.size());
    const QString sentence =
        receivers == 0 ? Receipt::tr("Accepted in %1. Nobody was subscribed.").arg(durationText(outcome.duration))
                       : Receipt::tr("Accepted in %1. %2 on %3.").arg(durationText(outcome.duration), who, where);
    return lastDelivery ? Receipt::tr("%1 Last delivery after %2.").arg(sentence, durationText(*lastDelivery))
                        : sentence;
}

Receipt::Receipt(QWidget* parent)
    : QFrame{parent}
    , m_icon{makeLabel()}
    , m_text{makeLabel()}
    , m_detail{makeLabel({}, TextKind::Hint)}
    , m_whoGotThis{makeButton(QStringLiteral("receipt.who"), tr("Who got this"), {}, ButtonKind::Small)}
    , m_showDetails{makeButton(QStringLiteral("receipt.details"), tr("Details"), {}, ButtonKind::Small)}
    , m_details{new QPlainTextEdit}
{
    setObjectName(QStringLiteral("composer.receipt"));
    setFocusPolicy(Qt::TabFocus); // Takes the focus after a send that was confirmed: Enter does nothing here.
    build();
    showIdle();
}

void Receipt::build()
{
    m_text->setWordWrap(true);
    m_detail->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(1);
    lines->addWidget(m_text);
    lines->addWidget(m_detail);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::small);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addLayout(lines, 1);
    row->addWidget(m_whoGotThis, 0, Qt::AlignVCenter);
    row->addWidget(m_showDetails, 0, Qt::AlignVCenter);
    constexpr int detailsHeight = 132;
    constexpr int leastDetailsHeight = 48;
    m_details->setObjectName(QStringLiteral("receipt.exchange"));
    setDetails(tr("Details"), {});
    m_details->setProperty("look", QStringLiteral("code"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFont(codeFont());
    m_details->document()->setDocumentMargin(metrics::small);
    m_details->setMinimumHeight(leastDetailsHeight); // A low window is not made higher.
    m_details->setMaximumHeight(detailsHeight);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(row);
    layout->addWidget(m_details);
    connect(m_whoGotThis, &QPushButton::clicked, this, &Receipt::whoGotThisRequested);
    connect(m_showDetails, &QPushButton::clicked, this, [this] { setDetailsShown(m_details->isHidden()); });
}

void Receipt::setDetails(const QString& name, const QString& text)
{
    m_details->setAccessibleName(name);
    m_details->setPlainText(text);
}

void Receipt::setDetailsShown(bool isShown)
{
    m_details->setVisible(isShown);
    m_showDetails->setText(isShown ? tr("Hide details") : tr("Details"));
    m_showDetails->setAccessibleName(m_showDetails->text());
}

void Receipt::showIdle()
{
    showLine(QStringLiteral("notice"), Tone::Faint, tr("Ctrl+Enter sends. The result appears here."), {});
}

void Receipt::showWaiting()
{
    m_lastDelivery.reset();
    showLine(QStringLiteral("send"), Tone::Muted, tr("Sending…"), {});
}

void Receipt::showOutcome(const engine::PublishOutcome& outcome)
{
    if (!outcome.isAccepted) {
        showRefusal(receiptSentence(outcome));
        return;
    }
    showLine(QStringLiteral("check"), Tone::Success, receiptSentence(outcome, m_lastDelivery), perChannel(outcome),
             Offer::WhoGotThis);
    m_outcome = outcome;
}

void Receipt::showLastDelivery(std::chrono::microseconds after)
{
    m_lastDelivery = after;
    if (!m_outcome)
        return;
    m_text->setText(receiptSentence(*m_outcome, after));
    setAccessibleName(m_text->text());
}

void Receipt::showReport(const broadcast::Report& report)
{
    const bool isSuccess = report.isSuccess() && !report.entries.empty();
    const QString exchanges = exchangeText(report.exchanges);
    setDetails(tr("Request and answer"), exchanges);
    showLine(isSuccess ? QStringLiteral("check") : QStringLiteral("error"), isSuccess ? Tone::Success : Tone::Danger,
             reportSentence(report), reportDetail(report),
             isSuccess || exchanges.isEmpty() ? Offer::Nothing : Offer::Details);
}

void Receipt::showNotice(const QString& sentence)
{
    showLine(QStringLiteral("notice"), Tone::Muted, sentence, {});
}

void Receipt::showBatch(const BatchOutcome& outcome)
{
    const bool isWhole = std::ranges::all_of(outcome.lines, &BatchLine::isAccepted);
    QStringList lines;
    for (const BatchLine& line : outcome.lines)
        lines << QStringLiteral("%1.  %2").arg(lines.size() + 1).arg(batchLine(line));
    if (!isWhole && !outcome.exchanges.empty())
        lines << QString{} << exchangeText(outcome.exchanges);
    setDetails(tr("What became of each message"), lines.join(u'\n'));
    showLine(isWhole ? QStringLiteral("check") : QStringLiteral("error"), isWhole ? Tone::Success : Tone::Danger,
             batchSentence(outcome), {}, Offer::Details);
}

void Receipt::showRefusal(const QString& sentence)
{
    showLine(QStringLiteral("error"), Tone::Danger, sentence, {});
}

QString Receipt::text() const
{
    return m_text->text();
}

void Receipt::showLine(const QString& iconName, Tone tone, const QString& text, const QString& detail, Offer offer)
{
    m_outcome.reset();
    m_whoGotThis->setVisible(offer == Offer::WhoGotThis);
    m_showDetails->setVisible(offer == Offer::Details);
    setDetailsShown(false);
    m_iconName = iconName;
    m_tone = tone;
    showIcon();
    setStyleProperty(m_text, "textKind",
                     tone == Tone::Danger  ? QStringLiteral("error")
                     : tone == Tone::Faint ? QStringLiteral("hint")
                                           : QString{});
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(text);
}

void Receipt::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QFrame::changeEvent(event);
}

void Receipt::showIcon()
{
    constexpr int size = 18;
    m_icon->setPixmap(iconPixmap(m_iconName, Theme::colors().tone(m_tone), size, devicePixelRatioF()));
}

} // namespace castdeck::ui
