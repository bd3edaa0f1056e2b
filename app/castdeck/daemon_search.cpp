#include "app/castdeck/daemon_search.h"

#include "core/base/json.h"
#include "core/remote/certificate.h"
#include "ui/bridge/profile_endpoint.h"
#include "ui/text/shown_text.h"

#include <QtNetwork/QSslCertificate>

#include <chrono>

namespace castdeck::app {

namespace {

constexpr std::chrono::milliseconds patience{1'000};

/// Where a program on this machine reaches what listens there.
QString hostOf(const std::string& listen)
{
    if (listen.empty() || listen == "0.0.0.0" || listen == "localhost")
        return QStringLiteral("127.0.0.1");
    return listen == "::" ? QStringLiteral("::1") : ui::toQt(listen);
}

std::string pinOf(const store::ServerConfig& server)
{
    if (!server.tls)
        return {};
    return remote::fingerprintOf(QSslCertificate::fromPath(ui::toQt(server.tls->certificate)).value(0));
}

ui::Profile profileOf(const store::ServerConfig& server, const hub::AppConfig& app, std::uint16_t port)
{
    ui::Profile profile;
    profile.id = "daemon-" + app.id;
    profile.name = DaemonSearch::tr("%1 (daemon)").arg(ui::toQt(app.name.empty() ? app.id : app.name));
    profile.color = ui::Profile::Color::Teal;
    profile.scheme = server.tls ? QStringLiteral("https") : QStringLiteral("http");
    profile.host = hostOf(server.listen);
    profile.port = port;
    profile.path = ui::toQt(server.pathPrefix);
    profile.appId = ui::toQt(app.id);
    profile.key = ui::toQt(app.key);
    profile.pinnedCertificate = pinOf(server);
    return profile;
}

} // namespace

DaemonSearch::DaemonSearch(const store::ServerConfig& server, std::uint16_t port, QObject* parent) : QObject{parent}
{
    if (port == 0)
        return;
    for (const hub::AppConfig& app : server.apps) {
        if (app.isEnabled)
            m_apps.push_back({profileOf(server, app, port), app.secret});
    }
    if (m_apps.empty())
        return;
    auto endpoint = ui::endpointOf(m_apps.front().profile, m_apps.front().secret);
    if (!endpoint)
        return;
    endpoint->timeout = patience;
    m_http.pin(m_apps.front().profile.pinnedCertificate);
    m_rest = std::make_unique<remote::PusherRestClient>(m_http, *std::move(endpoint), m_clock);
}

void DaemonSearch::start()
{
    if (!m_rest) {
        Q_EMIT ended({});
        return;
    }
    m_rest->log(remote::PusherRestClient::fromHereOn, this, [this](const remote::RestAnswer& answer) {
        const auto document = json::Value::parse(answer.body);
        const bool isOurs = answer.code == broadcast::Code::None && document && document->is(json::Kind::Object) &&
                            document->find("rows");
        Q_EMIT ended(isOurs ? m_apps : std::vector<Found>{});
    });
}

} // namespace castdeck::app
