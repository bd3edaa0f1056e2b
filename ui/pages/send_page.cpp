#include "ui/pages/send_page.h"

#include "ui/models/copy_endpoint.h"
#include "ui/models/history_model.h"
#include "ui/pages/board_pane.h"
#include "ui/text/draft_text.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/alert_board.h"
#include "ui/widgets/choice_boxes.h"
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
#include <utility>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr int boardWidth = 384;
constexpr int leastBoardWidth = 200;
constexpr int lowPage = 640; ///< Below, the history starts folded: the composer needs the height.
constexpr const char* drafts = "drafts";

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
    showConnections(*m_connection, m_choices);
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
        const auto channels = channelNamesOf(last.draft);
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
    const bool isUsual = !m_isLocked && !m_profile.isProduction; // Two buttons beside each other: each says what goes.
    m_board->form().setSendText(isUsual ? tr("Send alert") : text, m_isLocked ? m_lockReason : QString{});
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
    m_connection->setToolTip(plainTip(chosen.origin));
    m_connectionHint->setText(chosen.note);
    m_composer->setEmbedded(chosen.isEmbedded);
    m_copy->setEnabled(copyEndpoint().has_value());
}

void SendPage::setSettings(const WindowSettings& settings)
{
    m_settings = settings;
    m_choices = choicesFor(m_profile, connectionChoices(settings.connections, m_connectionControl.defaultConnection()));
    showConnections(*m_connection, m_choices);
    m_composer->setApps(settings.apps);
    showChoice();
}

void SendPage::setConnection(const QString& name)
{
    if (const int index = m_connection->findData(name); index >= 0)
        m_connection->setCurrentIndex(index);
}

void SendPage::saveAsTemplate()
{
    const Draft draft = m_composer->draft();
    const QString problem = channelNamesOf(draft).empty() || draft.event.isEmpty()
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
        for (const std::string& name : channelNamesOf(draft)) {
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
