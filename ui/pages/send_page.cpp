#include "ui/pages/send_page.h"

#include "core/pusher/encryption.h"
#include "ui/models/copy_endpoint.h"
#include "ui/models/history_model.h"
#include "ui/models/report_words.h"
#include "ui/pages/board_pane.h"
#include "ui/text/draft_text.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/alert_board.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/history_panel.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/send_options.h"
#include "ui/widgets/template_form.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr int boardWidth = 384;
constexpr int leastBoardWidth = 200;
constexpr int lowPage = 640; ///< Below, the history starts folded: the composer needs the height.
constexpr const char* drafts = "drafts";

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

std::vector<std::string> channelNames(const Draft& draft)
{
    std::vector<std::string> names;
    for (const ChannelEntry& entry : parseChannels(draft.channels))
        names.push_back(entry.name);
    return names;
}

bool isEncrypted(const std::string& channel)
{
    const pusher::ChannelKind kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Encrypted || kind == pusher::ChannelKind::EncryptedCache;
}

/// The payload as it goes out, sealed when the channel wants it, or why it cannot go out.
SentPayload payloadFor(const Draft& draft, const std::vector<std::string>& channels, const hub::AppConfig* app)
{
    SentPayload payload = sentPayload(draft);
    if (!payload.problem.isEmpty() || !std::ranges::any_of(channels, isEncrypted))
        return payload;
    // Pusher docs, "Encrypted channels": each has a secret of its own, so that one event cannot go to several.
    if (channels.size() > 1)
        return {.bytes = {},
                .problem = SendPage::tr("A private-encrypted- channel must be the only one of its event.")};
    pusher::EncryptionKey key;
    if (app == nullptr || app->encryptionMasterKey.size() != key.bytes.size())
        return {.bytes = {},
                .problem =
                    SendPage::tr("Encrypted channels need the encryption master key of the app, which has none.")};
    std::memcpy(key.bytes.data(), app->encryptionMasterKey.data(), key.bytes.size());
    payload.bytes = pusher::sealed(payload.bytes, pusher::sharedSecret(channels.front(), key));
    return payload;
}

ConnectionChoices choicesFor(const Profile& profile, ConnectionChoices choices)
{
    // The profile of another server has nothing to do with the server in this program.
    if (profile.kind == Profile::Kind::Pusher && choices.list.size() > 1 && choices.list.front().isEmbedded) {
        choices.list.erase(choices.list.begin());
        choices.preferred = std::max(0, choices.preferred - 1);
    }
    return choices;
}

} // namespace

SendPage::SendPage(ServerControl& server, ConnectionControl& connections, Documents& documents,
                   const WindowSettings& settings, Profile profile, QWidget* parent)
    : QWidget{parent}
    , m_server{server}
    , m_connectionControl{connections}
    , m_documents{documents}
    , m_settings{settings}
    , m_profile{std::move(profile)}
    , m_choices{choicesFor(m_profile, connectionChoices(settings.connections, connections.defaultConnection()))}
    , m_board{new BoardPane{documents}}
    , m_connection{new QComboBox}
    , m_connectionHint{makeLabel({}, TextKind::Hint)}
    , m_composer{new Composer{settings.apps}}
    , m_send{makeButton(QStringLiteral("composer.send"), tr("Send"), QStringLiteral("send"), ButtonKind::Primary)}
    , m_copy{makeButton(QStringLiteral("composer.copyAs"), tr("Copy as"), QStringLiteral("copy"), ButtonKind::Small)}
    , m_optionsFold{makeButton(QStringLiteral("composer.options.toggle"), tr("Options"),
                               QStringLiteral("chevron-right"), ButtonKind::Small)}
    , m_right{new QStackedWidget}
    , m_confirm{new ConfirmSheet}
    , m_receipt{new Receipt}
    , m_history{new HistoryModel{this}}
    , m_historyPanel{new HistoryPanel{m_history}}
{
    setObjectName(QStringLiteral("page.send"));
    setFocusProxy(m_composer);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBody(), 1);
    layout->addWidget(m_historyPanel);
    // The words of the code on the Apps page, so that the first Ctrl+Enter reaches a page made from it.
    m_composer->setDraft(
        {QStringLiteral("demo"), QStringLiteral("hello"), "{\n  \"text\": \"Hello\"\n}", PayloadMode::Json});
    restoreDraft();
    connectParts();
    addShortcuts();
    m_historyPanel->setListShown(false); // Until the height is known; a low window must not be made higher.
    m_connection->setCurrentIndex(m_choices.preferred);
    showChoice();
    setProfile(m_profile);
    showKnownNames();
}

