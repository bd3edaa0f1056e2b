#include "core/hub/client.h"

#include "core/base/ascii.h"
#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/pusher/server_message.h"

namespace castdeck::hub {

namespace message = pusher::message;
using pusher::ChannelName;
using pusher::CloseCode;

namespace {

constexpr double messagesPerSecond = 100;
constexpr double messageBurst = 1'000;
constexpr std::size_t invalidMessagesAllowed = 10;
constexpr std::chrono::seconds invalidMessageSpan{60};
constexpr std::string_view clientEventPrefix = "client-";

Refusal authRefusal(std::string text)
{
    return {"AuthError", std::move(text), 401};
}

Refusal memberTooLarge(std::string_view what, std::size_t bytes, const AppLimits& limits)
{
    constexpr int memberTooLargeStatus = 4301; // The number that soketi gives for it.
    return {"LimitReached",
            std::string{what} + " has " + std::to_string(bytes) + " bytes, at most " +
                std::to_string(limits.maxChannelDataBytes) + " are allowed",
            memberTooLargeStatus};
}

Refusal refusalOfName(const Error& error)
{
    constexpr int nameTooLong = 4009; // The number that soketi gives for it.
    if (error.kind == ErrorKind::TooLarge)
        return {"LimitReached", error.detail, nameTooLong};
    return {"InvalidChannel", error.detail, 400};
}

/// What an answer repeats of the client's own text.
std::string shortened(std::string_view text)
{
    constexpr std::size_t longest = 200;
    return std::string{leading(text, longest)};
}

} // namespace

Client::Client(const Hub& hub, Shard& shard, Connection& connection, Handshake handshake)
    : m_hub{hub}
    , m_shard{shard}
    , m_connection{connection}
    , m_handshake{std::make_unique<Handshake>(std::move(handshake))}
    , m_openedAt{hub.clock().steady()}
    , m_lastActivity{m_openedAt}
    , m_lastTick{m_openedAt}
    , m_invalidMessages{invalidMessagesAllowed, invalidMessageSpan}
    , m_clientEvents{0, std::chrono::seconds{1}}
    , m_messages{messagesPerSecond, messageBurst, m_openedAt}
{
}

Client::~Client() = default;

void Client::open()
{
    auto handshake = std::move(m_handshake);
    Admission admission = admit(m_hub, *handshake);
    if (const auto* rejection = std::get_if<Rejection>(&admission)) {
        reject(*rejection);
        return;
    }
    m_application = std::get<std::shared_ptr<Application>>(std::move(admission));
    m_settings = m_application->settings();
    ClientInfo info{handshake->peer, clientName(handshake->query), handshake->origin, m_hub.clock().wall()};
    if (m_hub.keepsDossiers()) {
        info.dossier = dossierOf(*handshake);
        m_connection.countIn(info.dossier->traffic);
    }
    const auto socket = m_application->open(m_shard, m_connection, std::move(info));
    if (!socket)
        return reject(overQuota());
    m_socket = *socket;
    if (const auto* const gatekeeper = m_hub.gatekeeper(); gatekeeper && gatekeeper->asksForPublicChannels())
        m_handshake = std::move(handshake);
}

void Client::reject(const Rejection& rejection)
{
    m_isClosing = true;
    m_connection.send(LocalFrame{makeFrame(message::error(static_cast<int>(rejection.code), rejection.text))});
    m_connection.close(rejection.code, rejection.text);
}

void Client::explainClose(CloseCode code, std::string_view reason)
{
    if (const SharedFrame frame = closeExplanation(code, reason))
        m_connection.send(LocalFrame{frame});
}

void Client::closed(std::uint16_t code)
{
    if (!m_socket)
        return;
    m_shard.remove(*m_socket);
    m_application->close(*m_socket, code);
    m_socket.reset();
}

void Client::reply(std::string_view text)
{
    // Through the shard, so that it keeps its place among the frames that other decisions have caused.
    m_shard.post({.kind = Action::Kind::Deliver, .client = m_socket->value(), .frame = makeFrame(text)});
}

void Client::error(std::string_view text, std::optional<int> code)
{
    reply(message::error(code, text));
    m_application->record(
        {.kind = FactKind::Error, .socketId = m_socket->text(), .detail = text, .code = code.value_or(0)});
}

void Client::violation(std::string_view reason)
{
    m_isClosing = true;
    m_shard.post({.kind = Action::Kind::Close,
                  .code = CloseCode::PolicyViolation,
                  .client = m_socket->value(),
                  .reason = std::string{reason}});
}

void Client::receive(std::string_view text)
{
    if (!m_socket || m_isClosing)
        return;
    m_settings = m_application->settings();
    m_messages.take();
    if (m_messages.isEmpty() && !m_isOverRate) {
        m_isOverRate = true;
        m_connection.setReading(false); // Until tick() finds room again.
    }
    const auto parsed = pusher::ClientMessage::parse(text);
    if (parsed)
        dispatch(*parsed);
    else if (m_invalidMessages.take(m_hub.clock().steady()))
        error(parsed.error().detail);
    else
        violation("Too many invalid messages");
}

void Client::dispatch(const pusher::ClientMessage& received)
{
    const std::string& event = received.event;
    if (event == "pusher:subscribe")
        subscribe(received);
    else if (event == "pusher:unsubscribe")
        unsubscribe(received);
    else if (event == "pusher:ping")
        answerPing();
    else if (event == "pusher:signin")
        signIn(received);
    else if (event.starts_with(clientEventPrefix))
        sendClientEvent(received);
    else if (event != "pusher:pong")
        error("unsupported event: " + shortened(event));
}

void Client::answerPing()
{
    if (Traffic* const traffic = m_connection.traffic())
        traffic->clientPings.add(1);
    reply(message::pong());
}

void Client::subscribe(const pusher::ClientMessage& received)
{
    const auto command = pusher::CommandData::parse(received.data);
    if (!command)
        return error("Subscription refused: " + command.error().detail);
    const auto channel = command->text("channel");
    if (!channel || !*channel || (*channel)->empty())
        return error("Subscription refused: data.channel must be a non-empty string");
    const auto name = ChannelName::parse(**channel, m_settings->config.limits.maxChannelNameCharacters);
    if (!name)
        return refuseSubscription(**channel, refusalOfName(name.error()));
    if (m_application->isSubscribed(*m_socket, name->text()))
        return error("Existing subscription to channel " + name->text());
    const bool isPublic = !name->needsAuth() && !name->isServerToUser();
    if (auto refusal = isPublic ? refusalByGatekeeper(name->text()) : std::nullopt)
        return tellRefusal(name->text(), authRefusal(*std::move(refusal))); // Whoever refused has recorded it.
    std::optional<pusher::MemberData> member;
    if (const auto refusal = authorize(*name, *command, member))
        return refuseSubscription(name->text(), *refusal);
    if (const auto refusal = m_application->subscribe(*m_socket, *name, member))
        return refuseSubscription(name->text(), *refusal);
    m_isAuthorized = m_isAuthorized || name->needsAuth();
    // A reconnecting page brings all its subscriptions at once; their number has a limit of its own.
    m_messages.giveBack();
}

std::optional<Refusal> Client::authorize(const ChannelName& name, const pusher::CommandData& command,
                                         std::optional<pusher::MemberData>& member) const
{
    if (name.isServerToUser()) {
        const bool isOwn = m_user && m_user->id == name.userId();
        return isOwn ? std::nullopt : std::optional{authRefusal("Only the signed-in user may join this channel")};
    }
    if (!name.needsAuth())
        return std::nullopt;
    const auto auth = command.text("auth");
    const auto channelData = command.text("channel_data");
    if (!auth)
        return authRefusal(auth.error().detail);
    if (!channelData)
        return authRefusal(channelData.error().detail);
    if (!*auth || (*auth)->empty())
        return authRefusal("The channel needs a signature, and auth is missing");
    const pusher::Signer& signer = m_settings->signer;
    if (!equalsInConstantTime(**auth, signer.channelAuth(m_socket->text(), name.text(), *channelData)))
        return authRefusal("Invalid signature: auth must be the app key, a colon and the HMAC-SHA256 of "
                           "socket_id:channel[:channel_data] for this socket and channel");
    return name.isPresence() ? identify(*channelData, member) : std::nullopt;
}

std::optional<Refusal> Client::identify(const std::optional<std::string>& channelData,
                                        std::optional<pusher::MemberData>& member) const
{
    const AppLimits& limits = m_settings->config.limits;
    if (!channelData) {
        if (!m_user)
            return authRefusal("Presence channels need channel_data, or a signed-in user");
        if (m_user->userInfo.size() > limits.maxChannelDataBytes)
            return memberTooLarge("The user_info of the signed-in user", m_user->userInfo.size(), limits);
        member = pusher::MemberData{m_user->id, m_user->userInfo};
        return std::nullopt;
    }
    if (channelData->size() > limits.maxChannelDataBytes)
        return memberTooLarge("channel_data", channelData->size(), limits);
    auto parsed = pusher::MemberData::parse(*channelData, limits.maxUserIdCharacters);
    if (!parsed)
        return authRefusal(parsed.error().detail);
    member = std::move(*parsed);
    return std::nullopt;
}

std::optional<std::string> Client::refusalByGatekeeper(const std::string& channel) const
{
    Gatekeeper* const gatekeeper = m_hub.gatekeeper();
    if (gatekeeper == nullptr || !gatekeeper->asksForPublicChannels())
        return std::nullopt;
    return gatekeeper->refusalOf({.appId = m_settings->config.id,
                                  .socketId = m_socket->text(),
                                  .userId = m_user ? std::string_view{m_user->id} : std::string_view{},
                                  .handshake = m_handshake.get()},
                                 channel);
}

void Client::tellRefusal(const std::string& channel, const Refusal& refusal)
{
    for (const std::string& text : refusalMessages(m_settings->config.subscribeErrorStyle, channel, refusal))
        reply(text);
}

void Client::refuseSubscription(const std::string& channel, const Refusal& refusal)
{
    tellRefusal(channel, refusal);
    m_application->record({.kind = refusal.type == "AuthError" ? FactKind::AuthDenied : FactKind::Error,
                           .channel = channel,
                           .socketId = m_socket->text(),
                           .detail = refusal.text,
                           .code = refusal.status});
}

void Client::unsubscribe(const pusher::ClientMessage& received)
{
    const auto command = pusher::CommandData::parse(received.data);
    if (!command)
        return error("Unsubscribing refused: " + command.error().detail);
    const auto channel = command->text("channel");
    if (!channel || !*channel)
        return error("Unsubscribing refused: data.channel must be a string");
    if (!m_application->unsubscribe(*m_socket, **channel))
        error("No current subscription to channel " + shortened(**channel));
}

void Client::signIn(const pusher::ClientMessage& received)
{
    const auto command = pusher::CommandData::parse(received.data);
    if (!command)
        return error("Sign-in refused: " + command.error().detail);
    const auto auth = command->text("auth");
    const auto userData = command->text("user_data");
    if (!auth || !*auth || !userData || !*userData)
        return error("Sign-in refused: data.auth and data.user_data must be strings");
    if (!equalsInConstantTime(**auth, m_settings->signer.userAuth(m_socket->text(), **userData)))
        return error("Sign-in refused: invalid signature; it must cover socket_id::user::user_data");
    auto user = pusher::UserData::parse(**userData, m_settings->config.limits.maxUserIdCharacters);
    if (!user)
        return error("Sign-in refused: " + user.error().detail);
    if (m_user && m_user->id != user->id)
        return error("Sign-in refused: this connection is signed in as another user");
    const std::size_t maxWatchlist = m_settings->config.limits.maxWatchlist;
    const bool isCut = user->watchlist.size() > maxWatchlist;
    if (isCut)
        user->watchlist.resize(maxWatchlist);
    m_user = std::make_unique<pusher::UserData>(std::move(*user));
    m_isAuthorized = true;
    m_application->signIn(*m_socket, *m_user, **userData);
    if (isCut)
        error("The watchlist is too long: the first " + std::to_string(maxWatchlist) + " users are watched",
              static_cast<int>(pusher::ErrorCode::WatchlistTooLong));
}

std::optional<Error> Client::clientEventFault(const pusher::ClientMessage& received) const
{
    const AppLimits& limits = m_settings->config.limits;
    const auto fault = [](const std::string& text) {
        return Error{ErrorKind::InvalidInput, "Client event refused: " + text};
    };
    if (characterCount(received.event) > limits.maxEventNameCharacters)
        return fault("the name is longer than " + std::to_string(limits.maxEventNameCharacters) + " characters");
    if (!m_settings->config.allowsClientEvents)
        return fault("client events are not enabled for this application");
    if (!received.channel || !received.channel->is(json::Kind::String) || !received.data)
        return fault("channel must be a string and data must be there");
    const auto name = ChannelName::parse(received.channel->text(), limits.maxChannelNameCharacters);
    if (!name || !name->takesClientEvents())
        return fault("only private and presence channels that are not encrypted carry client events");
    if (!m_application->isSubscribed(*m_socket, name->text()))
        return fault("not subscribed to " + name->text());
    const bool isString = received.data->is(json::Kind::String);
    const std::size_t bytes = isString ? received.data->textBytes() : json::compact(received.data->raw()).size();
    if (bytes > limits.maxEventDataBytes)
        return fault("data too large: " + std::to_string(bytes) + " bytes, at most " +
                     std::to_string(limits.maxEventDataBytes));
    return std::nullopt;
}

void Client::sendClientEvent(const pusher::ClientMessage& received)
{
    if (const auto fault = clientEventFault(received))
        return refuseClientEvent(received, fault->detail);
    const std::size_t perSecond = m_settings->config.limits.clientEventsPerSecond;
    if (m_clientEvents.count() != perSecond) // The first one, or the setting has changed.
        m_clientEvents = SlidingWindow{perSecond, std::chrono::seconds{1}};
    if (!m_clientEvents.take(m_hub.clock().steady()))
        return refuseClientEvent(received, "Client event refused: at most " + std::to_string(perSecond) + " a second",
                                 static_cast<int>(pusher::ErrorCode::ClientEventRate));
    // The original bytes, as a string for the clients that read nothing else; a string stays the string it is.
    const std::string data = received.data->is(json::Kind::String)
                                 ? std::string{received.data->raw()}
                                 : json::toString(json::compact(received.data->raw()));
    const auto sent = m_application->clientEvent(*m_socket, received.channel->text(), received.event, data);
    if (!sent)
        refuseClientEvent(received, sent.error().detail);
}

void Client::refuseClientEvent(const pusher::ClientMessage& received, std::string_view text, std::optional<int> code)
{
    const bool isNamed = received.channel && received.channel->is(json::Kind::String);
    const std::string channel = isNamed ? received.channel->text() : std::string{};
    reply(message::error(code, text));
    m_application->record({.kind = FactKind::ClientError,
                           .channel = channel,
                           .event = received.event,
                           .socketId = m_socket->text(),
                           .detail = text,
                           .code = code.value_or(0)});
}

} // namespace castdeck::hub
