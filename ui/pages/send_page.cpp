#include "ui/pages/send_page.h"

#include "ui/models/history_model.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/history_list.h"
#include "ui/widgets/receipt.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int historyWidth = 300;

} // namespace

SendPage::SendPage(ServerControl& server, const std::vector<hub::AppConfig>& apps, QWidget* parent)
    : QWidget{parent}
    , m_server{server}
    , m_composer{new Composer{apps}}
    , m_receipt{new Receipt}
    , m_history{new HistoryModel{this}}
    , m_historyStack{new QStackedWidget}
{
    setObjectName(QStringLiteral("page.send"));
    setFocusProxy(m_composer);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildMain(), 1);
    layout->addWidget(buildHistory());
    // The words of the code on the Apps page, so that the first Ctrl+Enter reaches a page made from it.
    m_composer->setDraft(
        {QStringLiteral("demo"), QStringLiteral("hello"), "{\n  \"text\": \"Hello\"\n}", PayloadMode::Json});
    connect(m_composer, &Composer::sendRequested, this, &SendPage::send);
    connect(m_composer, &Composer::refused, m_receipt, &Receipt::showRefusal);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut{QKeySequence{Qt::CTRL | key}, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, m_composer, &Composer::send);
    }
}

QWidget* SendPage::buildMain()
{
    QPushButton* button =
        makeButton(QStringLiteral("composer.send"), tr("Send"), QStringLiteral("send"), ButtonKind::Primary);
    button->setToolTip(tr("Send (Ctrl+Enter)"));
    button->setMinimumWidth(112);
    connect(button, &QPushButton::clicked, m_composer, &Composer::send);

    auto* foot = new QHBoxLayout;
    foot->setSpacing(metrics::large);
    foot->addWidget(m_receipt, 1);
    foot->addWidget(button, 0, Qt::AlignVCenter);

    auto* main = new QWidget;
    auto* layout = new QVBoxLayout{main};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::large);
    layout->setSpacing(metrics::large);
    layout->addWidget(makeLabel(tr("Send"), TextKind::Title));
    layout->addWidget(m_composer, 1);
    layout->addWidget(makeArea("line"));
    layout->addLayout(foot);
    return main;
}

QWidget* SendPage::buildHistory()
{
    auto* list = new HistoryList{m_history};
    const auto refill = [this](const QModelIndex& index) {
        const SentMessage& message = m_history->at(index.row());
        m_composer->setApp(message.appId);
        m_composer->setDraft(message.draft);
    };
    connect(list, &QListView::clicked, this, refill);
    connect(list, &QListView::activated, this, refill);
    auto* empty = new EmptyState{QStringLiteral("history.empty.action")};
    empty->setContent({QStringLiteral("history"),
                       tr("Nothing sent yet"),
                       tr("Each message you send is kept here; a click brings it back."),
                       {}});
    m_historyStack->addWidget(empty);
    m_historyStack->addWidget(list);

    QLabel* head = makeLabel(tr("Sent in this session"), TextKind::Label);
    head->setContentsMargins(metrics::large, metrics::page + 8, metrics::large, metrics::medium);
    QFrame* panel = makeArea("panel");
    panel->setFixedWidth(historyWidth);
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(makeArea("line"));
    layout->addWidget(m_historyStack, 1);
    return panel;
}

void SendPage::showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot)
{
    m_isServerRunning = snapshot->server.state == engine::ServerState::Running;
    if (isVisible())
        m_composer->showSnapshot(snapshot);
}

void SendPage::send(const Draft& draft)
{
    if (!m_isServerRunning) {
        m_receipt->showRefusal(tr("Not sent. The local server is stopped: start it on the Apps page."));
        return;
    }
    engine::PublishCommand command{.appId = toStd(m_composer->appId()),
                                   .channels = {},
                                   .event = toStd(draft.event),
                                   .data = draft.payload,
                                   .excludeSocketId = {}};
    for (const ChannelEntry& entry : parseChannels(draft.channels))
        command.channels.push_back(entry.name);
    m_receipt->showWaiting();
    m_lastCommand = m_server.publish(std::move(command));
    m_history->add(
        {.commandId = m_lastCommand, .appId = m_composer->appId(), .draft = draft, .at = QDateTime::currentDateTime()});
    m_historyStack->setCurrentIndex(1);
}

void SendPage::showOutcome(const engine::PublishOutcome& outcome)
{
    std::size_t receivers = 0;
    for (const auto& channel : outcome.channels)
        receivers += channel.receivers;
    m_history->setOutcome(outcome.commandId,
                          outcome.isAccepted ? SentMessage::State::Accepted : SentMessage::State::Failed, receivers);
    if (outcome.commandId == m_lastCommand)
        m_receipt->showOutcome(outcome);
}

} // namespace castdeck::ui
