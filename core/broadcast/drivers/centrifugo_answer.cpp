#include "core/broadcast/drivers/centrifugo_answer.h"

#include "core/base/ascii.h"
#include "core/broadcast/drivers/http_exchange.h"
#include "core/broadcast/payload.h"

#include <algorithm>
#include <limits>

namespace castdeck::broadcast {

namespace {

constexpr int unknownChannel = 102;
constexpr int notFound = 104;
constexpr int notAvailable = 108;

std::optional<int> numberIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    if (!value || !value->is(json::Kind::Number))
        return std::nullopt;
    const auto number = parseNumber(value->raw(), std::numeric_limits<int>::max());
    return number ? std::optional{static_cast<int>(*number)} : std::nullopt;
}

std::string textIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::String) ? value->text() : std::string{};
}

/// What the number means for the operator, where the server's word does not say it.
std::string_view hintFor(int number)
{
    switch (number) {
    case unknownChannel: return "no such namespace is configured";
    case notFound: return "method unknown to this version";
    case notAvailable: return "presence or history is not enabled for this namespace";
    default: return {};
    }
}

/// The member `name` of a result, which must be an object.
template <class T> std::optional<json::Value> objectIn(const std::string& result, const char* name, Listing<T>& listing)
{
    const auto document = json::Value::parse(result, maxPayloadDepth);
    const auto object = document ? document->find(name) : std::nullopt;
    if (object && object->is(json::Kind::Object))
        return object;
    // Empty values may be left out of answers.
    if (!document || object)
        listing.failure = {Code::BadResponse, "the answer has no " + std::string{name}};
    return std::nullopt;
}

} // namespace

Failure readError(const json::Value& error, int& number)
{
    const auto code = error.is(json::Kind::Object) ? numberIn(error, "code") : std::nullopt;
    if (!code)
        return {Code::BadResponse, "the answer has an error without a number"};
    number = *code;
    std::string text = std::to_string(*code) + " " + textIn(error, "message");
    if (const auto hint = hintFor(*code); !hint.empty())
        text.append(": ").append(hint);
    return {*code == notAvailable ? Code::NotSupported : Code::Rejected, std::move(text)};
}

Failure statusFailure(const http::Answer& answer, int& number)
{
    const auto document = json::Value::parse(answer.body);
    if (document && document->is(json::Kind::Object) && numberIn(*document, "code"))
        return readError(*document, number);
    switch (answer.status) {
    case 401: return {Code::Unauthorized, "the API key is wrong, or the server has none"};
    case 404: return {Code::BadResponse, "wrong path, or a version without this method"};
    case 405: return {Code::BadResponse, "this address takes no POST; check url and api_path"};
    case 503: return {Code::BadResponse, "the server is shutting down"};
    default: return {codeOfStatus(answer.status), errorText(answer)};
    }
}

void readResponses(const std::string& result, SplitDelivery& split)
{
    const auto document = json::Value::parse(result, maxPayloadDepth);
    const auto list = document ? document->find("responses") : std::nullopt;
    const auto responses = list && list->is(json::Kind::Array) ? list->elements() : std::vector<json::Value>{};
    for (std::size_t i = 0; i < split.accepted().size(); ++i) {
        const std::string& channel = split.accepted()[i];
        const bool isThere = i < responses.size() && responses[i].is(json::Kind::Object);
        const auto error = isThere ? responses[i].find("error") : std::nullopt;
        if (error) {
            int number = 0;
            Failure failure = readError(*error, number);
            split.set(i, Entry::failed(channel, std::move(failure), number));
        } else if (!isThere || !responses[i].find("result")) {
            split.set(i, Entry::failed(channel, {Code::BadResponse, "the answer says nothing of this channel"}));
        } else {
            split.set(i, Entry::sent(channel));
        }
    }
}

Listing<ChannelInfo> readChannels(const std::string& result)
{
    Listing<ChannelInfo> listing;
    const auto channels = objectIn(result, "channels", listing);
    if (!channels)
        return listing;
    for (const json::Member& member : channels->members()) {
        const int clients = member.value.is(json::Kind::Object) ? numberIn(member.value, "num_clients").value_or(0) : 0;
        listing.items.push_back(
            {.name = member.key.text(), .connections = static_cast<std::uint64_t>(clients), .users = {}});
    }
    return listing;
}

Listing<MemberInfo> readMembers(const std::string& result)
{
    Listing<MemberInfo> listing;
    const auto clients = objectIn(result, "presence", listing);
    if (!clients)
        return listing;
    for (const json::Member& client : clients->members()) {
        if (!client.value.is(json::Kind::Object))
            continue;
        const std::string user = textIn(client.value, "user");
        auto member = std::ranges::find(listing.items, user, &MemberInfo::id);
        if (member == listing.items.end()) {
            const auto info = client.value.find("conn_info");
            listing.items.push_back({.id = user, .infoJson = info ? std::string{info->raw()} : "", .connections = 0});
            member = std::prev(listing.items.end());
        }
        ++member->connections;
    }
    return listing;
}

} // namespace castdeck::broadcast
