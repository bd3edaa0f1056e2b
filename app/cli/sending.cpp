#include "app/cli/sending.h"

#include "app/cli/output.h"
#include "core/engine/driver_options.h"
#include "core/remote/driver_transport.h"

#include <QCoreApplication>
#include <QMetaObject>

#include <utility>

namespace castdeck::cli {

namespace {

broadcast::Services servicesWith(const remote::HttpThread& http)
{
    broadcast::Services services;
    services.http = remote::driverTransport(http);
    services.log = [](broadcast::LogLevel, std::string_view line) { say(line); };
    return services;
}

/// Where a driver other than pusher goes, without the credentials that an address may hold.
std::string addressOf(const Target& target)
{
    broadcast::Options options = target.options() != nullptr ? *target.options() : broadcast::Options{};
    for (const engine::DriverOption& option : engine::optionsOfDriver(target.driver)) {
        if (!options.find(option.name) && !option.builtIn.empty())
            options.set(option.name, std::string{option.builtIn});
    }
    broadcast::OptionReader reader{options};
    const std::string url = reader.text({"url"});
    if (!url.empty())
        return QUrl{QString::fromStdString(url)}
            .toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)
            .toStdString();
    return reader.text({"host"}) + ":" + reader.text({"port"});
}

} // namespace

Sending::Sending(const Target& target)
    : m_name{target.nameInConnections()}
    , m_http{target.trusted}
    , m_manager{target.connections, servicesWith(m_http)}
{
    m_manager.setOperator({"operator"});
}

bool Sending::isUsable()
{
    const broadcast::Found found = m_manager.connection(m_name);
    if (!found.connection)
        say(visible(found.failure.text));
    return found.connection != nullptr;
}

std::shared_ptr<broadcast::Connection> Sending::connection()
{
    return m_manager.connection(m_name).connection;
}

void Sending::send(broadcast::Emission emission, std::function<void(const broadcast::Report&)> done)
{
    emission.options.connection = m_name;
    m_manager.send(std::move(emission)).then(&Sending::post, std::move(done));
}

void Sending::post(std::function<void()> task)
{
    QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(task), Qt::QueuedConnection);
}

std::string whatWasTried(const Target& target)
{
    if (target.speaksPusher())
        return "tried " + target.endpoint.address() +
               "; is the server running there? --host, --port and --tls choose another";
    return "tried " + visible(addressOf(target)) + "; is it running there? The options of connection \"" +
           visible(target.name) + "\" say where it is";
}

} // namespace castdeck::cli