QWidget* SendPage::buildBody()
{
    auto* split = new QSplitter;
    auto* left = new QWidget;
    auto* column = new QVBoxLayout{left};
    column->setContentsMargins(metrics::page, metrics::page, metrics::large, metrics::medium);
    column->setSpacing(metrics::medium);
    column->addWidget(makeLabel(tr("Send"), TextKind::Title));
    column->addWidget(m_board, 1);
    left->setMinimumWidth(leastBoardWidth + metrics::page + metrics::large);
    split->addWidget(left);
    split->addWidget(buildMain());
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 5);
    split->setSizes({boardWidth, 700});
    split->setChildrenCollapsible(false);
    return split;
}

QLayout* SendPage::buildHead()
{
    m_connection->setObjectName(QStringLiteral("send.connection"));
    m_connection->setAccessibleName(tr("Send through"));
    m_connection->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_connection->setMinimumContentsLength(20);
    for (const ConnectionChoice& each : m_choices.list)
        m_connection->addItem(each.text, toQt(each.name));
    QLabel* through = makeLabel(tr("Through"), TextKind::Label);
    through->setBuddy(m_connection);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(m_connectionHint, 1);
    head->addWidget(through);
    head->addWidget(m_connection);
    return head;
}

QWidget* SendPage::buildMain()
{
    m_right->addWidget(buildComposing());
    m_right->addWidget(m_confirm);
    auto* main = new QWidget;
    auto* layout = new QVBoxLayout{main};
    layout->setContentsMargins(metrics::large, metrics::page, metrics::page, metrics::medium);
    layout->setSpacing(metrics::medium);
    layout->addLayout(buildHead());
    layout->addWidget(m_right, 1);
    layout->addWidget(makeArea("line"));
    layout->addWidget(m_receipt);
    return main;
}

QWidget* SendPage::buildComposing()
{
    auto* composing = new QWidget;
    auto* layout = new QVBoxLayout{composing};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    auto* const scroll = new QScrollArea; // In a low window the options leave no room for all of it.
    scroll->setWidget(m_composer);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_optionsFold, &QPushButton::clicked, scroll, [this, scroll] {
        // Behind the layout that the fold asks for.
        QTimer::singleShot(0, scroll, [this, scroll] { scroll->ensureWidgetVisible(m_composer->options()); });
    });
    layout->addWidget(scroll, 1);
    layout->addLayout(buildButtons());
    return composing;
}

QLayout* SendPage::buildButtons()
{
    m_send->setToolTip(tr("Send (Ctrl+Enter)"));
    m_send->setMinimumWidth(112);
    m_copy->setMenu(copyMenu());
    QPushButton* save = makeButton(QStringLiteral("composer.save"), tr("Save as alert"), {}, ButtonKind::Small);
    save->setToolTip(tr("Keep this message on the board (Ctrl+S)"));
    QPushButton* clear = makeButton(QStringLiteral("composer.clear"), tr("Clear"), {}, ButtonKind::Small);
    connect(save, &QPushButton::clicked, this, &SendPage::saveAsTemplate);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_edited.reset();
        m_composer->clear();
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::small);
    buttons->addWidget(m_optionsFold);
    buttons->addWidget(m_copy);
    buttons->addWidget(save);
    buttons->addWidget(clear);
    buttons->addStretch();
    buttons->addWidget(m_send);
    return buttons;
}

QMenu* SendPage::copyMenu()
{
    auto* menu = new QMenu{m_copy};
    for (const CopyKind kind : copyKinds())
        menu->addAction(nameOf(kind), this, [this, kind] { copyAs(kind); });
    return menu;
}

