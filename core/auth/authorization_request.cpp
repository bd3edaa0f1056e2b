#include "core/auth/authorization_request.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

using pusher::QueryParameters;

/// Texts without quotes; everything else as it is written, so that it is no valid name or id.
std::string textOf(const json::Value& value)
{
    return value.is(json::Kind::String) ? value.text() : std::string{value.raw()};
}

/// A list under "name" becomes entries named "name[]", as a form would have them.
QueryParameters membersOf(std::string_view body)
{
    QueryParameters fields;
    const auto parsed = json::Value::parse(body);
    if (!parsed || !parsed->is(json::Kind::Object))
        return fields;
    for (const json::Member& member : parsed->members()) {
        if (member.value.is(json::Kind::Null))
            continue;
        if (!member.value.is(json::Kind::Array)) {
            fields.emplace_back(member.key.text(), textOf(member.value));
            continue;
        }
        for (const json::Value& element : member.value.elements())
            fields.emplace_back(member.key.text() + "[]", textOf(element));
    }
    return fields;
}

QueryParameters fieldsOfBody(const http::Request& request)
{
    const std::string* const type = request.header("Content-Type");
    const bool isJson =
        type != nullptr ? toLower(*type).starts_with("application/json") : request.body.starts_with('{');
    return isJson ? membersOf(request.body) : pusher::parseQuery(request.body);
}

std::vector<std::string> valuesOf(const QueryParameters& fields, std::string_view name)
{
    std::vector<std::string> values;
    for (const auto& [key, value] : fields) {
        if (key == name && std::ranges::find(values, value) == values.end())
            values.push_back(value);
    }
    return values;
}

/// Every place that names something must name the same; one that had the last word could be hidden from others.
std::vector<std::string> agreed(std::initializer_list<std::vector<std::string>> places, bool& isAmbiguous)
{
    std::vector<std::string> result;
    for (const auto& place : places) {
        if (!place.empty() && !result.empty() && place != result)
            isAmbiguous = true;
        if (result.empty())
            result = place;
    }
    return result;
}

void readSocketId(AuthorizationRequest& request)
{
    bool isAmbiguous = false;
    const auto ids = agreed({valuesOf(request.form, "socket_id"), valuesOf(request.query, "socket_id")}, isAmbiguous);
    if (isAmbiguous || ids.size() > 1)
        request.ambiguousField = "socket_id";
    else if (!ids.empty())
        request.socketId = ids.front();
}

void readChannels(AuthorizationRequest& request)
{
    bool isAmbiguous = false;
    const auto single =
        agreed({valuesOf(request.form, "channel_name"), valuesOf(request.query, "channel_name")}, isAmbiguous);
    const auto list =
        agreed({valuesOf(request.form, "channel_name[]"), valuesOf(request.query, "channel_name[]")}, isAmbiguous);
    request.channels = agreed({single, list}, isAmbiguous);
    if (isAmbiguous || single.size() > 1)
        request.ambiguousField = "channel_name";
}

} // namespace

AuthorizationRequest AuthorizationRequest::from(const http::Request& request)
{
    AuthorizationRequest result;
    result.headers = request.headers;
    result.query = pusher::parseQuery(request.query);
    result.form = fieldsOfBody(request);
    result.remoteIp = request.peerAddress;
    result.isLoopback = request.isPeerLoopback;
    result.path = request.path;
    result.method = request.method;
    readSocketId(result);
    readChannels(result);
    return result;
}

} // namespace castdeck::auth
