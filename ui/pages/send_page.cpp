#include "ui/pages/send_page.h"

#include "ui/models/history_model.h"
#include "ui/models/send_desk.h"
#include "ui/pages/board_pane.h"
#include "ui/pages/compose_pane.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/history_panel.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/template_form.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int boardWidth = 384;
constexpr int leastBoardWidth = 200;
constexpr int lowPage = 640; ///< Below, the history starts folded: the composer needs the height.

} // namespace

SendPage::SendPage(ServerControl& server, ConnectionControl& connections, Documents& documents,
                   const WindowSettings& settings, const Profile& profile, QWidget* parent)
    : QWidget{parent}
    , m_history{new HistoryModel{this}}
    , m_desk{new SendDesk{server, connections, *m_history, this}}
    , m_board{new BoardPane{documents}}
    , m_pane{new ComposePane{*m_desk, connections, documents, settings, profile}}
    , m_side{new QStackedWidget}
    , m_historyPanel{new HistoryPanel{m_history}}
{
    setObjectName(QStringLiteral("page.send"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBody(), 1);
    layout->addWidget(m_historyPanel);
    connectBoard();
    connectPane();
    connectHistory();
    addShortcuts();
    m_historyPanel->setListShown(false); // Until the height is known; a low window must not be made higher.
    setProfile(profile);
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
    split->addWidget(buildSide());
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 5);
    split->setSizes({boardWidth, 700});
    split->setChildrenCollapsible(false);
    return split;
}

/// The pane, or where it went.
QWidget* SendPage::buildSide()
{
    auto* away = new EmptyState{QStringLiteral("send.away.back")};
    away->setContent({QStringLiteral("window"), tr("The composer is in a window of its own"),
                      tr("There is one composer. What is written there is what would stand here."),
                      tr("Bring it back")});
    connect(away->button(), &QPushButton::clicked, this, &SendPage::paneWanted);
    m_side->addWidget(away);
    connect(m_side, &QStackedWidget::widgetRemoved, this, [this, away] { setFocusProxy(away->button()); });
    takePane();
    return m_side;
}

void SendPage::takePane()
{
    if (m_side->indexOf(m_pane) >= 0)
        return;
    m_pane->setDocked(false);
    m_side->addWidget(m_pane);
    m_side->setCurrentWidget(m_pane);
    setFocusProxy(m_pane);
}

const QString& SendPage::profileName() const
{
    return m_pane->profileName();
}

void SendPage::connectBoard()
{
    connect(m_board, &BoardPane::sendRequested, this, &SendPage::sendTemplate);
    connect(m_board, &BoardPane::saveWanted, this, &SendPage::saveAsTemplate);
    connect(m_board, &BoardPane::editWanted, this, &SendPage::editTemplate);
    connect(m_board, &BoardPane::said, this, [this](const QString& sentence, bool isProblem) {
        isProblem ? receipt().showRefusal(sentence) : receipt().showNotice(sentence);
    });
    connect(m_board, &BoardPane::templateOpened, this, [this] { m_board->form().setLimits(composer()->limits()); });
    connect(&m_board->templates(), &QAbstractItemModel::rowsInserted, this, &SendPage::showKnownNames);
}

void SendPage::connectPane()
{
    connect(m_pane, &ComposePane::saveWanted, this, &SendPage::saveAsTemplate);
    connect(m_pane, &ComposePane::cleared, this, [this] { m_edited.reset(); });
    connect(m_pane, &ComposePane::sent, this, &SendPage::showSent);
    connect(m_pane, &ComposePane::held, this, [this](const std::string& templateId) {
        m_board->form().allowAnother();
        if (!templateId.empty())
            m_board->form().setFocus();
    });
    connect(m_pane, &ComposePane::guardChanged, &m_board->form(), &TemplateForm::setSendText);
    connect(m_pane, &ComposePane::optionsOpened, this, [this] {
        if (!m_isHistoryChosen)
            m_historyPanel->setListShown(false); // It takes the room that the options need.
    });
    connect(m_pane, &ComposePane::clientEventRequested, this, &SendPage::clientEventRequested);
    connect(&receipt(), &Receipt::whoGotThisRequested, this, [this] {
        if (m_desk->last())
            Q_EMIT whoGotThisRequested(*m_desk->last());
    });
}

