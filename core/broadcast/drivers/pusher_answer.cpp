#include "core/broadcast/drivers/pusher_answer.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/http_date.h"
#include "core/broadcast/drivers/http_exchange.h"

#include <cstdlib>
#include <utility>

namespace castdeck::broadcast {

namespace {

/// A wrong clock is the usual cause of a refused timestamp; the Date header tells by how much.
std::string clockHint(const http::Answer& answer, WallTime now)
{
    if (toLower(answer.body).find("timestamp") == std::string::npos)
        return {};
    const std::string* date = http::find(answer.headers, "Date");
    const auto theirs = date == nullptr ? std::nullopt : parseHttpDate(*date);
    if (!theirs)
        return {};
    const auto ours = std::chrono::floor<std::chrono::seconds>(now);
    return "; this machine's clock differs from the server's by " + std::to_string(std::abs((ours - *theirs).count())) +
           " s (limit: 600 s)";
}

std::optional<std::uint64_t> count(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::Number) ? parseNumber(value->raw()) : std::nullopt;
}

ChannelInfo countsOf(std::string name, const json::Value& value)
{
    ChannelInfo info{.name = std::move(name), .connections = {}, .users = {}};
    if (value.is(json::Kind::Object)) {
        info.connections = count(value, "subscription_count");
        info.users = count(value, "user_count");
    }
    return info;
}

} // namespace

Failure pusherFailure(const http::Answer& answer, WallTime now)
{
    if (answer.status == 200 || answer.status == 202) {
        const auto document = json::Value::parse(answer.body);
        if (document && document->is(json::Kind::Object))
            return {};
        return {Code::BadResponse, "the answer is not a JSON object: " + answer.body};
    }
    Failure failure{codeOfStatus(answer.status), errorText(answer)};
    if (failure.code == Code::Unauthorized)
        failure.text += clockHint(answer, now);
    return failure;
}

Listing<ChannelInfo> readPusherChannels(const std::string& body)
{
    Listing<ChannelInfo> listing;
    const auto document = json::Value::parse(body);
    const auto channels = document ? document->find("channels") : std::nullopt;
    if (!channels || (!channels->is(json::Kind::Object) && !channels->is(json::Kind::Array))) {
        listing.failure = {Code::BadResponse, "the answer has no list of channels"};
        return listing;
    }
    // Some servers write an empty list where there is no channel.
    if (channels->is(json::Kind::Array))
        return listing;
    for (const json::Member& member : channels->members())
        listing.items.push_back(countsOf(member.key.text(), member.value));
    return listing;
}

std::vector<ChannelInfo> readPusherBatchCounts(const std::string& body)
{
    const auto document = json::Value::parse(body);
    const auto batch = document ? document->find("batch") : std::nullopt;
    std::vector<ChannelInfo> counts;
    if (!batch || !batch->is(json::Kind::Array))
        return counts;
    for (const json::Value& item : batch->elements())
        counts.push_back(countsOf({}, item));
    return counts;
}

Listing<MemberInfo> readPusherMembers(const std::string& body)
{
    Listing<MemberInfo> listing;
    const auto document = json::Value::parse(body);
    const auto users = document ? document->find("users") : std::nullopt;
    if (!users || !users->is(json::Kind::Array)) {
        listing.failure = {Code::BadResponse, "the answer has no list of users"};
        return listing;
    }
    for (const json::Value& user : users->elements()) {
        const auto id = user.is(json::Kind::Object) ? user.find("id") : std::nullopt;
        if (id)
            listing.items.push_back({.id = id->is(json::Kind::String) ? id->text() : std::string{id->raw()},
                                     .infoJson = {},
                                     .connections = 0});
    }
    return listing;
}

} // namespace castdeck::broadcast
