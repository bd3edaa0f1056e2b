#include "core/broadcast/broadcast.h"

#include "core/broadcast/report_builder.h"

#include <mutex>

namespace castdeck::broadcast {

namespace {

constexpr const char* noManager = "no broadcast manager is installed";

struct Installed {
    std::mutex mutex; ///< Guards the pointer only.
    std::shared_ptr<Manager> manager;
};

Installed& installed()
{
    static Installed instance;
    return instance;
}

/// What every call reports while there is no manager.
PendingReport refused(std::string event, std::size_t payloadBytes, const std::vector<std::string>& channels,
                      const std::string& connection)
{
    const auto report =
        std::make_shared<ReportBuilder>(std::make_shared<SystemClock>(), std::move(event), payloadBytes);
    Delivery delivery = Delivery::failed(channels, {Code::NoDefault, noManager});
    for (Entry& entry : delivery.entries)
        entry.connection = connection;
    report->addEntries(std::move(delivery.entries));
    return report->finish();
}

std::vector<std::string> namesOf(const Channels& channels)
{
    std::vector<std::string> names;
    for (const Channel& channel : channels.list())
        names.push_back(channel.name());
    return names;
}

} // namespace

NamedConnection::NamedConnection(std::shared_ptr<Manager> manager, std::string name)
    : m_manager{std::move(manager)}
    , m_name{std::move(name)}
{
}

/// A connection that a call names for itself wins over this one.
void NamedConnection::choose(CallOptions& options) const
{
    if (options.connection.empty())
        options.connection = m_name;
}

PendingReport NamedConnection::publish(Topics topics, Messages messages, CallOptions options)
{
    choose(options);
    if (!m_manager)
        return refused({}, 0, topics.texts(), options.connection);
    return m_manager->publish(std::move(topics), std::move(messages), std::move(options));
}

PendingReport NamedConnection::send(Emission emission)
{
    choose(emission.options);
    if (!m_manager)
        return refused(emission.event, emission.payload.text().size(), namesOf(emission.channels),
                       emission.options.connection);
    return m_manager->send(std::move(emission));
}

PendingReport NamedConnection::batch(std::vector<Emission> emissions)
{
    std::vector<std::string> channels;
    for (Emission& emission : emissions) {
        choose(emission.options);
        for (std::string& name : namesOf(emission.channels))
            channels.push_back(std::move(name));
    }
    return m_manager ? m_manager->batch(std::move(emissions)) : refused("batch", 0, channels, m_name);
}

Found NamedConnection::find() const
{
    return m_manager ? m_manager->connection(m_name) : Found{nullptr, {Code::NoDefault, noManager}};
}

AnonymousEvent::Send NamedConnection::sending() const
{
    return [self = *this](Emission emission) mutable { return self.send(std::move(emission)); };
}

void Broadcast::install(std::shared_ptr<Manager> manager)
{
    // The old one is destroyed outside of the lock: its last reports may call anything.
    const std::lock_guard lock{installed().mutex};
    installed().manager.swap(manager);
}

std::shared_ptr<Manager> Broadcast::manager()
{
    const std::lock_guard lock{installed().mutex};
    return installed().manager;
}

Result<void> Broadcast::extend(std::string_view driver, DriverFactory factory)
{
    const auto current = manager();
    if (!current)
        return Error{ErrorKind::Unavailable, noManager};
    current->extend(driver, std::move(factory));
    return {};
}

} // namespace castdeck::broadcast
