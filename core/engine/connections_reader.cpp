#include "core/engine/connections_reader.h"

#include "core/broadcast/builtin_drivers.h"
#include "core/broadcast/manager.h"
#include "core/engine/driver_options.h"
#include "core/store/object_reader.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace castdeck::engine {

namespace {

using broadcast::ConnectionsConfig;
using store::KeyPath;
using store::OrderedJson;

/// Variables may hold bytes that are no UTF-8.
std::string toText(const OrderedJson& value)
{
    return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

broadcast::Options toOptions(const OrderedJson& connection)
{
    broadcast::Options options;
    for (const auto& [name, value] : connection.items())
        options.set(name, toText(value));
    return options;
}

const OrderedJson* member(const OrderedJson& object, std::string_view key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? nullptr : &*found;
}

ConnectionsConfig::Names namesUnder(const OrderedJson& document, std::string_view key)
{
    ConnectionsConfig::Names names;
    const OrderedJson* object = member(document, key);
    if (object == nullptr || !object->is_object())
        return names;
    for (const auto& [name, target] : object->items()) {
        if (target.is_string())
            names.emplace_back(name, target.get<std::string>());
    }
    return names;
}

/// Null when the driver is none of ours.
broadcast::DriverFactory factoryOf(std::string_view driver)
{
    for (auto& [name, factory] : broadcast::builtInDrivers()) {
        if (name == driver)
            return factory;
    }
    return {};
}

/// What the driver has against the options; empty when nothing. Making a driver touches no network.
std::string objectionOf(const broadcast::DriverFactory& factory, const broadcast::Options& options)
{
    try {
        const auto made = factory(options, {});
        return made ? std::string{} : made.error().detail;
    } catch (const std::exception&) {
        return {}; // Of this moment, such as too many open files, not of the options.
    }
}

/// Repeats are for the manager to judge, whatever the driver.
std::string objectionToRetries(const OrderedJson& connection)
{
    const OrderedJson* retries = member(connection, "retries");
    if (retries == nullptr)
        return {};
    broadcast::Manager manager{{.environmentDefault = {},
                                .defaultJson = {},
                                .connections = {{"c", {{"driver", "\"null\""}, {"retries", toText(*retries)}}}}}};
    return manager.connection("c").failure.text;
}

/// "options.host" as a path below the connection.
KeyPath pathOf(KeyPath path, std::string_view option)
{
    const std::size_t dot = option.find('.');
    path = path / option.substr(0, dot);
    return dot == std::string_view::npos ? path : path / option.substr(dot + 1);
}

/// Judges the options of one connection by the objections of its driver.
class ConnectionCheck {
public:
    ConnectionCheck(const std::string& name, const OrderedJson& connection, store::Problems& problems)
        : m_path{KeyPath{"connections"} / name}
        , m_options(connection)
        , m_problems{problems}
    {
    }

    void judge(const std::string& driver)
    {
        if (driver.empty())
            return m_problems.warning(m_path / "driver", "is empty; the connection cannot be used");
        const broadcast::DriverFactory factory = factoryOf(driver);
        if (!factory)
            return m_problems.warning(m_path / "driver", "is no built-in driver; the connection can be used only by a "
                                                         "program that brings the driver along");
        tellUnknownOptions(driver);
        // A driver tells its first objection; the option is put aside then, to hear the next one.
        std::multiset<std::string> told;
        while (const auto objection = firstObjection(factory)) {
            const auto& [option, rule] = *objection;
            if (told.count(option) == 0)
                tell(option, rule);
            if (told.count(option) == 2)
                return;
            putAside(option, told.count(option) == 0 && !isMissing(option));
            told.insert(option);
        }
    }

private:
    struct Objection {
        std::string option;
        std::string rule;
    };

    void tellUnknownOptions(const std::string& driver)
    {
        std::set<std::string_view> known;
        for (const DriverOption& option : optionsOfEveryDriver())
            known.insert(option.name);
        for (const DriverOption& option : optionsOfDriver(driver))
            known.insert(option.name);
        const bool hasNested = known.contains("options.host");
        for (const auto& [key, value] : m_options.items()) {
            if (hasNested && key == "options" && value.is_object()) {
                for (const auto& [inner, ignored] : value.items()) {
                    if (!known.contains("options." + inner))
                        m_problems.unknownKey(m_path / key / inner);
                }
            } else if (!known.contains(key)) {
                m_problems.unknownKey(m_path / key);
            }
        }
    }

    /// Out of `option "port" must be ...`. Objections to something else are none to the configuration.
    std::optional<Objection> firstObjection(const broadcast::DriverFactory& factory) const
    {
        std::string text = objectionToRetries(m_options);
        if (text.empty())
            text = objectionOf(factory, toOptions(m_options));
        constexpr std::string_view start = "option \"";
        const std::size_t name = text.find(start);
        const std::size_t end = name == std::string::npos ? name : text.find("\" ", name + start.size());
        if (end == std::string::npos)
            return std::nullopt;
        return Objection{text.substr(name + start.size(), end - name - start.size()), text.substr(end + 2)};
    }

    const OrderedJson* find(const std::string& option) const
    {
        const std::size_t dot = std::min(option.find('.'), option.size());
        const OrderedJson* value = member(m_options, option.substr(0, dot));
        return value == nullptr || dot == option.size() ? value : member(*value, option.substr(dot + 1));
    }

    bool isMissing(const std::string& option) const
    {
        const OrderedJson* value = find(option);
        return value == nullptr || value->is_null() || *value == OrderedJson("");
    }

    void tell(const std::string& option, const std::string& rule)
    {
        if (isMissing(option))
            m_problems.warning(pathOf(m_path, option), rule + "; the connection cannot be used");
        else
            m_problems.error(pathOf(m_path, option), rule);
    }

    /// Removes the option or, since it may be a needed one, puts something harmless there.
    void putAside(const std::string& option, bool isRemoved)
    {
        const std::size_t dot = std::min(option.find('.'), option.size());
        const bool isNested = dot < option.size() && m_options["options"].is_object();
        OrderedJson& object = isNested ? m_options["options"] : m_options;
        const std::string key = isNested ? option.substr(dot + 1) : option;
        if (isRemoved)
            object.erase(key);
        else
            object[key] = "0";
    }

    KeyPath m_path;
    OrderedJson m_options;
    store::Problems& m_problems;
};

void readEmit(const store::EffectiveDocument& document, store::Problems& problems, ConnectionsConfig& config)
{
    store::ObjectReader top{document, problems};
    top.object("emit", [&](store::ObjectReader& emit) {
        emit.read("require_actor", config.requiresActor);
        std::uint64_t maxPayloadBytes = config.maxPayloadBytes;
        emit.read("max_payload_bytes", maxPayloadBytes, 1, UINT32_MAX);
        config.maxPayloadBytes = maxPayloadBytes;
    });
}

} // namespace

std::string driverOf(const OrderedJson& document, const OrderedJson& connection)
{
    const OrderedJson* driver = member(connection, "driver");
    if (driver == nullptr || !driver->is_string())
        return {};
    const auto aliases = namesUnder(document, "driverAliases");
    const auto alias =
        std::ranges::find(aliases, driver->get<std::string>(), &ConnectionsConfig::Names::value_type::first);
    return alias == aliases.end() ? driver->get<std::string>() : alias->second;
}

ConnectionsConfig readConnections(const store::EffectiveDocument& document, store::Problems& problems)
{
    const OrderedJson& json = document.json();
    ConnectionsConfig config;
    config.aliases = namesUnder(json, "aliases");
    config.driverAliases = namesUnder(json, "driverAliases");
    if (const OrderedJson* chosen = member(json, "default")) {
        if (document.originOf({"default"}).variable == "BROADCAST_CONNECTION" && chosen->is_string())
            config.environmentDefault = chosen->get<std::string>();
        else
            config.defaultJson = toText(*chosen);
    }
    readEmit(document, problems, config);
    const OrderedJson* connections = member(json, "connections");
    if (connections == nullptr || !connections->is_object())
        return config;
    for (const auto& [name, connection] : connections->items()) {
        if (!connection.is_object())
            continue;
        config.connections.push_back({name, toOptions(connection)});
        if (const OrderedJson* driver = member(connection, "driver"); driver != nullptr && driver->is_string())
            ConnectionCheck{name, connection, problems}.judge(driverOf(json, connection));
    }
    return config;
}

} // namespace castdeck::engine
