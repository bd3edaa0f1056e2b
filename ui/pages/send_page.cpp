#include "ui/pages/send_page.h"

#include "ui/models/history_model.h"
#include "ui/models/report_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/history_list.h"
#include "ui/widgets/receipt.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int historyWidth = 300;

/// Server and connections count their sends separately; the history keeps both in one list.
std::uint64_t keyHere(std::uint64_t id)
{
    return 2 * id;
}

std::uint64_t keyThrough(std::uint64_t id)
{
    return 2 * id + 1;
}

SentMessage::State stateOf(const broadcast::Report& report)
{
    if (report.isSuccess())
        return SentMessage::State::Accepted;
    const bool isAnySent =
        std::ranges::find(report.entries, broadcast::Status::Sent, &broadcast::Entry::status) != report.entries.end();
    return isAnySent ? SentMessage::State::Partial : SentMessage::State::Failed;
}

} // namespace

SendPage::SendPage(ServerControl& server, ConnectionControl& connections, const WindowSettings& settings,
                   QWidget* parent)
    : QWidget{parent}
    , m_server{server}
    , m_connectionControl{connections}
    , m_choices{connectionChoices(settings.connections, connections.defaultConnection())}
    , m_connection{new QComboBox}
    , m_connectionHint{makeLabel({}, TextKind::Hint)}
    , m_composer{new Composer{settings.apps}}
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
    connect(m_connection, &QComboBox::currentIndexChanged, this, &SendPage::showChoice);
    m_connection->setCurrentIndex(m_choices.preferred);
    showChoice();
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut{QKeySequence{Qt::CTRL | key}, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, m_composer, &Composer::send);
    }
}

QLayout* SendPage::buildHead()
{
    m_connection->setObjectName(QStringLiteral("send.connection"));
    m_connection->setAccessibleName(tr("Send through"));
    m_connection->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_connection->setMinimumContentsLength(22);
    for (const ConnectionChoice& each : m_choices.list)
        m_connection->addItem(each.text, toQt(each.name));
    QLabel* through = makeLabel(tr("Through"), TextKind::Label);
    through->setBuddy(m_connection);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(makeLabel(tr("Send"), TextKind::Title));
    head->addStretch();
    head->addWidget(through);
    head->addWidget(m_connection);
    return head;
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

    m_connectionHint->setAlignment(Qt::AlignRight);
    auto* main = new QWidget;
    auto* layout = new QVBoxLayout{main};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::large);
    layout->setSpacing(metrics::large);
    layout->addLayout(buildHead());
    layout->addWidget(m_connectionHint);
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
        setConnection(message.connection);
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

const ConnectionChoice& SendPage::choice() const
{
    return m_choices.list[static_cast<std::size_t>(m_connection->currentIndex())];
}

void SendPage::showChoice()
{
    const ConnectionChoice& chosen = choice();
    m_connection->setToolTip(chosen.origin);
    m_connectionHint->setText(chosen.note);
    m_connectionHint->setVisible(!chosen.note.isEmpty());
    m_composer->setEmbedded(chosen.isEmbedded);
}

void SendPage::setConnection(const QString& name)
{
    if (const int index = m_connection->findData(name); index >= 0)
        m_connection->setCurrentIndex(index);
}

void SendPage::send(const Draft& draft)
{
    if (choice().isEmbedded)
        sendHere(draft);
    else
        sendThrough(draft);
}

void SendPage::sendHere(const Draft& draft)
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
    remember(keyHere(m_server.publish(std::move(command))), draft);
}

void SendPage::sendThrough(const Draft& draft)
{
    std::vector<broadcast::Channel> channels; // Raw names, as typed.
    for (const ChannelEntry& entry : parseChannels(draft.channels))
        channels.emplace_back(entry.name);
    broadcast::Emission emission;
    emission.event = toStd(draft.event);
    // Text is a value, so that wires that carry JSON quote it; JSON goes out as written.
    emission.payload = draft.mode == PayloadMode::Text ? broadcast::Payload{broadcast::Json(draft.payload)}
                                                       : broadcast::Payload{draft.payload};
    emission.channels = broadcast::Channels{std::move(channels)};
    emission.options.connection = choice().name;
    m_receipt->showWaiting();
    remember(keyThrough(m_connectionControl.send(std::move(emission))), draft);
}

void SendPage::remember(std::uint64_t id, const Draft& draft)
{
    m_lastSent = id;
    m_history->add({.commandId = id,
                    .appId = m_composer->appId(),
                    .connection = toQt(choice().name),
                    .draft = draft,
                    .at = QDateTime::currentDateTime()});
    m_historyStack->setCurrentIndex(1);
}

void SendPage::showOutcome(const engine::PublishOutcome& outcome)
{
    std::size_t receivers = 0;
    for (const auto& channel : outcome.channels)
        receivers += channel.receivers;
    const std::uint64_t key = keyHere(outcome.commandId);
    m_history->setOutcome(key, outcome.isAccepted ? SentMessage::State::Accepted : SentMessage::State::Failed,
                          receivers);
    if (key == m_lastSent)
        m_receipt->showOutcome(outcome);
}

void SendPage::showReport(std::uint64_t id, const broadcast::Report& report)
{
    const bool tellsReceivers =
        std::ranges::any_of(report.entries, [](const broadcast::Entry& entry) { return entry.receivers.has_value(); });
    const std::uint64_t key = keyThrough(id);
    m_history->setOutcome(key, stateOf(report), tellsReceivers ? std::optional{receiversOf(report)} : std::nullopt);
    if (key == m_lastSent)
        m_receipt->showReport(report);
}

} // namespace castdeck::ui
