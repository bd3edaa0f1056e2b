#include "tests/support/pusher_client.h"

#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "tests/support/app.h"
#include "tests/support/failure.h"

namespace castdeck::test {

PusherClient::PusherClient(std::uint16_t port, hub::AppConfig app, const std::string& target,
                           const http::Headers& headers, Place place)
    : WebSocketClient{port, target.empty() ? "/app/" + app.key + "?protocol=7" : target, headers}
    , m_app{std::move(app)}
{
    const nlohmann::json data = expectEvent("pusher:connection_established", {}, place).payload();
    if (data.is_object())
        m_socketId = data.value("socket_id", "");
}

void PusherClient::send(std::string_view event, std::string_view data, std::string_view channel)
{
    std::string text = R"({"event":)" + json::toString(event);
    if (!channel.empty())
        text.append(R"(,"channel":)" + json::toString(channel));
    sendText(text.append(R"(,"data":)").append(data).append("}"));
}

void PusherClient::subscribe(const std::string& channel, const std::optional<std::string>& channelData)
{
    const auto name = pusher::ChannelName::parse(channel);
    const bool isSigned = name && name->needsAuth();
    subscribeWith(channel, isSigned ? channelAuth(m_app, m_socketId, channel, channelData) : std::string{},
                  channelData);
}

void PusherClient::subscribeWith(const std::string& channel, const std::string& auth,
                                 const std::optional<std::string>& channelData)
{
    std::string data = R"({"channel":)" + json::toString(channel) + R"(,"auth":)" + json::toString(auth);
    if (channelData)
        data.append(R"(,"channel_data":)" + json::toString(*channelData));
    send("pusher:subscribe", data + "}");
}

void PusherClient::unsubscribe(const std::string& channel)
{
    send("pusher:unsubscribe", R"({"channel":)" + json::toString(channel) + "}");
}

void PusherClient::signIn(const std::string& userData)
{
    send("pusher:signin", R"({"auth":)" + json::toString(userAuth(m_app, m_socketId, userData)) + R"(,"user_data":)" +
                              json::toString(userData) + "}");
}

Message PusherClient::join(const std::string& channel, const std::optional<std::string>& channelData, Place place)
{
    subscribe(channel, channelData);
    return expectEvent("pusher_internal:subscription_succeeded", channel, place);
}

void PusherClient::leave(const std::string& channel, Place place)
{
    unsubscribe(channel);
    expectSilence(place);
}

Message PusherClient::expectRefusal(const std::string& channel, std::string_view type, int status, Place place)
{
    const Message refusal = expectEvent("pusher:subscription_error", channel, place);
    const nlohmann::json data = refusal.payload();
    if (!hasFailed() && (data.value("type", "") != type || data.value("status", 0) != status))
        fail("expected " + std::string{type} + " " + std::to_string(status) + ", but got " + refusal.text, place);
    expectError(std::nullopt, place);
    return refusal;
}

} // namespace castdeck::test
