#include "ui/widgets/occupant_actions.h"

#include "ui/bridge/occupancy.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

QPushButton* small(const QString& name, const QString& text)
{
    return makeButton(name, text, {}, ButtonKind::Small);
}

/// As the filter line of the log reads it, whatever the text holds.
QString quoted(const std::string& text)
{
    QString value = toQt(text);
    value.replace(QLatin1Char{'\\'}, QStringLiteral("\\\\")).replace(QLatin1Char{'"'}, QStringLiteral("\\\""));
    const bool isPlain = std::ranges::all_of(value, [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char{'.'} || c == QLatin1Char{'_'} || c == QLatin1Char{'@'};
    });
    return isPlain ? value : QLatin1Char{'"'} + value + QLatin1Char{'"'};
}

bool isSignedIn(const Occupant& occupant)
{
    return std::ranges::any_of(occupant.sockets, &Occupant::Socket::isSignedIn);
}

} // namespace

OccupantActions::OccupantActions(const QString& name, Place place, QWidget* parent)
    : QWidget{parent}
    , m_close{small(name + QStringLiteral(".close"), tr("Close socket"))}
    , m_remove{small(name + QStringLiteral(".remove"), tr("Remove from channel"))}
    , m_disconnect{small(name + QStringLiteral(".disconnect"), tr("Disconnect user"))}
    , m_follow{small(name + QStringLiteral(".follow"), tr("Follow in the log"))}
    , m_confirm{new ConfirmBar{name + QStringLiteral(".ask")}}
{
    setObjectName(name);
    auto* buttons = new FlowLayout{metrics::small};
    for (QPushButton* button : {m_follow, m_remove, m_close, m_disconnect})
        buttons->addWidget(button);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(buttons);
    layout->addWidget(m_confirm);
    m_remove->setVisible(place == Place::Channel); // Not before it has a parent: it would open as a window.
    connect(m_close, &QPushButton::clicked, this, &OccupantActions::askToClose);
    connect(m_remove, &QPushButton::clicked, this, &OccupantActions::askToRemove);
    connect(m_disconnect, &QPushButton::clicked, this, &OccupantActions::askToDisconnect);
    connect(m_follow, &QPushButton::clicked, this, &OccupantActions::follow);
    refresh();
}

void OccupantActions::setControl(OccupancyControl* control)
{
    m_control = control;
    refresh();
}

void OccupantActions::setTarget(const std::optional<Occupant>& target)
{
    if (m_target == target)
        return;
    m_target = target;
    m_confirm->cancel();
    refresh();
}

void OccupantActions::refresh()
{
    const bool canAct = m_control != nullptr && m_target && !m_target->sockets.empty();
    m_close->setEnabled(canAct);
    m_remove->setEnabled(canAct && !m_target->channel.empty());
    m_disconnect->setEnabled(canAct && !m_target->userId.empty());
    m_follow->setEnabled(m_target.has_value());
    const bool isSeveral = m_target && m_target->sockets.size() > 1;
    m_close->setText(isSeveral ? tr("Close %1 sockets").arg(m_target->sockets.size()) : tr("Close socket"));
    m_close->setAccessibleName(m_close->text());
}

QString OccupantActions::who() const
{
    return m_target->isUser ? shownText(m_target->userId, 128) : shownText(m_target->sockets.front().id, 64);
}

void OccupantActions::askToClose()
{
    if (!m_close->isEnabled())
        return;
    const QString sentence =
        m_target->sockets.size() > 1
            ? tr("Close the %1 sockets of %2? They get code 4100, so their clients come back after a second or more.")
                  .arg(m_target->sockets.size())
                  .arg(who())
            : tr("Close socket %1? It gets code 4100, so its client comes back after a second or more.")
                  .arg(shownText(m_target->sockets.front().id, 64));
    m_confirm->ask(sentence, m_close->text(), [this, target = *m_target] {
        for (const Occupant::Socket& socket : target.sockets)
            m_control->closeSocket(target.appId, socket.id);
    });
}

void OccupantActions::askToRemove()
{
    if (!m_remove->isEnabled())
        return;
    m_confirm->ask(tr("Remove %1 from %2? It stays connected and is told by pusher:subscription_error. This is no ban: "
                      "it may subscribe again, and will when it reconnects.")
                       .arg(who(), shownText(m_target->channel, 128)),
                   tr("Remove"), [this, target = *m_target] {
                       for (const Occupant::Socket& socket : target.sockets)
                           m_control->removeFromChannel(target.appId, socket.id, target.channel);
                   });
}

void OccupantActions::askToDisconnect()
{
    if (!m_disconnect->isEnabled())
        return;
    const QString user = shownText(m_target->userId, 128);
    const QString sentence =
        isSignedIn(*m_target)
            ? tr("Disconnect %1? Every connection signed in as %1 gets code 4009, and its client stays away.").arg(user)
            : tr("Disconnect %1? No connection here is signed in, so they get code 4100, and their clients come back "
                 "after a second or more.")
                  .arg(user);
    m_confirm->ask(sentence, tr("Disconnect"), [this, target = *m_target] {
        if (isSignedIn(target))
            m_control->terminateUser(target.appId, target.userId);
        for (const Occupant::Socket& socket : target.sockets) {
            if (!socket.isSignedIn)
                m_control->closeSocket(target.appId, socket.id);
        }
    });
}

void OccupantActions::follow()
{
    if (!m_target)
        return;
    if (m_target->isUser)
        Q_EMIT followRequested(QStringLiteral("user:") + quoted(m_target->userId));
    else if (!m_target->sockets.empty())
        Q_EMIT followRequested(QStringLiteral("socket:") + quoted(m_target->sockets.front().id));
}

} // namespace castdeck::ui