void SendPage::connectParts()
{
    connect(m_send, &QPushButton::clicked, m_composer, &Composer::send);
    connect(m_composer, &Composer::sendRequested, this, &SendPage::sendDraft);
    connect(m_composer, &Composer::refused, m_receipt, &Receipt::showRefusal);
    connect(m_composer, &Composer::edited, this, [this] {
        if (!m_draftTimer.isActive())
            m_draftTimer.start(); // Not put off by the next key: nothing typed is ever older than that.
        const QString summary = m_composer->options()->summary();
        m_optionsFold->setText(summary.isEmpty() ? tr("Options") : tr("Options: %1").arg(summary));
    });
    connect(m_composer->options(), &SendOptions::batchRequested, this, &SendPage::addToBatch);
    connect(m_composer->options(), &SendOptions::batchCleared, this, [this] {
        m_batch.clear();
        m_composer->options()->setBatchCount(0);
    });
    connect(m_optionsFold, &QPushButton::clicked, this, [this] {
        const bool isShown = m_composer->options()->isHidden();
        if (isShown && !m_isHistoryChosen)
            m_historyPanel->setListShown(false); // It takes the room that the options need.
        m_composer->setOptionsShown(isShown);
        m_optionsFold->setIcon(icon(isShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    });
    connect(m_board, &BoardPane::sendRequested, this, &SendPage::sendTemplate);
    connect(m_board, &BoardPane::saveWanted, this, &SendPage::saveAsTemplate);
    connect(m_board, &BoardPane::editWanted, this, &SendPage::editTemplate);
    connect(m_board, &BoardPane::said, this, [this](const QString& sentence, bool isProblem) {
        isProblem ? m_receipt->showRefusal(sentence) : m_receipt->showNotice(sentence);
    });
    connect(m_board, &BoardPane::templateOpened, this, [this] { m_board->form().setLimits(m_composer->limits()); });
    connect(&m_board->templates(), &QAbstractItemModel::rowsInserted, this, &SendPage::showKnownNames);
    connect(m_confirm, &ConfirmSheet::confirmed, this, &SendPage::confirmed);
    connect(m_confirm, &ConfirmSheet::cancelled, this, &SendPage::cancelled);
    connect(m_receipt, &Receipt::whoGotThisRequested, this, [this] {
        if (m_history->rowCount() == 0)
            return;
        const SentMessage& last = m_history->at(0);
        const auto channels = channelNames(last.draft);
        Q_EMIT whoGotThisRequested(last.appId, channels.empty() ? QString{} : toQt(channels.front()), last.draft.event);
    });
    connect(m_connection, &QComboBox::currentIndexChanged, this, &SendPage::showChoice);
    connect(m_historyPanel, &HistoryPanel::foldPressed, this, [this] {
        m_isHistoryChosen = true;
        m_historyPanel->setListShown(!m_historyPanel->isListShown());
    });
    connect(m_historyPanel, &HistoryPanel::opened, this, [this](const SentMessage& message) {
        setConnection(message.connection);
        m_composer->setApp(message.appId);
        m_composer->setDraft(message.draft);
        m_composer->setFocus();
    });
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(500ms);
    m_traceTimer.setSingleShot(true);
    m_traceTimer.setInterval(100ms);
    connect(&m_traceTimer, &QTimer::timeout, this, &SendPage::showDelivery);
    connect(&m_draftTimer, &QTimer::timeout, this, &SendPage::storeDraft);
}

void SendPage::addShortcuts()
{
    const std::pair<QKeyCombination, void (SendPage::*)()> keys[] = {
        {Qt::CTRL | Qt::Key_Return, &SendPage::send},
        {Qt::CTRL | Qt::Key_Enter, &SendPage::send},
        {Qt::CTRL | Qt::Key_S, &SendPage::saveAsTemplate},
        {QKeyCombination{Qt::Key_F8}, &SendPage::showNextProblem},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_C, &SendPage::copyAsCurl},
    };
    for (const auto& [combination, slot] : keys) {
        auto* shortcut = new QShortcut{QKeySequence{combination}, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setAutoRepeat(false); // A key held down is one wish.
        connect(shortcut, &QShortcut::activated, this, slot);
    }
}

void SendPage::setProfile(const Profile& profile)
{
    m_profile = profile;
    m_board->setProfile(profile);
    showGuard();
}

void SendPage::setLocked(bool isLocked, const QString& reason)
{
    if (m_isLocked == isLocked && m_lockReason == reason)
        return; // Told every second while the time runs; the receipt stays.
    const bool wasLocked = std::exchange(m_isLocked, isLocked);
    m_lockReason = reason;
    if (isLocked && m_confirm->isAsking())
        cancelled();
    showGuard();
    if (m_isLocked)
        m_receipt->showNotice(m_lockReason);
    else if (wasLocked)
        m_receipt->showIdle();
}

void SendPage::showGuard()
{
    const QString text = m_isLocked ? tr("Read-only") : m_profile.isProduction ? tr("Send to PRODUCTION") : tr("Send");
    m_send->setText(text);
    m_send->setAccessibleName(text);
    setStyleProperty(m_send, "kind", m_isLocked ? QStringLiteral("plain") : QStringLiteral("primary"));
    m_send->setIcon(m_isLocked ? icon(QStringLiteral("private")) : icon(QStringLiteral("send"), Tone::OnAccent));
    m_send->setToolTip(m_isLocked ? m_lockReason : tr("Send (Ctrl+Enter)"));
    m_board->form().setSendText(text, m_isLocked ? m_lockReason : QString{});
}

void SendPage::showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    if (isVisible())
        m_composer->showSnapshot(snapshot);
}

const ConnectionChoice& SendPage::choice() const
{
    return m_choices.list[static_cast<std::size_t>(m_connection->currentIndex())];
}

const ConnectionChoice* SendPage::choiceNamed(const std::string& name) const
{
    const auto found = std::ranges::find(m_choices.list, name, &ConnectionChoice::name);
    return found == m_choices.list.end() ? nullptr : &*found;
}

void SendPage::showChoice()
{
    const ConnectionChoice& chosen = choice();
    m_connection->setToolTip(chosen.origin);
    m_connectionHint->setText(chosen.note);
    m_composer->setEmbedded(chosen.isEmbedded);
    m_copy->setEnabled(copyEndpoint().has_value());
}

void SendPage::setConnection(const QString& name)
{
    if (const int index = m_connection->findData(name); index >= 0)
        m_connection->setCurrentIndex(index);
}

void SendPage::send()
{
    if (m_right->currentWidget() == m_confirm)
        return; // Only its own button and Enter answer the question.
    if (m_board->form().isVisible() && m_board->form().isAncestorOf(focusWidget()))
        m_board->form().send();
    else
        m_composer->send();
}

void SendPage::sendDraft(const Draft& draft)
{
    Outgoing outgoing{.drafts = m_batch, .connection = choice().name, .templateId = {}};
    outgoing.drafts.push_back(draft);
    request(std::move(outgoing));
}

void SendPage::sendTemplate(const Template& message, const Draft& draft)
{
    const std::string connection = message.connection.empty() ? choice().name : message.connection;
    request({.drafts = {draft}, .connection = connection, .templateId = message.id});
}

void SendPage::request(Outgoing outgoing)
{
    const ConnectionChoice* const way = choiceNamed(outgoing.connection);
    QString problem;
    if (m_isLocked)
        problem = m_lockReason;
    else if (way == nullptr)
        problem =
            tr("Not sent. There is no connection %1 in the configuration.").arg(shownText(outgoing.connection, 64));
    else if (way->isEmbedded && m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
        problem = tr("Not sent. The local server is stopped: start it on the Apps page.");
    if (!problem.isEmpty()) {
        m_receipt->showRefusal(problem);
        m_board->form().allowAnother();
        return;
    }
    if (!m_profile.isProduction) {
        dispatch(outgoing);
        return;
    }
    m_pending = std::move(outgoing);
    ask();
}

void SendPage::ask()
{
    const std::vector<Draft>& messages = m_pending->drafts;
    ConfirmSheet::Question question{.profileName = m_profile.name,
                                    .channels = {},
                                    .event = messages.front().event,
                                    .payload = sentPayload(messages.front()).bytes};
    for (const Draft& draft : messages) {
        for (const std::string& name : channelNames(draft)) {
            if (std::ranges::find(question.channels, name, &ConfirmSheet::Channel::name) == question.channels.end())
                question.channels.push_back({name, m_composer->subscribersOf(name)});
        }
    }
    if (messages.size() > 1) {
        question.event = tr("%1 messages").arg(messages.size());
        question.payload.clear();
        for (const Draft& draft : messages)
            question.payload +=
                toStd(tr("%1 on %2").arg(draft.event, draft.channels)) + '\n' + sentPayload(draft).bytes + "\n\n";
    }
    if (const std::string& socket = messages.back().excludeSocketId; !socket.empty())
        question.note = tr("Leaves out the socket %1.").arg(shownText(socket, 40));
    m_right->setCurrentWidget(m_confirm);
    m_confirm->ask(question);
    m_receipt->showNotice(tr("Not sent yet: the question above wants an answer."));
}

void SendPage::confirmed()
{
    if (!m_pending)
        return;
    const Outgoing outgoing = std::move(*m_pending);
    m_pending.reset();
    m_right->setCurrentIndex(0);
    dispatch(outgoing);
    m_receipt->setFocus(); // Where a second Enter does nothing.
}

void SendPage::cancelled()
{
    const bool isOfComposer = m_pending && m_pending->templateId.empty();
    m_pending.reset();
    m_right->setCurrentIndex(0);
    m_board->form().allowAnother();
    m_receipt->showNotice(tr("Not sent."));
    isOfComposer ? m_composer->setFocus() : m_board->form().setFocus();
}

void SendPage::dispatch(const Outgoing& outgoing)
{
    const ConnectionChoice& way = *choiceNamed(outgoing.connection);
    const bool isBatch = outgoing.drafts.size() > 1;
    m_sentBatch.reset();
    if (isBatch)
        m_sentBatch.emplace();
    bool isOut = true;
    m_traces.clear();
    m_traceTimer.stop();
    m_traceLooks = 0;
    m_receipt->showWaiting();
    for (const Draft& draft : outgoing.drafts) {
        if (way.isEmbedded)
            isOut = sendHere(draft, way.name) && isOut;
        else
            sendThrough(draft, way.name);
    }
    if (!isOut) {
        m_board->form().allowAnother();
        return;
    }
    if (!outgoing.templateId.empty())
        m_board->showSent(outgoing.templateId);
    else if (isBatch) {
        m_batch.clear();
        m_composer->options()->setBatchCount(0);
    }
    showKnownNames();
}

bool SendPage::sendHere(const Draft& draft, const std::string& connection)
{
    const auto channels = channelNames(draft);
    const SentPayload payload = payloadFor(draft, channels, m_composer->app());
    if (!payload.problem.isEmpty()) {
        m_receipt->showRefusal(tr("Not sent. %1").arg(payload.problem));
        return false;
    }
    engine::PublishCommand command{.appId = toStd(m_composer->appId()),
                                   .channels = channels,
                                   .event = toStd(draft.event),
                                   .data = payload.bytes,
                                   .excludeSocketId = draft.excludeSocketId};
    remember(keyHere(m_server.publish(std::move(command))), draft, connection);
    return true;
}

void SendPage::sendThrough(const Draft& draft, const std::string& connection)
{
    std::vector<broadcast::Channel> channels; // Raw names, as typed.
    for (const std::string& name : channelNames(draft))
        channels.emplace_back(name);
    const std::string payload = sentPayload(draft).bytes;
    broadcast::Emission emission;
    emission.event = toStd(draft.event);
    // Text is a value, so that wires that carry JSON quote it; JSON goes out as written.
    emission.payload =
        draft.mode == PayloadMode::Json ? broadcast::Payload{payload} : broadcast::Payload{broadcast::Json(payload)};
    emission.channels = broadcast::Channels{std::move(channels)};
    emission.options.connection = connection;
    emission.options.exceptSocketId = draft.excludeSocketId;
    remember(keyThrough(m_connectionControl.send(std::move(emission))), draft, connection);
}

void SendPage::remember(std::uint64_t id, const Draft& draft, const std::string& connection)
{
    m_lastSent = id;
    if (m_sentBatch)
        m_sentBatch->answered.emplace(id, false);
    Draft sent = asSent(draft);
    sent.excludeSocketId.clear(); // Gone by the time somebody sends it again.
    m_history->add({.commandId = id,
                    .appId = m_composer->appId(),
                    .connection = toQt(connection),
                    .draft = sent,
                    .at = QDateTime::currentDateTime()});
}

/// Whether the answer belongs to several that were sent together; then the receipt tells of all of them.
void SendPage::settle(std::uint64_t key, bool isAccepted, std::size_t receivers, const QString& problem)
{
    Batch& batch = *m_sentBatch;
    batch.answered[key] = true;
    batch.accepted += isAccepted ? 1U : 0U;
    batch.receivers += receivers;
    if (!isAccepted && batch.problem.isEmpty())
        batch.problem = problem;
    const bool isWhole = std::ranges::all_of(batch.answered, [](const auto& entry) { return entry.second; });
    if (isWhole)
        m_receipt->showBatch(batch.answered.size(), batch.accepted, batch.receivers, batch.problem);
}

void SendPage::showOutcome(const engine::PublishOutcome& outcome)
{
    std::size_t receivers = 0;
    for (const auto& channel : outcome.channels)
        receivers += channel.receivers;
    const std::uint64_t key = keyHere(outcome.commandId);
    const auto state = outcome.isAccepted ? SentMessage::State::Accepted : SentMessage::State::Failed;
    // What is reported as sent has been written down first.
    m_history->settle(key, {state, receivers, shownText(outcome.error, 300)}, [this, key, outcome, receivers] {
        if (m_sentBatch && m_sentBatch->answered.contains(key))
            settle(key, outcome.isAccepted, receivers, shownText(outcome.error, 300));
        else if (key == m_lastSent)
            m_receipt->showOutcome(outcome);
    });
}

void SendPage::showReport(std::uint64_t id, const broadcast::Report& report)
{
    const bool tellsReceivers =
        std::ranges::any_of(report.entries, [](const broadcast::Entry& entry) { return entry.receivers.has_value(); });
    const auto receivers = tellsReceivers ? std::optional{receiversOf(report)} : std::nullopt;
    const std::uint64_t key = keyThrough(id);
    m_history->settle(key, {stateOf(report), receivers, reportSentence(report)}, [this, key, report] {
        if (m_sentBatch && m_sentBatch->answered.contains(key))
            settle(key, report.isSuccess(), receiversOf(report), reportSentence(report));
        else if (key == m_lastSent)
            m_receipt->showReport(report);
    });
}

void SendPage::showEvents(const std::vector<engine::Event>& events)
{
    if (m_history->rowCount() == 0 || m_sentBatch)
        return;
    const SentMessage& last = m_history->at(0);
    const auto channels = channelNames(last.draft);
    const std::string name = toStd(last.draft.event);
    for (const engine::Event& event : events) {
        const bool isOfLast = event.kind == engine::EventKind::ApiMessage && event.trace && event.event == name &&
                              std::ranges::find(channels, event.channel) != channels.end() && event.payload &&
                              *event.payload == last.draft.payload;
        if (isOfLast && m_traces.size() < channels.size())
            m_traces.push_back(event.trace);
    }
    showDelivery();
}

/// The traces fill while the event is fanned out; what is not complete is looked at again.
void SendPage::showDelivery()
{
    constexpr int mostLooks = 20;
    std::chrono::microseconds after{0};
    for (const auto& trace : m_traces) {
        const auto reached = trace->reached();
        if (reached.size() < trace->expected()) {
            if (++m_traceLooks < mostLooks) // A client that closed under way stays missing.
                m_traceTimer.start();
            return;
        }
        for (const auto& each : reached)
            after = std::max(after, each.delay);
    }
    if (!m_traces.empty())
        m_receipt->showLastDelivery(after);
}

void SendPage::addToBatch()
{
    constexpr std::size_t mostInBatch = 9; // The composer's own is the tenth, as the HTTP interface takes.
    const Draft draft = m_composer->draft();
    const DraftProblems problems = m_composer->problems();
    if (m_batch.size() >= mostInBatch)
        m_receipt->showRefusal(tr("A batch takes 10 messages."));
    else if (!problems.none() || channelNames(draft).empty() || draft.event.isEmpty())
        m_receipt->showRefusal(problems.none() ? tr("A message needs a channel and an event.") : problems.first());
    else {
        m_batch.push_back(draft);
        m_composer->options()->setBatchCount(m_batch.size());
    }
}

void SendPage::saveAsTemplate()
{
    const Draft draft = m_composer->draft();
    const QString problem = channelNames(draft).empty() || draft.event.isEmpty()
                                ? tr("An alert needs a channel and an event.")
                                : problemOfTemplate(draft);
    if (!problem.isEmpty()) {
        m_receipt->showRefusal(tr("Not saved. %1").arg(problem));
        return;
    }
    Template message = m_edited.value_or(Template{});
    if (m_board->templates().find(message.id) == nullptr)
        message = Template{};
    message.draft = draft;
    message.draft.excludeSocketId.clear();
    if (message.id.empty() && m_connection->currentIndex() != m_choices.preferred)
        message.connection = choice().name;
    m_board->openSheet(message);
}

void SendPage::editTemplate(const Template& message)
{
    m_edited = message;
    setConnection(toQt(message.connection));
    m_composer->setDraft(message.draft);
    m_composer->setFocus();
    m_receipt->showNotice(
        tr("Change the message of %1 here, then save it with Ctrl+S.").arg(shownText(toStd(message.name), 80)));
}

void SendPage::showNextProblem()
{
    m_composer->showNextProblem();
}

std::optional<CopyEndpoint> SendPage::copyEndpoint() const
{
    if (m_profile.kind == Profile::Kind::Pusher)
        return copyEndpointOf(m_profile);
    if (choice().isEmbedded) {
        const engine::ServerSnapshot server = m_snapshot ? m_snapshot->server : engine::ServerSnapshot{};
        return m_composer->app() == nullptr ? std::nullopt : std::optional{copyEndpointOf(server, *m_composer->app())};
    }
    const auto found =
        std::ranges::find(m_settings.connections.connections, choice().name, &broadcast::ConnectionConfig::name);
    return found == m_settings.connections.connections.end() ? std::nullopt : copyEndpointOf(*found);
}

void SendPage::copyAs(CopyKind kind)
{
    const auto endpoint = copyEndpoint();
    if (!endpoint) {
        m_receipt->showRefusal(tr("Not copied: this connection does not speak the Pusher protocol."));
        return;
    }
    QGuiApplication::clipboard()->setText(ui::copyAs(kind, copyMessageOf(m_composer->draft()), *endpoint));
    m_receipt->showNotice(tr("Copied for %1. The secret is read from PUSHER_APP_SECRET.").arg(nameOf(kind)));
}

void SendPage::copyAsCurl()
{
    copyAs(CopyKind::Curl);
}

void SendPage::focusBoard()
{
    m_board->showBoard();
    m_board->setFocus();
}

void SendPage::focusComposer()
{
    m_composer->setFocus();
}

void SendPage::showKnownNames()
{
    constexpr int most = 300;
    QStringList channels;
    QStringList events;
    const auto add = [&](const Draft& draft) {
        for (const std::string& name : channelNames(draft)) {
            if (name.find("{{") == std::string::npos)
                channels << toQt(name);
        }
        events << draft.event;
    };
    for (int row = 0; row < std::min(m_history->rowCount(), most); ++row)
        add(m_history->at(row).draft);
    for (const Template& message : m_board->templates().all())
        add(message.draft);
    channels.removeDuplicates();
    events.removeDuplicates();
    m_composer->setKnownNames(channels, events);
}

void SendPage::setArchive(SentArchive* archive)
{
    m_history->setArchive(archive);
    m_historyPanel->refresh();
}

void SendPage::showHistory()
{
    m_isHistoryChosen = true;
    m_historyPanel->enter();
}

void SendPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (!m_isHistoryChosen)
        m_historyPanel->setListShown(height() >= lowPage);
}

void SendPage::storeDraft()
{
    m_documents.put(drafts, m_profile.id, draftToJson({m_composer->draft(), m_composer->cursorPosition()}));
}

void SendPage::restoreDraft()
{
    const auto json = m_documents.find(drafts, m_profile.id);
    const auto kept = json ? draftFromJson(*json) : std::nullopt;
    if (!kept)
        return;
    m_composer->setDraft(kept->draft);
    m_composer->setCursorPosition(kept->cursor);
}

} // namespace castdeck::ui
