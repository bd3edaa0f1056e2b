#include "core/pusher/server_message.h"

#include "core/base/json.h"

namespace castdeck::pusher::message {

namespace {

using json::appendString;

/// `data` is JSON text; it travels as a string.
std::string internal(std::string_view name, std::string_view channel, std::string_view data)
{
    return event(name, channel, json::toString(data));
}

std::string withoutChannel(std::string_view name, std::string_view data)
{
    std::string text = R"({"event":")";
    text.append(name).append(R"(","data":)");
    appendString(text, data);
    text.push_back('}');
    return text;
}

void appendIds(std::string& out, std::span<const std::string> ids)
{
    out.push_back('[');
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0)
            out.push_back(',');
        appendString(out, ids[i]);
    }
    out.push_back(']');
}

} // namespace

std::string connectionEstablished(std::string_view socketId, std::chrono::seconds activityTimeout)
{
    std::string data = R"({"socket_id":")";
    data.append(socketId)
        .append(R"(","activity_timeout":)")
        .append(std::to_string(activityTimeout.count()))
        .append("}");
    return withoutChannel("pusher:connection_established", data);
}

std::string error(std::optional<int> code, std::string_view text)
{
    std::string out = R"({"event":"pusher:error","data":{"code":)";
    out.append(code ? std::to_string(*code) : "null").append(R"(,"message":)");
    appendString(out, text);
    out.append("}}");
    return out;
}

std::string ping()
{
    return R"({"event":"pusher:ping","data":"{}"})";
}

std::string pong()
{
    return R"({"event":"pusher:pong","data":"{}"})";
}

std::string event(std::string_view name, std::string_view channel, std::string_view dataLiteral,
                  std::optional<std::string_view> userId)
{
    std::string text;
    text.reserve(name.size() + channel.size() + dataLiteral.size() + 64);
    text.append(R"({"event":)");
    appendString(text, name);
    text.append(R"(,"channel":)");
    appendString(text, channel);
    text.append(R"(,"data":)").append(dataLiteral);
    if (userId) {
        text.append(R"(,"user_id":)");
        appendString(text, *userId);
    }
    text.push_back('}');
    return text;
}

std::string subscriptionSucceeded(std::string_view channel)
{
    return internal("pusher_internal:subscription_succeeded", channel, "{}");
}

std::string presenceSucceeded(std::string_view channel,
                              std::span<const std::pair<std::string_view, std::string_view>> members)
{
    std::string ids;
    std::string hash;
    for (const auto& [id, info] : members) {
        if (!ids.empty()) {
            ids.push_back(',');
            hash.push_back(',');
        }
        appendString(ids, id);
        appendString(hash, id);
        hash.append(":").append(info);
    }
    std::string data = R"({"presence":{"count":)" + std::to_string(members.size());
    data.append(R"(,"ids":[)").append(ids).append(R"(],"hash":{)").append(hash).append("}}}");
    return internal("pusher_internal:subscription_succeeded", channel, data);
}

std::string subscriptionError(std::string_view channel, std::string_view type, std::string_view text, int status)
{
    std::string data = R"({"type":)";
    appendString(data, type);
    data.append(R"(,"error":)");
    appendString(data, text);
    data.append(R"(,"status":)").append(std::to_string(status)).append("}");
    return internal("pusher:subscription_error", channel, data);
}

std::string subscriptionCount(std::string_view channel, std::size_t count)
{
    return internal("pusher_internal:subscription_count", channel,
                    R"({"subscription_count":)" + std::to_string(count) + "}");
}

std::string memberAdded(std::string_view channel, std::string_view userId, std::string_view userInfo)
{
    std::string data = R"({"user_id":)";
    appendString(data, userId);
    data.append(R"(,"user_info":)").append(userInfo).append("}");
    return internal("pusher_internal:member_added", channel, data);
}

std::string memberRemoved(std::string_view channel, std::string_view userId)
{
    return internal("pusher_internal:member_removed", channel, R"({"user_id":)" + json::toString(userId) + "}");
}

std::string cacheMiss(std::string_view channel)
{
    return internal("pusher:cache_miss", channel, "{}");
}

std::string signinSuccess(std::string_view userData)
{
    return withoutChannel("pusher:signin_success", R"({"user_data":)" + json::toString(userData) + "}");
}

std::string watchlistEvents(std::span<const std::string> online, std::span<const std::string> offline)
{
    std::string data = R"({"events":[)";
    const auto append = [&](std::string_view name, std::span<const std::string> ids) {
        if (ids.empty())
            return;
        if (data.back() == '}')
            data.push_back(',');
        data.append(R"({"name":")").append(name).append(R"(","user_ids":)");
        appendIds(data, ids);
        data.push_back('}');
    };
    append("online", online);
    append("offline", offline);
    data.append("]}");
    return withoutChannel("pusher_internal:watchlist_events", data);
}

} // namespace castdeck::pusher::message
