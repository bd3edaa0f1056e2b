// What a workspace shows of a server elsewhere, and asks of it.
#include "ui/workspace.h"

#include "ui/pages/channels_page.h"
#include "ui/pages/connections_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/server_page.h"
#include "ui/pages/stats_page.h"

#include <QtWidgets/QStackedWidget>

namespace castdeck::ui {

void Workspace::connectRemote(RemoteControl& remote)
{
    m_serverPage = new ServerPage{m_profile, m_pages};
    addPage(Server, m_serverPage);
    m_channels->setRemote(remote);
    m_log->setElsewhere(m_profile.name);
    connect(m_channels, &ChannelsPage::helpRequested, this,
            [this] { Q_EMIT helpRequested(QStringLiteral("connect")); });
    connect(m_connections, &ConnectionsPage::capabilitiesRequested, this, [this] { showPage(Server); });
    connect(m_log, &LogPage::watchRequested, this, [this] {
        showPage(Channels);
        m_channels->openWatch();
    });
    connect(m_serverPage, &ServerPage::askRequested, this, [&remote] { remote.askCapabilities(); });
    connect(m_serverPage, &ServerPage::checkRequested, this, &Workspace::checkRequested);
    connect(m_serverPage, &ServerPage::editRequested, this, &Workspace::editRequested);
}

void Workspace::showFacts(const RemoteFacts& facts)
{
    m_channels->showFacts(facts);
    m_connections->showFacts(facts);
    m_stats->showFacts(facts);
    if (m_serverPage != nullptr)
        m_serverPage->showFacts(facts);
}

void Workspace::setLook(const QString& name, Profile::Color color)
{
    m_profile.name = name;
    m_profile.color = color;
    if (m_serverPage != nullptr) {
        m_serverPage->setProfile(m_profile);
        m_log->setElsewhere(name);
    }
    applyLock();
}

} // namespace castdeck::ui