void SendPage::connectHistory()
{
    connect(m_historyPanel, &HistoryPanel::foldPressed, this, [this] {
        m_isHistoryChosen = true;
        m_historyPanel->setListShown(!m_historyPanel->isListShown());
    });
    connect(m_historyPanel, &HistoryPanel::opened, this, [this](const SentMessage& message) {
        setConnection(message.connection);
        composer()->setApp(message.appId);
        composer()->setDraft(message.draft);
        composer()->setFocus();
    });
}

void SendPage::addShortcuts()
{
    const std::pair<QKeyCombination, void (SendPage::*)()> keys[] = {
        {Qt::CTRL | Qt::Key_Return, &SendPage::send},
        {Qt::CTRL | Qt::Key_Enter, &SendPage::send},
        {Qt::CTRL | Qt::Key_S, &SendPage::saveAsTemplate},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_C, &SendPage::copyAsCurl},
    };
    for (const auto& [combination, slot] : keys) {
        auto* shortcut = new QShortcut{QKeySequence{combination}, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setAutoRepeat(false); // A key held down is one wish.
        connect(shortcut, &QShortcut::activated, this, slot);
    }
}

Composer* SendPage::composer() const
{
    return &m_pane->composer();
}

Receipt& SendPage::receipt() const
{
    return m_pane->receipt();
}

void SendPage::setProfile(const Profile& profile)
{
    m_board->setProfile(profile);
    m_pane->setProfile(profile);
}

void SendPage::setSettings(const WindowSettings& settings)
{
    m_pane->setSettings(settings);
}

void SendPage::setLocked(bool isLocked, const QString& reason)
{
    m_pane->setLocked(isLocked, reason);
}

void SendPage::showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot)
{
    m_pane->showSnapshot(snapshot);
}

void SendPage::showOutcome(const engine::PublishOutcome& outcome)
{
    m_desk->showOutcome(outcome);
}

void SendPage::showReport(std::uint64_t id, const broadcast::Report& report)
{
    m_desk->showReport(id, report);
}

void SendPage::showEvents(const std::vector<engine::Event>& events)
{
    m_desk->showEvents(events);
}

void SendPage::setConnection(const QString& name)
{
    m_pane->setConnection(name);
}

std::optional<CopyEndpoint> SendPage::copyEndpoint() const
{
    return m_pane->copyEndpoint();
}

void SendPage::send()
{
    const bool isInForm = m_board->form().isVisible() && m_board->form().isAncestorOf(focusWidget());
    if (isInForm && !m_pane->isAsking())
        m_board->form().send();
    else
        m_pane->send();
}

void SendPage::sendAgain(const Draft& draft, const QString& appId)
{
    m_pane->request({.drafts = {draft},
                     .connection = m_pane->choice().name,
                     .isFromClient = draft.event.startsWith(QStringLiteral("client-")),
                     .appId = appId});
}

void SendPage::sendTemplate(const Template& message, const Draft& draft)
{
    const std::string connection = message.connection.empty() ? m_pane->choice().name : message.connection;
    m_pane->request({.drafts = {draft}, .connection = connection, .templateId = message.id});
}

void SendPage::showSent(const std::string& templateId)
{
    if (!templateId.empty())
        m_board->showSent(templateId);
    showKnownNames();
}

void SendPage::saveAsTemplate()
{
    const Draft draft = composer()->draft();
    const QString problem = channelNamesOf(draft).empty() || draft.event.isEmpty()
                                ? tr("An alert needs a channel and an event.")
                                : problemOfTemplate(draft);
    if (!problem.isEmpty()) {
        receipt().showRefusal(tr("Not saved. %1").arg(problem));
        return;
    }
    Template message = m_edited.value_or(Template{});
    if (m_board->templates().find(message.id) == nullptr)
        message = Template{};
    message.draft = draft;
    message.draft.excludeSocketId.clear();
    if (message.id.empty() && !m_pane->isPreferredChoice())
        message.connection = m_pane->choice().name;
    m_board->openSheet(message);
}

void SendPage::editTemplate(const Template& message)
{
    m_edited = message;
    setConnection(toQt(message.connection));
    composer()->setDraft(message.draft);
    composer()->setFocus();
    receipt().showNotice(
        tr("Change the message of %1 here, then save it with Ctrl+S.").arg(shownText(toStd(message.name), 80)));
}

void SendPage::showNextProblem()
{
    composer()->showNextProblem();
}

void SendPage::copyAsCurl()
{
    m_pane->copyAsCurl();
}

void SendPage::focusBoard()
{
    m_board->showBoard();
    m_board->setFocus();
}

void SendPage::focusComposer()
{
    composer()->setFocus();
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
    composer()->setKnownNames(channels, events);
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

} // namespace castdeck::ui
