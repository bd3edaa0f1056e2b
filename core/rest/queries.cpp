#include "core/rest/queries.h"

#include "core/base/json.h"

#include <algorithm>

namespace castdeck::rest {

namespace {

using pusher::ChannelKind;
using pusher::ChannelName;

bool isPresence(ChannelKind kind)
{
    return kind == ChannelKind::Presence || kind == ChannelKind::PresenceCache;
}

Result<WantedInfo> wantedInfo(const pusher::QueryParameters& query)
{
    const std::string* const info = pusher::find(query, "info");
    return info != nullptr ? WantedInfo::parse(*info) : WantedInfo{};
}

http::Response badRequest(const Error& error)
{
    return http::Response::error(400, error.detail);
}

std::string cacheValue(const std::optional<hub::Application::CachedEvent>& cached)
{
    if (!cached)
        return "null";
    return R"({"data":)" + cached->dataLiteral + R"(,"ttl":)" + std::to_string(cached->timeLeft.count()) + "}";
}

} // namespace

http::Response jsonResponse(std::string body)
{
    http::Response response;
    response.body = std::move(body);
    return response;
}

std::string countsObject(const hub::ChannelCounts& counts, const WantedInfo& wanted)
{
    std::string object = "{";
    if (wanted.userCount && isPresence(counts.kind))
        object.append(R"("user_count":)").append(std::to_string(counts.users));
    if (wanted.subscriptionCount && counts.kind != ChannelKind::ServerToUser) {
        if (object.size() > 1)
            object.push_back(',');
        object.append(R"("subscription_count":)").append(std::to_string(counts.subscriptions));
    }
    object.push_back('}');
    return object;
}

std::string channelsObject(std::span<const hub::ChannelCounts> channels, const WantedInfo& wanted)
{
    std::string object = R"({"channels":{)";
    for (std::size_t i = 0; i < channels.size(); ++i) {
        if (i > 0)
            object.push_back(',');
        json::appendString(object, channels[i].channel);
        object.append(":").append(countsObject(channels[i], wanted));
    }
    object.append("}}");
    return object;
}

http::Response listChannels(const hub::Application& application, const pusher::QueryParameters& query)
{
    const auto wanted = wantedInfo(query);
    if (!wanted)
        return badRequest(wanted.error());
    if (wanted->cache)
        return http::Response::error(400, "info: cache can be asked for one channel only");
    const std::string* const prefix = pusher::find(query, "filter_by_prefix");
    if (wanted->userCount && (prefix == nullptr || !prefix->starts_with("presence-")))
        return http::Response::error(400, "info: user_count needs a filter_by_prefix that begins with presence-");
    auto channels = application.channels(prefix != nullptr ? std::string_view{*prefix} : std::string_view{});
    std::erase_if(channels, [](const auto& channel) { return channel.kind == ChannelKind::ServerToUser; });
    return jsonResponse(channelsObject(channels, *wanted));
}

http::Response describeChannel(const hub::Application& application, const std::string& channel,
                               const pusher::QueryParameters& query)
{
    const auto name = ChannelName::parse(channel, application.settings()->config.limits.maxChannelNameCharacters);
    if (!name)
        return badRequest(name.error());
    const auto wanted = wantedInfo(query);
    if (!wanted)
        return badRequest(wanted.error());
    if (wanted->userCount && !name->isPresence())
        return http::Response::error(400, "info: user_count applies to presence channels only");
    if (wanted->subscriptionCount && name->isServerToUser())
        return http::Response::error(400, "info: subscription_count does not apply to the channel of a user");
    if (wanted->cache && !name->isCache())
        return http::Response::error(400, "info: cache applies to cache channels only");
    const hub::ChannelCounts counts = application.counts(*name);
    std::string body = R"({"occupied":)";
    body.append(counts.subscriptions > 0 ? "true" : "false");
    const std::string attributes = countsObject(counts, *wanted);
    if (attributes.size() > 2)
        body.append(",").append(attributes, 1, attributes.size() - 2);
    if (wanted->cache)
        body.append(R"(,"cache":)").append(cacheValue(application.cached(name->text())));
    body.push_back('}');
    return jsonResponse(std::move(body));
}

http::Response listUsers(const hub::Application& application, const std::string& channel)
{
    const auto name = ChannelName::parse(channel, application.settings()->config.limits.maxChannelNameCharacters);
    if (!name)
        return badRequest(name.error());
    if (!name->isPresence())
        return http::Response::error(400, "Users can be retrieved of presence channels only");
    std::string body = R"({"users":[)";
    for (const std::string& id : application.userIds(name->text())) {
        if (body.back() == '}')
            body.push_back(',');
        body.append(R"({"id":)");
        json::appendString(body, id);
        body.push_back('}');
    }
    body.append("]}");
    return jsonResponse(std::move(body));
}

} // namespace castdeck::rest
