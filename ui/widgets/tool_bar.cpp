#include "ui/widgets/tool_bar.h"

#include "ui/actions/key_words.h"
#include "ui/models/profile_words.h"
#include "ui/models/server_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int barHeight = 48;
constexpr int commandWidth = 250;
constexpr int compactCommandWidth = 150;
constexpr int longestName = 24;

} // namespace

ToolBar::ToolBar(QWidget* parent)
    : QFrame{parent}
    , m_profile{makeButton(QStringLiteral("toolbar.profile"), {}, {}, ButtonKind::Flat)}
    , m_server{makeButton(QStringLiteral("toolbar.server"), {}, {}, ButtonKind::Flat)}
    , m_new{makeButton(QStringLiteral("toolbar.new"), tr("New event"), QStringLiteral("plus"))}
    , m_pause{makeButton(QStringLiteral("toolbar.pause"), tr("Pause"), QStringLiteral("pause"), ButtonKind::Flat)}
    , m_command{makeButton(QStringLiteral("toolbar.command"), tr("Search or run"), QStringLiteral("search"))}
    , m_lock{makeButton(QStringLiteral("toolbar.lock"), {}, QStringLiteral("unlocked"), ButtonKind::Flat)}
    , m_menu{makeIconButton(QStringLiteral("toolbar.menu"), QStringLiteral("menu"), tr("All commands"))}
    , m_profileMenu{new QMenu{this}}
    , m_serverMenu{new QMenu{this}}
{
    build();
    showProfiles({});
    showServer({}, Profile::Kind::Embedded, {});
    showLock({});
}

void ToolBar::build()
{
    setObjectName(QStringLiteral("toolbar.main"));
    setProperty("area", QStringLiteral("toolbar"));
    setFixedHeight(barHeight);
    m_profile->setProperty("look", QStringLiteral("profile"));
    m_command->setProperty("look", QStringLiteral("field"));
    setKeyTip(m_command, tr("Find a command, page, channel or profile"), "palette");
    setKeyTip(m_new, tr("Write an event"), "send.new");
    setKeyTip(m_pause, tr("Hold the view of the log; rows are counted and stored"), "log.pause");
    setCompact(false);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    layout->setSpacing(metrics::tiny);
    layout->addWidget(m_profile);
    layout->addWidget(m_server);
    layout->addSpacing(metrics::small);
    layout->addWidget(m_new);
    layout->addWidget(m_pause);
    layout->addStretch(1);
    layout->addWidget(m_command);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(m_lock);
    layout->addWidget(m_menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_profile->setMenu(m_profileMenu);
    m_server->setMenu(m_serverMenu);
    connect(m_profileMenu, &QMenu::aboutToShow, this, &ToolBar::fillProfileMenu);
    connect(m_serverMenu, &QMenu::aboutToShow, this, &ToolBar::fillServerMenu);
    connect(m_new, &QPushButton::clicked, this, &ToolBar::newEventRequested);
    connect(m_pause, &QPushButton::clicked, this, &ToolBar::pauseRequested);
    connect(m_command, &QPushButton::clicked, this, &ToolBar::paletteRequested);
    connect(m_lock, &QPushButton::clicked, this, &ToolBar::lockRequested);
}

void ToolBar::setMainMenu(QMenu* menu)
{
    menu->setParent(this, menu->windowFlags());
    m_menu->setMenu(menu);
}

void ToolBar::setCompact(bool isCompact)
{
    m_command->setFixedWidth(isCompact ? compactCommandWidth : commandWidth);
}

void ToolBar::showProfiles(std::vector<LiveProfile> profiles)
{
    m_profiles = std::move(profiles);
    showShownProfile();
}

void ToolBar::showShownProfile()
{
    const auto shown = std::ranges::find(m_profiles, true, &LiveProfile::isShown);
    if (shown == m_profiles.end()) {
        m_profile->setText(tr("No profile"));
        m_profile->setAccessibleName(m_profile->text());
        return;
    }
    std::size_t elsewhere = 0;
    for (const LiveProfile& profile : m_profiles)
        elsewhere += profile.isShown ? 0 : profile.unseenErrors;
    QString text = shownText(shown->name.toStdString(), longestName);
    if (elsewhere > 0)
        text += elsewhere == 1 ? tr(" (1 error elsewhere)") : tr(" (%1 errors elsewhere)").arg(shownCount(elsewhere));
    m_profile->setText(text);
    m_profile->setIcon(dotOf(shown->color));
    m_profile->setAccessibleName(tr("Profile %1, %2").arg(shown->name, shown->state));
    setKeyTip(m_profile, tr("The profile that is shown; keys show the next live one"), "profile.next");
}

QPixmap ToolBar::dotOf(Profile::Color color) const
{
    constexpr int size = 10;
    constexpr int toText = 6; // The style leaves no room between a small icon and the text.
    QPixmap dot{QSize{size + toText, size} * devicePixelRatioF()};
    dot.setDevicePixelRatio(devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter{&dot};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::colors().tone(toneOf(color)));
    painter.drawEllipse(0, 0, size, size);
    return dot;
}

void ToolBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showShownProfile();
    QFrame::changeEvent(event);
}

