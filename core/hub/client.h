#pragma once

#include "core/hub/admission.h"
#include "core/hub/rate_limit.h"
#include "core/pusher/client_message.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::hub {

/// One client of the server: reads its messages and watches over its limits.
///
/// Thread: only its connection's worker. Ownership: hub, shard and connection outlive it.
class Client {
public:
    Client(const Hub& hub, Shard& shard, Connection& connection, Handshake handshake);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Greets, or explains and closes.
    void open();
    void receive(std::string_view text);
    /// Any inbound frame, control frames included.
    void noteActivity(SteadyTime now);
    /// About once a second.
    void tick(SteadyTime now);
    /// Tells the client why somebody else will close it, where the protocol wants that: before 4000 to 4199.
    void explainClose(pusher::CloseCode code, std::string_view reason);
    void closed(std::uint16_t code);

private:
    void reject(const Rejection& rejection);
    void dispatch(const pusher::ClientMessage& message);
    void answerPing();
    void subscribe(const pusher::ClientMessage& message);
    void unsubscribe(const pusher::ClientMessage& message);
    void signIn(const pusher::ClientMessage& message);
    void sendClientEvent(const pusher::ClientMessage& message);
    void refuseClientEvent(const pusher::ClientMessage& message, std::string_view text,
                           std::optional<int> code = std::nullopt);
    std::optional<Error> clientEventFault(const pusher::ClientMessage& message) const;

    std::optional<Refusal> authorize(const pusher::ChannelName& name, const pusher::CommandData& command,
                                     std::optional<pusher::MemberData>& member) const;
    std::optional<Refusal> identify(const std::optional<std::string>& channelData,
                                    std::optional<pusher::MemberData>& member) const;
    std::optional<std::string> refusalByGatekeeper(const std::string& channel) const;
    void refuseSubscription(const std::string& channel, const Refusal& refusal);
    void tellRefusal(const std::string& channel, const Refusal& refusal);

    void reply(std::string_view text);
    void error(std::string_view text, std::optional<int> code = std::nullopt);
    void violation(std::string_view reason);
    void checkLiveness(SteadyTime now);
    void checkAuthorizationDeadline(SteadyTime now);
    void checkMessageRate(SteadyTime now);

    const Hub& m_hub;
    Shard& m_shard;
    Connection& m_connection;
    std::unique_ptr<Handshake> m_handshake; ///< Until open(); for life if the gatekeeper asks for public channels then.
    std::shared_ptr<Application> m_application;
    std::shared_ptr<const AppSettings> m_settings;
    std::optional<pusher::SocketId> m_socket;
    std::unique_ptr<pusher::UserData> m_user; ///< When signed in.

    SteadyTime m_openedAt;
    SteadyTime m_lastActivity;
    SteadyTime m_lastTick;
    std::optional<SteadyTime> m_pingedAt;
    bool m_isAuthorized = false; ///< Has signed in or joined a channel that needs authorization.

    SlidingWindow m_invalidMessages;
    SlidingWindow m_clientEvents;
    TokenBucket m_messages;
    bool m_isOverRate = false;
    std::optional<SteadyTime> m_overRateSince;
    bool m_isClosing = false;
};

} // namespace castdeck::hub
