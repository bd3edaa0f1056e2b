#include "core/broadcast/manager.h"

#include "core/broadcast/builtin_drivers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace castdeck::broadcast {

namespace {

constexpr std::size_t maxWaitingSends = 10'000;
constexpr std::uint64_t maxRetries = 10;

std::string inQuotes(std::string_view text)
{
    return "\"" + std::string{text} + "\"";
}

const std::string* find(const ConnectionsConfig::Names& names, std::string_view name)
{
    const auto it = std::ranges::find(names, name, &ConnectionsConfig::Names::value_type::first);
    return it == names.end() ? nullptr : &it->second;
}

/// `null` and `log` exist in every configuration, so that either can be named as the default.
void addBuiltInConnections(ConnectionsConfig& config)
{
    const auto add = [&](const char* name, Options options) {
        if (std::ranges::find(config.connections, name, &ConnectionConfig::name) == config.connections.end())
            config.connections.push_back({name, std::move(options)});
    };
    add("null", {{"driver", R"("null")"}});
    add("log", {{"driver", R"("log")"}, {"level", R"("info")"}});
}

ConnectionsConfig complete(ConnectionsConfig config)
{
    addBuiltInConnections(config);
    return config;
}

/// The driver that the options ask for, before driverAliases.
Failure readDriver(const Options& options, const std::string& connection, std::string& driver)
{
    const auto value = options.find("driver");
    if (!value)
        return {Code::NoDriver, "connection " + inQuotes(connection) + " has no driver"};
    if (!value->is(json::Kind::String))
        return {Code::BadDriver, "the driver of connection " + inQuotes(connection) + " must be a string"};
    driver = value->text();
    if (driver.empty())
        return {Code::NoDriver, "connection " + inQuotes(connection) + " has no driver"};
    return {};
}

} // namespace

/// Everything it takes to build one connection, copied out of the lock.
struct Manager::Recipe {
    std::string name;
    Options options;
    std::string driver;
    DriverFactory factory;
    Services services;
    std::shared_ptr<SendQueue> queue;
    std::shared_ptr<Connection> kept;     ///< When it was built before, and nothing has changed.
    std::shared_ptr<Connection> released; ///< Was kept, and is to be destroyed outside of the lock.
};

Manager::Manager(ConnectionsConfig config, Services services)
    : m_services{std::move(services)}
    , m_config{complete(std::move(config))}
{
    m_services.maxPayloadBytes = m_config.maxPayloadBytes;
    for (const auto& [name, factory] : builtInDrivers())
        m_factories.emplace(name, factory);
}

Manager::~Manager()
{
    std::vector<std::shared_ptr<SendQueue>> queues;
    std::vector<std::shared_ptr<Connection>> connections;
    {
        const std::lock_guard lock{m_mutex};
        for (const auto& [name, queue] : m_queues)
            queues.push_back(queue);
        for (const auto& [name, instance] : m_instances)
            connections.push_back(instance.connection);
        for (const auto& dropped : m_dropped) {
            if (auto connection = dropped.lock())
                connections.push_back(std::move(connection));
        }
        m_instances.clear();
    }
    for (const auto& queue : queues)
        queue->close();
    for (const auto& connection : connections)
        connection->stop();
}

void Manager::configure(ConnectionsConfig config)
{
    config = complete(std::move(config));
    std::vector<std::shared_ptr<Connection>> released; // Destroyed after the lock is gone.
    const std::lock_guard lock{m_mutex};
    const bool isLimitChanged = config.maxPayloadBytes != m_config.maxPayloadBytes;
    m_config = std::move(config);
    m_services.maxPayloadBytes = m_config.maxPayloadBytes;
    // The rest is noticed when a connection is used: its options and its driver are compared then.
    for (auto it = m_instances.begin(); it != m_instances.end();) {
        const auto next = std::next(it);
        if (isLimitChanged ||
            std::ranges::find(m_config.connections, it->first, &ConnectionConfig::name) == m_config.connections.end())
            released.push_back(drop(it));
        it = next;
    }
}

std::vector<std::string> Manager::warnings() const
{
    const std::lock_guard lock{m_mutex};
    std::vector<std::string> result;
    const auto isConnection = [this](std::string_view name) {
        return std::ranges::find(m_config.connections, name, &ConnectionConfig::name) != m_config.connections.end();
    };
    for (const auto& [alias, target] : m_config.aliases) {
        if (isConnection(alias))
            result.push_back("alias " + inQuotes(alias) + " hides the connection of the same name");
        if (!isConnection(target))
            result.push_back("alias " + inQuotes(alias) + " points to " + inQuotes(target) +
                             ", which is not a connection");
    }
    return result;
}

void Manager::extend(std::string_view driver, DriverFactory factory)
{
    std::vector<std::shared_ptr<Connection>> released; // Destroyed after the lock is gone.
    const std::lock_guard lock{m_mutex};
    m_factories.insert_or_assign(std::string{driver}, std::move(factory));
    for (auto it = m_instances.begin(); it != m_instances.end();) {
        const auto next = std::next(it);
        if (it->second.driver == driver)
            released.push_back(drop(it));
        it = next;
    }
}

Found Manager::connection(std::string_view name)
{
    Recipe recipe;
    {
        const std::lock_guard lock{m_mutex};
        if (Failure failure = prepare(name, recipe); failure.isFailure())
            return {nullptr, std::move(failure)};
    }
    return recipe.kept ? Found{recipe.kept, {}} : build(recipe);
}

