#include "ui/pages/compose_pane.h"

#include "ui/models/copy_endpoint.h"
#include "ui/models/send_desk.h"
#include "ui/text/draft_text.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/choice_boxes.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/send_options.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

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

/// Of the shown widget alone; the others ask for no room meanwhile.
void needHeightOf(QStackedWidget& stack)
{
    for (int i = 0; i < stack.count(); ++i)
        stack.widget(i)->setSizePolicy(QSizePolicy::Preferred,
                                       i == stack.currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored);
}

} // namespace

ComposePane::ComposePane(SendDesk& desk, const ConnectionControl& connections, Documents& documents,
                         const WindowSettings& settings, Profile profile, QWidget* parent)
    : QWidget{parent}
    , m_desk{desk}
    , m_connectionControl{connections}
    , m_documents{documents}
    , m_connectionsConfig{settings.connections}
    , m_profile{std::move(profile)}
    , m_choices{choicesFor(m_profile, connectionChoices(settings.connections, connections.defaultConnection()))}
    , m_title{makeLabel(tr("Composer"), TextKind::Head)}
    , m_head{new QHBoxLayout}
    , m_connection{new QComboBox}
    , m_connectionHint{makeLabel({}, TextKind::Hint)}
    , m_composer{new Composer{settings.apps}}
    , m_send{makeButton(QStringLiteral("composer.send"), tr("Send"), QStringLiteral("send"), ButtonKind::Primary)}
    , m_copy{makeButton(QStringLiteral("composer.copyAs"), tr("Copy as"), QStringLiteral("copy"), ButtonKind::Small)}
    , m_optionsFold{makeButton(QStringLiteral("composer.options.toggle"), tr("Options"),
                               QStringLiteral("chevron-right"), ButtonKind::Small)}
    , m_stack{new QStackedWidget}
    , m_confirm{new ConfirmSheet}
    , m_receipt{new Receipt}
{
    setFocusProxy(m_composer);
    buildHead();
    m_stack->addWidget(buildComposing());
    m_stack->addWidget(m_confirm);
    needHeightOf(*m_stack);
    connect(m_stack, &QStackedWidget::currentChanged, this, [this] { needHeightOf(*m_stack); });
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(m_head);
    layout->addWidget(m_stack, 1);
    layout->addWidget(makeArea("line"));
    layout->addWidget(m_receipt);
    setDocked(false);
    // The words of the code on the Apps page, so that the first Ctrl+Enter reaches a page made from it.
    m_composer->setDraft(
        {QStringLiteral("demo"), QStringLiteral("hello"), "{\n  \"text\": \"Hello\"\n}", PayloadMode::Json});
    restoreDraft();
    connectParts();
    connectDesk();
    m_connection->setCurrentIndex(m_choices.preferred);
    showChoice();
    showGuard();
}

void ComposePane::buildHead()
{
    m_connection->setObjectName(QStringLiteral("send.connection"));
    m_connection->setAccessibleName(tr("Send through"));
    m_connection->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_connection->setMinimumContentsLength(20);
    showConnections(*m_connection, m_choices);
    QLabel* through = makeLabel(tr("Through"), TextKind::Label);
    through->setBuddy(m_connection);
    m_head->setSpacing(metrics::small);
    m_head->addWidget(m_title);
    m_head->addWidget(m_connectionHint, 1);
    m_head->addWidget(through);
    m_head->addWidget(m_connection);
}

void ComposePane::setTools(QWidget* tools)
{
    m_tools = tools;
    m_head->addWidget(tools);
    tools->hide();
}

void ComposePane::setDocked(bool isDocked)
{
    m_title->setVisible(isDocked);
    if (m_tools != nullptr)
        m_tools->setVisible(isDocked);
    if (isDocked)
        layout()->setContentsMargins(metrics::page, metrics::small, metrics::medium, metrics::small);
    else
        layout()->setContentsMargins(metrics::large, metrics::page, metrics::page, metrics::medium);
    layout()->setSpacing(isDocked ? metrics::small : metrics::medium);
}

QWidget* ComposePane::buildComposing()
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

