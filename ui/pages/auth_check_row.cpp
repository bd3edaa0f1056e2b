#include "ui/pages/auth_check_row.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>

namespace castdeck::ui {

using remote::CheckMark;

namespace {

constexpr int rowHeight = 30;
constexpr int numberWidth = 24;
constexpr int wordWidth = 92;
constexpr int timeWidth = 64;
constexpr int chevronWidth = 24;

constexpr std::array<const char*, remote::checkCount> titles{
    QT_TRANSLATE_NOOP("Check", "Needs authorization"),
    QT_TRANSLATE_NOOP("Check", "Endpoint reachable"),
    QT_TRANSLATE_NOOP("Check", "TLS"),
    QT_TRANSLATE_NOOP("Check", "No redirect to a login"),
    QT_TRANSLATE_NOOP("Check", "Status"),
    QT_TRANSLATE_NOOP("Check", "Content type and JSON"),
    QT_TRANSLATE_NOOP("Check", "Has \"auth\""),
    QT_TRANSLATE_NOOP("Check", "Form KEY:SIGNATURE"),
    QT_TRANSLATE_NOOP("Check", "Key of the app"),
    QT_TRANSLATE_NOOP("Check", "Signature"),
    QT_TRANSLATE_NOOP("Check", "Channel data"),
    QT_TRANSLATE_NOOP("Check", "Server accepts the subscribe")};

struct Look {
    QString word;
    QString icon;
    Tone tone;
};

Look lookOf(CheckMark mark)
{
    switch (mark) {
    case CheckMark::Passed: return {CheckRow::tr("passed"), QStringLiteral("check"), Tone::Success};
    case CheckMark::Failed: return {CheckRow::tr("failed"), QStringLiteral("error"), Tone::Danger};
    case CheckMark::Unchecked: return {CheckRow::tr("unchecked"), QStringLiteral("notice"), Tone::Warning};
    case CheckMark::NotNeeded: return {CheckRow::tr("not needed"), QStringLiteral("dash"), Tone::Faint};
    case CheckMark::NotReached: break;
    }
    return {CheckRow::tr("not reached"), QStringLiteral("ring"), Tone::Faint};
}

QString timeWords(std::chrono::microseconds time)
{
    if (time.count() == 0)
        return {};
    const double milliseconds = static_cast<double>(time.count()) / 1'000.0;
    return milliseconds < 1 ? CheckRow::tr("< 1 ms") : CheckRow::tr("%1 ms").arg(milliseconds, 0, 'f', 0);
}

} // namespace

CheckRow::CheckRow(std::size_t index, QWidget* parent)
    : QAbstractButton{parent}
    , m_number{QString::number(index + 1)}
    , m_title{QCoreApplication::translate("Check", titles[index])}
{
    setObjectName(QStringLiteral("auth.check.%1").arg(index + 1));
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setResult({});
}

void CheckRow::setResult(const remote::CheckResult& result)
{
    const Look look = lookOf(result.mark);
    m_word = look.word;
    m_icon = look.icon;
    m_tone = look.tone;
    m_time = timeWords(result.time);
    setAccessibleName(tr("%1 %2: %3").arg(m_number, m_title, m_word));
    update();
}

QSize CheckRow::sizeHint() const
{
    return {320, rowHeight};
}

void CheckRow::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen{colors.accent, 1.0} : QPen{Qt::NoPen});
        painter.setBrush(isChecked() ? colors.soft(m_tone) : underMouse() ? colors.hover : colors.surface);
        painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
    }
    QRect area = rect().adjusted(metrics::small, 0, -metrics::small, 0);
    const auto take = [&area](int width) {
        const QRect part{area.left(), area.top(), width, area.height()};
        area.setLeft(area.left() + width);
        return part;
    };
    const auto takeRight = [&area](int width) {
        const QRect part{area.right() + 1 - width, area.top(), width, area.height()};
        area.setRight(area.right() - width);
        return part;
    };
    const QRect mark = take(metrics::icon + metrics::small);
    painter.drawPixmap(mark.left(), mark.center().y() - metrics::icon / 2 + 1,
                       iconPixmap(m_icon, colors.tone(m_tone), metrics::icon, devicePixelRatioF()));
    painter.setFont(bodyFont(metrics::smallText));
    painter.setPen(colors.faint);
    painter.drawText(take(numberWidth), Qt::AlignLeft | Qt::AlignVCenter, m_number);
    const QRect chevron = takeRight(chevronWidth);
    painter.drawPixmap(chevron.right() - 13, chevron.center().y() - 6,
                       iconPixmap(isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                                  colors.faint, 14, devicePixelRatioF()));
    painter.drawText(takeRight(timeWidth), Qt::AlignRight | Qt::AlignVCenter, m_time);
    painter.setFont(bodyFont(metrics::smallText, QFont::Medium));
    painter.setPen(colors.tone(m_tone));
    painter.drawText(takeRight(wordWidth), Qt::AlignLeft | Qt::AlignVCenter, m_word);
    painter.setFont(bodyFont(metrics::bodyText, m_tone == Tone::Danger ? QFont::DemiBold : QFont::Normal));
    painter.setPen(m_tone == Tone::Faint ? colors.faint : colors.text);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, area.width()));
}

void CheckRow::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void CheckRow::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace castdeck::ui
