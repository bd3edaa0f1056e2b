#include "core/store/variables.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace castdeck::store {

namespace {

enum class Form { Text, Port, Scheme };

/// One option of a connection and the variables that override it, the strongest first.
struct OptionVariable {
    std::string_view option;
    std::initializer_list<std::string_view> names;
    Form form = Form::Text;
    bool isNeeded = false; ///< Without it the variables make no connection.
};

const OptionVariable pusherVariables[] = {
    {"app_id", {"PUSHER_APP_ID"}, Form::Text, true},
    {"client", {"PUSHER_CLIENT", "PUSHER_APP_KEY"}, Form::Text, true},
    {"secret", {"PUSHER_SECRET", "PUSHER_APP_SECRET"}, Form::Text, true},
    {"cluster", {"PUSHER_CLUSTER", "PUSHER_APP_CLUSTER"}},
    {"host", {"PUSHER_HOST"}},
    {"port", {"PUSHER_PORT"}, Form::Port},
    {"ssl", {"PUSHER_SCHEME"}, Form::Scheme},
};
const OptionVariable centrifugoVariables[] = {
    {"url", {"CENTRIFUGO_URL"}},
    {"api_key", {"CENTRIFUGO_API_KEY"}},
};
const OptionVariable redisVariables[] = {
    {"host", {"REDIS_HOST"}},
    {"port", {"REDIS_PORT"}, Form::Port},
    {"password", {"REDIS_PASSWORD"}},
};

/// The text of a variable as the option wants it; nothing, and an error at `path`, when it is something else.
std::optional<OrderedJson> converted(Form form, const std::string& name, const std::string& text, const KeyPath& path,
                                     Problems& problems)
{
    if (form == Form::Text)
        return OrderedJson(text);
    if (form == Form::Port) {
        if (const auto port = parseNumber(text, UINT16_MAX).value_or(0); port > 0)
            return OrderedJson(port);
        problems.error(path, "the variable " + name + " must be a whole number from 1 to 65535");
        return std::nullopt;
    }
    if (text == "http" || text == "https")
        return OrderedJson(text == "https");
    problems.error(path, "the variable " + name + " must be http or https");
    return std::nullopt;
}

class Overrides {
public:
    Overrides(OrderedJson& document, const Environment& environment, Problems& problems)
        : m_document{document}
        , m_environment{environment}
        , m_problems{problems}
    {
    }

    /// The first of the variables that is set, put under `key` of `object`, which stands at `path`.
    void set(OrderedJson& object, const KeyPath& path, std::string_view key,
             std::initializer_list<std::string_view> names, Form form = Form::Text)
    {
        for (const std::string_view name : names) {
            const auto variable = m_environment.find(name);
            if (!variable)
                continue;
            const std::string text{name};
            if (auto value = converted(form, text, variable->value, path / key, m_problems)) {
                object[std::string{key}] = std::move(*value);
                m_set.push_back({path / key, text, variable->origin});
            }
            return;
        }
    }

    /// A member of the top that is an object; made when it is absent. Null when something else stands there.
    OrderedJson* object(const std::string& key)
    {
        if (!m_document.contains(key))
            m_document[key] = OrderedJson::object();
        OrderedJson& found = m_document[key];
        return found.is_object() ? &found : nullptr;
    }

    void connection(const std::string& name, std::span<const OptionVariable> options,
                    std::initializer_list<std::string_view> drivers)
    {
        if (!isAnySet(options))
            return;
        const bool exists = m_document.contains("connections") && m_document["connections"].contains(name);
        if (!exists && !isEverythingNeededSet(options))
            return;
        OrderedJson* connections = object("connections");
        if (connections == nullptr)
            return;
        const KeyPath path = KeyPath{"connections"} / name;
        OrderedJson& entry = (*connections)[name];
        if (!exists)
            create(entry, path, options, name);
        if (!entry.is_object() || std::ranges::find(drivers, driverOf(entry)) == drivers.end())
            return;
        for (const OptionVariable& option : options)
            set(entry, path, option.option, option.names, option.form);
    }

    std::vector<VariableValue> take() { return std::move(m_set); }

private:
    bool isSet(const OptionVariable& option) const
    {
        return std::ranges::any_of(option.names, [&](auto name) { return m_environment.find(name).has_value(); });
    }
    bool isAnySet(std::span<const OptionVariable> options) const
    {
        return std::ranges::any_of(options, [&](const auto& option) { return isSet(option); });
    }
    bool isEverythingNeededSet(std::span<const OptionVariable> options) const
    {
        return std::ranges::all_of(options, [&](const auto& option) { return !option.isNeeded || isSet(option); });
    }

    /// The driver comes from the first variable that is set: without it there would be no connection.
    void create(OrderedJson& entry, const KeyPath& path, std::span<const OptionVariable> options,
                const std::string& driver)
    {
        entry = {{"driver", driver}};
        for (const OptionVariable& option : options) {
            for (const std::string_view name : option.names) {
                if (const auto variable = m_environment.find(name)) {
                    m_set.push_back({path / "driver", std::string{name}, variable->origin});
                    return;
                }
            }
        }
    }

    /// The driver behind the name that the entry gives, one step through driverAliases.
    std::string driverOf(const OrderedJson& entry) const
    {
        const auto driver = entry.find("driver");
        if (driver == entry.end() || !driver->is_string())
            return {};
        const auto aliases = m_document.find("driverAliases");
        if (aliases == m_document.end() || !aliases->is_object())
            return driver->get<std::string>();
        const auto target = aliases->find(driver->get_ref<const std::string&>());
        return target != aliases->end() && target->is_string() ? target->get<std::string>()
                                                               : driver->get<std::string>();
    }

    OrderedJson& m_document;
    const Environment& m_environment;
    Problems& m_problems;
    std::vector<VariableValue> m_set;
};

} // namespace

std::vector<VariableValue> applyVariables(OrderedJson& document, const Environment& environment, Problems& problems)
{
    Overrides overrides{document, environment, problems};
    overrides.set(document, {}, "default", {"BROADCAST_CONNECTION"});
    if (environment.find("BROADCAST_AUTHORIZE_PATH")) {
        if (OrderedJson* authorize = overrides.object("authorize"))
            overrides.set(*authorize, {"authorize"}, "path", {"BROADCAST_AUTHORIZE_PATH"});
    }
    overrides.connection("pusher", pusherVariables, {"pusher", "reverb"});
    overrides.connection("centrifugo", centrifugoVariables, {"centrifugo"});
    overrides.connection("redis", redisVariables, {"redis"});
    return overrides.take();
}

} // namespace castdeck::store