/// Finds out what to build, or that it is built. Under the lock.
Failure Manager::prepare(std::string_view name, Recipe& recipe)
{
    const DefaultChoice choice = chooseDefault();
    if (name.empty() && choice.failure.isFailure())
        return choice.failure;
    const std::string wanted = name.empty() ? choice.name : std::string{name};
    recipe.name = resolved(wanted);
    const auto config = std::ranges::find(m_config.connections, recipe.name, &ConnectionConfig::name);
    if (config == m_config.connections.end())
        return {Code::UnknownConnection, "connection " + inQuotes(recipe.name) + " is not defined" +
                                             (recipe.name == wanted ? "" : " (alias " + inQuotes(wanted) + ")")};
    if (Failure failure = readDriver(config->options, recipe.name, recipe.driver); failure.isFailure())
        return failure;
    if (const std::string* target = find(m_config.driverAliases, recipe.driver))
        recipe.driver = *target;
    const auto factory = m_factories.find(recipe.driver);
    if (factory == m_factories.end())
        return {Code::UnknownDriver,
                "connection " + inQuotes(recipe.name) + " has the unknown driver " + inQuotes(recipe.driver)};
    const auto instance = m_instances.find(recipe.name);
    if (instance != m_instances.end()) {
        if (instance->second.options == config->options && instance->second.driver == recipe.driver)
            recipe.kept = instance->second.connection;
        else
            recipe.released = drop(instance);
    }
    recipe.options = config->options;
    recipe.factory = factory->second;
    recipe.services = m_services;
    auto& queue = m_queues[recipe.name];
    if (!queue)
        queue = std::make_shared<SendQueue>(maxWaitingSends);
    recipe.queue = queue;
    return {};
}

Found Manager::build(const Recipe& recipe)
{
    const std::vector<std::string> secrets = secretsIn(recipe.options);
    const auto bad = [&](const std::string& why) {
        return Found{nullptr,
                     {Code::BadOption, SecretMask{secrets}.line("connection " + inQuotes(recipe.name) + ": " + why)}};
    };
    OptionReader reader{recipe.options};
    const auto retries = static_cast<unsigned>(reader.number({"retries"}, 0, maxRetries, 0));
    if (reader.hasFailed())
        return bad(reader.error().detail);
    std::shared_ptr<Driver> driver;
    try {
        auto made = recipe.factory(recipe.options, recipe.services);
        if (!made)
            return bad(made.error().detail);
        driver = std::move(*made);
    } catch (const std::exception& error) {
        return bad(error.what());
    }
    if (!driver)
        return bad("its factory made no driver");
    auto connection = std::make_shared<Connection>(recipe.name, std::move(driver), secrets, retries, recipe.queue);
    std::shared_ptr<Connection> released; // Destroyed after the lock is gone.
    const std::lock_guard lock{m_mutex};
    if (const auto it = m_instances.find(recipe.name); it != m_instances.end()) {
        // Another thread was quicker.
        if (it->second.options == recipe.options && it->second.driver == recipe.driver)
            return {it->second.connection, {}};
        released = drop(it);
    }
    m_instances.insert_or_assign(recipe.name, Instance{recipe.options, recipe.driver, connection});
    return {std::move(connection), {}};
}

/// Under the lock; the caller lets go of the result outside of it, because a driver may be destroyed then.
std::shared_ptr<Connection> Manager::drop(std::map<std::string, Instance, std::less<>>::iterator instance)
{
    std::erase_if(m_dropped, [](const auto& dropped) { return dropped.expired(); });
    auto connection = std::move(instance->second.connection);
    m_dropped.push_back(connection);
    m_instances.erase(instance);
    return connection;
}

std::string Manager::resolved(std::string_view name) const
{
    const std::string* target = find(m_config.aliases, name);
    return target != nullptr ? *target : std::string{name};
}

DefaultChoice Manager::defaultConnection() const
{
    const std::lock_guard lock{m_mutex};
    return chooseDefault();
}

/// Under the lock. Strongest first: run time, environment, file, the word null.
DefaultChoice Manager::chooseDefault() const
{
    DefaultChoice choice{"null", DefaultOrigin::BuiltIn, {}};
    if (m_runTimeDefault) {
        choice = {*m_runTimeDefault, DefaultOrigin::RunTime, {}};
    } else if (!m_config.environmentDefault.empty()) {
        choice = {m_config.environmentDefault, DefaultOrigin::Environment, {}};
    } else if (m_config.defaultJson) {
        const auto value = json::Value::parse(*m_config.defaultJson);
        choice = {value && value->is(json::Kind::String) ? value->text() : "", DefaultOrigin::File, {}};
    }
    if (choice.name.empty())
        choice.failure = {Code::NoDefault, "no default connection is set"};
    return choice;
}

void Manager::setDefault(std::string name)
{
    const std::lock_guard lock{m_mutex};
    m_runTimeDefault = std::move(name);
}

void Manager::purge(std::string_view name)
{
    std::shared_ptr<Connection> released; // Destroyed after the lock is gone.
    const std::lock_guard lock{m_mutex};
    if (const auto instance = m_instances.find(resolved(name)); instance != m_instances.end())
        released = drop(instance);
}

void Manager::setOperator(Actor actor)
{
    const std::lock_guard lock{m_mutex};
    m_operator = std::move(actor);
}

bool Manager::waitIdle(std::chrono::milliseconds time) const
{
    const auto deadline = std::chrono::steady_clock::now() + time;
    std::vector<std::shared_ptr<SendQueue>> queues;
    {
        const std::lock_guard lock{m_mutex};
        for (const auto& [name, queue] : m_queues)
            queues.push_back(queue);
    }
    return std::ranges::all_of(queues, [&](const auto& queue) { return queue->waitIdle(deadline); });
}

std::string_view toText(DefaultOrigin origin)
{
    constexpr std::array texts{"run time", "environment", "file", "built-in"};
    return texts.at(static_cast<std::size_t>(origin));
}

} // namespace castdeck::broadcast
