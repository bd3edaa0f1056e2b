#include "core/store/document_shape.h"

#include <algorithm>
#include <array>
#include <utility>

namespace castdeck::store {

namespace {

constexpr std::array<std::string_view, 13> topLevelKeys{
    "version", "default", "aliases",  "connections", "driverAliases", "server", "authorize",
    "actors",  "emit",    "identity", "csrf",        "cors",          "demo"};

} // namespace

bool isKnownTopLevelKey(std::string_view key)
{
    return std::ranges::find(topLevelKeys, key) != topLevelKeys.end();
}

bool isFlatShape(const OrderedJson& document)
{
    return !document.contains("connections");
}

OrderedJson toNestedShape(const OrderedJson& document)
{
    if (!isFlatShape(document))
        return document;
    OrderedJson nested = OrderedJson::object();
    OrderedJson connections = OrderedJson::object();
    for (const auto& [key, value] : document.items()) {
        const bool isConnection = !isKnownTopLevelKey(key) && value.is_object() && value.contains("driver");
        (isConnection ? connections : nested)[key] = value;
    }
    if (!connections.empty())
        nested["connections"] = std::move(connections);
    return nested;
}

} // namespace castdeck::store
