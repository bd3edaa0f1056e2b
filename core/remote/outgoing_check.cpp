#include "core/remote/outgoing_check.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

constexpr std::size_t maxEventNameCharacters = 200;

ChannelReport problem(SendCode code, std::string text)
{
    return {.channel = {}, .code = code, .status = 0, .text = std::move(text)};
}

/// Source: Pusher docs, "Encrypted channels": the data is {"nonce":"<base64>","ciphertext":"<base64>"}.
bool isEncryptedPayload(const std::string& data)
{
    const auto document = json::Value::parse(data);
    if (!document || !document->is(json::Kind::Object))
        return false;
    const auto nonce = document->find("nonce");
    const auto text = document->find("ciphertext");
    return nonce && nonce->is(json::Kind::String) && text && text->is(json::Kind::String);
}

} // namespace

ChannelReport checkEvent(const OutgoingEvent& event, const PusherEndpoint& endpoint)
{
    if (event.name.empty() || !isValidUtf8(event.name) || characterCount(event.name) > maxEventNameCharacters)
        return problem(SendCode::BadEvent, "the event name must have 1 to 200 characters");
    if (event.name.starts_with("pusher:") || event.name.starts_with("pusher_internal:"))
        return problem(SendCode::BadEvent, "event names that start with pusher: or pusher_internal: are reserved");
    if (!event.excludeSocketId.empty() && !pusher::SocketId::isWellFormed(event.excludeSocketId))
        return problem(SendCode::BadOption, "the excluded socket id must look like 1234.5678");
    if (!isValidUtf8(event.data))
        return problem(SendCode::BadEvent, "the payload is not valid UTF-8");
    if (event.data.size() > endpoint.maxPayloadBytes)
        return problem(SendCode::PayloadTooLarge, "the payload has " + std::to_string(event.data.size()) +
                                                      " bytes, at most " + std::to_string(endpoint.maxPayloadBytes) +
                                                      " are allowed");
    return {};
}

ChannelReport checkChannel(const std::string& channel, const OutgoingEvent& event)
{
    const auto name = pusher::ChannelName::parse(channel);
    if (!name)
        return problem(SendCode::BadChannel, name.error().detail);
    if (name->isEncrypted() && !isEncryptedPayload(event.data))
        return problem(SendCode::BadChannel, "only encrypted data, {\"nonce\":…,\"ciphertext\":…}, may be sent to a "
                                             "private-encrypted- channel; this program does not encrypt");
    return {};
}

std::vector<std::string> withoutRepeats(const std::vector<std::string>& channels)
{
    std::vector<std::string> result;
    for (const std::string& channel : channels) {
        if (std::ranges::find(result, channel) == result.end())
            result.push_back(channel);
    }
    return result;
}

} // namespace castdeck::remote
