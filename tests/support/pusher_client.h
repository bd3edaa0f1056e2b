#pragma once

#include "core/hub/app_config.h"
#include "tests/support/websocket_client.h"

#include <optional>
#include <string>
#include <string_view>

namespace castdeck::test {

/// A client of one application that speaks the protocol correctly: it is greeted when constructed, and signs.
class PusherClient : public WebSocketClient {
public:
    /// `target` is /app/KEY?protocol=7 when empty.
    PusherClient(std::uint16_t port, hub::AppConfig app, const std::string& target = {},
                 const http::Headers& headers = {}, Place place = Place::current());

    const std::string& socketId() const { return m_socketId; }
    const hub::AppConfig& app() const { return m_app; }

    /// Sends {"event":…,"data":…}, with a channel unless that is empty; `data` is JSON text.
    void send(std::string_view event, std::string_view data, std::string_view channel = {});
    /// Sends pusher:subscribe, signed where the channel's name asks for it.
    void subscribe(const std::string& channel, const std::optional<std::string>& channelData = std::nullopt);
    /// The same with the given auth, right or wrong.
    void subscribeWith(const std::string& channel, const std::string& auth,
                       const std::optional<std::string>& channelData = std::nullopt);
    void unsubscribe(const std::string& channel);
    void signIn(const std::string& userData);

    /// Subscribes and expects the success, which it returns.
    Message join(const std::string& channel, const std::optional<std::string>& channelData = std::nullopt,
                 Place place = Place::current());
    /// Unsubscribes and waits until the server has carried it out.
    void leave(const std::string& channel, Place place = Place::current());
    /// Expects pusher:subscription_error with this type and status, then pusher:error with code null.
    Message expectRefusal(const std::string& channel, std::string_view type, int status,
                          Place place = Place::current());

private:
    hub::AppConfig m_app;
    std::string m_socketId;
};

} // namespace castdeck::test
