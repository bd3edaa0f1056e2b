#include "ui/widgets/confirm_sheet.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <memory>

namespace castdeck::ui {

namespace {

constexpr std::size_t maxChips = 12;

} // namespace

ConfirmSheet::ConfirmSheet(QWidget* parent)
    : QFrame{parent}
    , m_title{makeLabel({}, TextKind::Head)}
    , m_chips{new QWidget}
    , m_event{makeLabel()}
    , m_note{makeLabel({}, TextKind::Muted)}
    , m_payload{new QPlainTextEdit}
    , m_prompt{makeLabel({}, TextKind::Label)}
    , m_name{new QLineEdit}
    , m_send{makeButton(QStringLiteral("confirm.send"), tr("Send to PRODUCTION"), QStringLiteral("send"),
                        ButtonKind::Primary)}
{
    setObjectName(QStringLiteral("confirm"));
    new FlowLayout{6, m_chips};
    m_chips->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    for (QLabel* label : {m_title, m_event, m_note, m_prompt})
        label->setWordWrap(true);
    m_payload->setObjectName(QStringLiteral("confirm.payload"));
    m_payload->setAccessibleName(tr("Exact payload"));
    m_payload->setProperty("look", QStringLiteral("code"));
    m_payload->setReadOnly(true);
    m_payload->setTabChangesFocus(true);
    m_payload->setFont(codeFont());
    m_payload->document()->setDocumentMargin(metrics::small);
    m_payload->setMinimumHeight(64);
    m_name->setObjectName(QStringLiteral("confirm.name"));
    m_name->setAccessibleName(tr("Name of the first channel"));
    m_prompt->setBuddy(m_name);
    QPushButton* cancel = makeButton(QStringLiteral("confirm.cancel"), tr("Cancel"));

    auto* answer = new QHBoxLayout;
    answer->setSpacing(metrics::small);
    answer->addWidget(m_name, 1);
    answer->addWidget(cancel);
    answer->addWidget(m_send);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_title);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(makeLabel(tr("Goes to"), TextKind::Label));
    layout->addWidget(m_chips);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(makeLabel(tr("Event and exact payload"), TextKind::Label));
    layout->addWidget(m_event);
    layout->addWidget(m_payload, 1);
    layout->addWidget(m_note);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(m_prompt);
    layout->addLayout(answer);
    connect(m_name, &QLineEdit::textChanged, this, &ConfirmSheet::check);
    connect(m_send, &QPushButton::clicked, this, &ConfirmSheet::confirm);
    connect(cancel, &QPushButton::clicked, this, [this] {
        m_isAsking = false;
        Q_EMIT cancelled();
    });
    setFocusProxy(m_name);
}

void ConfirmSheet::ask(const Question& question)
{
    m_wanted = question.channels.front().name;
    m_isAsking = true;
    const QString server = shownText(toStd(question.serverName), 80);
    m_title->setText(question.isProduction ? tr("Send to PRODUCTION: %1").arg(server) : tr("Send to %1").arg(server));
    m_send->setText(question.isProduction ? tr("Send to PRODUCTION") : tr("Send"));
    m_send->setAccessibleName(m_send->text());
    setAccessibleName(m_title->text());
    showChannels(question.channels);
    m_event->setText(shownText(toStd(question.event), 200));
    m_payload->setPlainText(toQt(question.payload));
    m_note->setText(question.note);
    m_note->setVisible(!question.note.isEmpty());
    m_prompt->setText(tr("To send, type the channel name %1").arg(shownText(m_wanted, 200)));
    m_name->clear();
    m_name->setPlaceholderText(shownText(m_wanted, 200));
    check();
    m_name->setFocus();
}

void ConfirmSheet::showChannels(const std::vector<Channel>& channels)
{
    while (const std::unique_ptr<QLayoutItem> item{m_chips->layout()->takeAt(0)})
        delete item->widget();
    for (std::size_t i = 0; i < std::min(channels.size(), maxChips); ++i) {
        const ChannelLook look = lookOf(pusher::kindOf(channels[i].name));
        auto* chip = new Chip{Chip::Use::Information, m_chips};
        chip->setText(shownText(channels[i].name, 200));
        chip->setAccessibleName(chip->text());
        chip->setLook(look.icon, look.tone);
        if (const auto count = channels[i].subscribers)
            chip->setRemark(*count == 1 ? tr("1 subscriber") : tr("%1 subscribers").arg(shownCount(*count)));
        else
            chip->setRemark(tr("subscribers not known"));
        m_chips->layout()->addWidget(chip);
    }
    if (channels.size() > maxChips) {
        auto* more = new Chip{Chip::Use::Information, m_chips};
        more->setText(tr("and %1 more").arg(channels.size() - maxChips));
        m_chips->layout()->addWidget(more);
    }
    m_chips->updateGeometry();
}

void ConfirmSheet::check()
{
    const std::string typed = toStd(m_name->text());
    const bool isRight = typed == m_wanted;
    const bool isOnTheWay = toQt(m_wanted).startsWith(m_name->text());
    m_send->setEnabled(isRight && m_isAsking);
    m_send->setIcon(icon(QStringLiteral("send"), m_send->isEnabled() ? Tone::OnAccent : Tone::Faint));
    setStyleProperty(m_name, "state", isRight || isOnTheWay ? QString{} : QStringLiteral("wrong"));
    m_send->setToolTip(isRight ? tr("Send (Enter)") : tr("Type the name of the first channel first"));
}

void ConfirmSheet::confirm()
{
    if (!m_isAsking || toStd(m_name->text()) != m_wanted)
        return;
    m_isAsking = false; // What comes after the first Enter finds nothing to confirm.
    m_send->setEnabled(false);
    Q_EMIT confirmed();
}

void ConfirmSheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        m_isAsking = false;
        Q_EMIT cancelled();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        confirm();
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace castdeck::ui