QLayout* ComposePane::buildButtons()
{
    m_send->setToolTip(tr("Send (Ctrl+Enter)"));
    m_send->setMinimumWidth(112);
    m_copy->setMenu(copyMenu());
    QPushButton* save = makeButton(QStringLiteral("composer.save"), tr("Save as template"), {}, ButtonKind::Small);
    save->setToolTip(tr("Keep this message on the board (Ctrl+S)"));
    QPushButton* clear = makeButton(QStringLiteral("composer.clear"), tr("Clear"), {}, ButtonKind::Small);
    connect(save, &QPushButton::clicked, this, &ComposePane::saveWanted);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_composer->clear();
        Q_EMIT cleared();
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

QMenu* ComposePane::copyMenu()
{
    auto* menu = new QMenu{m_copy};
    for (const CopyKind kind : copyKinds())
        menu->addAction(nameOf(kind), this, [this, kind] { copyAs(kind); });
    return menu;
}

void ComposePane::connectParts()
{
    connect(m_send, &QPushButton::clicked, m_composer, &Composer::send);
    connect(m_composer, &Composer::sendRequested, this, &ComposePane::sendDraft);
    connect(m_composer, &Composer::refused, m_receipt, &Receipt::showRefusal);
    connect(m_composer, &Composer::edited, this, [this] {
        if (!m_draftTimer.isActive())
            m_draftTimer.start(); // Not put off by the next key: nothing typed is ever older than that.
        const QString summary = m_composer->options()->summary();
        m_optionsFold->setText(summary.isEmpty() ? tr("Options") : tr("Options: %1").arg(summary));
    });
    connect(m_composer->options(), &SendOptions::batchRequested, this, &ComposePane::addToBatch);
    connect(m_composer->options(), &SendOptions::batchCleared, this, &ComposePane::clearBatch);
    connect(m_optionsFold, &QPushButton::clicked, this, [this] { showOptions(m_composer->options()->isHidden()); });
    connect(m_confirm, &ConfirmSheet::confirmed, this, &ComposePane::confirmed);
    connect(m_confirm, &ConfirmSheet::cancelled, this, &ComposePane::cancelled);
    connect(m_connection, &QComboBox::currentIndexChanged, this, &ComposePane::showChoice);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(500ms);
    connect(&m_draftTimer, &QTimer::timeout, this, &ComposePane::storeDraft);
}

void ComposePane::connectDesk()
{
    connect(&m_desk, &SendDesk::answered, m_receipt, &Receipt::showOutcome);
    connect(&m_desk, &SendDesk::reported, m_receipt, &Receipt::showReport);
    connect(&m_desk, &SendDesk::batchAnswered, m_receipt, &Receipt::showBatch);
    connect(&m_desk, &SendDesk::delivered, m_receipt, &Receipt::showLastDelivery);
}

void ComposePane::showOptions(bool isShown)
{
    if (isShown)
        Q_EMIT optionsOpened();
    m_composer->setOptionsShown(isShown);
    m_optionsFold->setIcon(icon(isShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
}

void ComposePane::showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    if (isVisible())
        m_composer->showSnapshot(snapshot);
}

void ComposePane::showEvent(QShowEvent* event)
{
    if (m_snapshot)
        m_composer->showSnapshot(m_snapshot);
    QWidget::showEvent(event);
}

const ConnectionChoice& ComposePane::choice() const
{
    return m_choices.list[static_cast<std::size_t>(m_connection->currentIndex())];
}

bool ComposePane::isPreferredChoice() const
{
    return m_connection->currentIndex() == m_choices.preferred;
}

const ConnectionChoice* ComposePane::choiceNamed(const std::string& name) const
{
    const auto found = std::ranges::find(m_choices.list, name, &ConnectionChoice::name);
    return found == m_choices.list.end() ? nullptr : &*found;
}

void ComposePane::showChoice()
{
    const ConnectionChoice& chosen = choice();
    m_connection->setToolTip(plainTip(chosen.origin));
    m_connectionHint->setText(chosen.note);
    m_composer->setEmbedded(chosen.isEmbedded);
    m_composer->setClientPossible(chosen.isEmbedded || m_profile.kind == Profile::Kind::Pusher);
    m_composer->options()->setCountsOffered(chosen.driver == "pusher");
    m_copy->setEnabled(copyEndpoint().has_value());
}

void ComposePane::setSettings(const WindowSettings& settings)
{
    m_connectionsConfig = settings.connections;
    m_choices = choicesFor(m_profile, connectionChoices(settings.connections, m_connectionControl.defaultConnection()));
    showConnections(*m_connection, m_choices);
    m_composer->setApps(settings.apps);
    showChoice();
}

void ComposePane::setConnection(const QString& name)
{
    if (const int index = m_connection->findData(name); index >= 0)
        m_connection->setCurrentIndex(index);
}

std::optional<CopyEndpoint> ComposePane::copyEndpoint() const
{
    if (m_profile.kind == Profile::Kind::Pusher)
        return copyEndpointOf(m_profile);
    if (choice().isEmbedded) {
        const engine::ServerSnapshot server = m_snapshot ? m_snapshot->server : engine::ServerSnapshot{};
        return m_composer->app() == nullptr ? std::nullopt : std::optional{copyEndpointOf(server, *m_composer->app())};
    }
    const auto& known = m_connectionsConfig.connections;
    const auto found = std::ranges::find(known, choice().name, &broadcast::ConnectionConfig::name);
    return found == known.end() ? std::nullopt : copyEndpointOf(*found);
}

void ComposePane::copyAs(CopyKind kind)
{
    const auto endpoint = copyEndpoint();
    if (!endpoint) {
        m_receipt->showRefusal(tr("Not copied: this connection does not speak the Pusher protocol."));
        return;
    }
    QGuiApplication::clipboard()->setText(ui::copyAs(kind, copyMessageOf(m_composer->draft()), *endpoint));
    m_receipt->showNotice(tr("Copied for %1. The secret is read from PUSHER_APP_SECRET.").arg(nameOf(kind)));
}

void ComposePane::copyAsCurl()
{
    copyAs(CopyKind::Curl);
}

void ComposePane::storeDraft()
{
    m_documents.put(drafts, m_profile.id, draftToJson({m_composer->draft(), m_composer->cursorPosition()}));
}

void ComposePane::restoreDraft()
{
    const auto json = m_documents.find(drafts, m_profile.id);
    const auto kept = json ? draftFromJson(*json) : std::nullopt;
    if (!kept)
        return;
    m_composer->setDraft(kept->draft);
    m_composer->setCursorPosition(kept->cursor);
}

} // namespace castdeck::ui