void ToolBar::fillProfileMenu()
{
    m_profileMenu->clear();
    for (const LiveProfile& profile : m_profiles) {
        QString text = tr("%1: %2").arg(QString{profile.name}.replace(u'&', QStringLiteral("&&")), profile.state);
        if (profile.unseenErrors > 0)
            text +=
                profile.unseenErrors == 1 ? tr(", 1 error") : tr(", %1 errors").arg(shownCount(profile.unseenErrors));
        QAction* action = m_profileMenu->addAction(dotOf(profile.color), text);
        QFont font = action->font();
        font.setBold(profile.isShown);
        action->setFont(font);
        connect(action, &QAction::triggered, this, [this, id = profile.id] { Q_EMIT profileChosen(id); });
    }
    m_profileMenu->addSeparator();
    connect(m_profileMenu->addAction(icon(QStringLiteral("plus")), tr("Connect to a server…")), &QAction::triggered,
            this, &ToolBar::connectRequested);
    const auto shown = std::ranges::find(m_profiles, true, &LiveProfile::isShown);
    if (shown == m_profiles.end() || shown->id == Profile::localId)
        return;
    const QString name = QString{shown->name}.replace(u'&', QStringLiteral("&&"));
    connect(m_profileMenu->addAction(icon(QStringLiteral("settings")), tr("Edit %1").arg(name)), &QAction::triggered,
            this, [this, id = shown->id] { Q_EMIT profileEdited(id); });
    connect(m_profileMenu->addAction(icon(QStringLiteral("close")), tr("Close %1").arg(name)), &QAction::triggered,
            this, [this, id = shown->id] { Q_EMIT profileClosed(id); });
}

void ToolBar::fillServerMenu()
{
    m_serverMenu->clear();
    const bool isOff = m_state == engine::ServerState::Stopped || m_state == engine::ServerState::Failed;
    if (isOff)
        connect(m_serverMenu->addAction(icon(QStringLiteral("play")),
                                        m_isEmbedded ? tr("Start the server") : tr("Connect")),
                &QAction::triggered, this, &ToolBar::startRequested);
    else
        connect(m_serverMenu->addAction(icon(QStringLiteral("stop")),
                                        m_isEmbedded ? tr("Stop the server") : tr("Disconnect")),
                &QAction::triggered, this, &ToolBar::stopRequested);
    m_serverMenu->addSeparator();
    connect(m_serverMenu->addAction(icon(QStringLiteral("copy")), tr("Copy the address")), &QAction::triggered, this,
            &ToolBar::addressRequested);
    if (m_isEmbedded)
        connect(m_serverMenu->addAction(icon(QStringLiteral("apps")), tr("Server and apps")), &QAction::triggered, this,
                &ToolBar::serverPageRequested);
}

void ToolBar::showServer(const engine::ServerSnapshot& server, Profile::Kind kind, const QString& words)
{
    m_isEmbedded = kind == Profile::Kind::Embedded;
    m_state = server.state;
    const ServerLook look = lookOf(server.state);
    const bool isUp = server.state == engine::ServerState::Running;
    const QString word = words.isEmpty() ? look.word : words;
    const bool hasPort = isUp && !Curtain::instance().isDrawn();
    const QString text = hasPort ? QStringLiteral("%1 :%2").arg(word).arg(server.port) : word;
    if (m_server->text() == text)
        return;
    m_server->setText(text);
    m_server->setIcon(icon(look.icon, look.tone));
    m_server->setAccessibleName(tr("Server: %1").arg(text));
    m_server->setToolTip(isUp ? tr("Server at %1").arg(behindCurtain(hostAndPort(server)))
                              : m_server->accessibleName());
}

void ToolBar::showPaused(bool isPaused)
{
    const QString text = isPaused ? tr("Resume") : tr("Pause");
    if (m_pause->text() == text)
        return;
    m_pause->setText(text);
    m_pause->setAccessibleName(isPaused ? tr("Resume the log") : tr("Pause the log"));
    m_pause->setIcon(icon(isPaused ? QStringLiteral("play") : QStringLiteral("pause")));
}

void ToolBar::showLock(const LockState& lock)
{
    const QString text =
        lock.isLocked ? tr("Locked")
        : lock.left
            ? tr("%1:%2 left").arg(lock.left->count() / 60).arg(lock.left->count() % 60, 2, 10, QLatin1Char{'0'})
            : QString{};
    m_lock->setText(text);
    m_lock->setIcon(icon(lock.isLocked ? QStringLiteral("private") : QStringLiteral("unlocked"),
                         lock.isLocked || lock.left ? Tone::Warning : Tone::Muted));
    m_lock->setAccessibleName(lock.isLocked ? tr("Sending is locked; unlock") : tr("Sending is open; lock"));
    setKeyTip(m_lock,
              lock.isLocked ? tr("Nothing can be sent through this profile. Unlock it")
                            : tr("Lock sending through this profile"),
              "profile.lock");
}

} // namespace castdeck::ui
