#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/hub/app_config.h"
#include "core/hub/cache_store.h"
#include "core/hub/channel.h"
#include "core/hub/client_table.h"
#include "core/hub/fact.h"
#include "core/hub/users.h"
#include "core/pusher/client_message.h"
#include "core/pusher/encryption.h"
#include "core/pusher/signature.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace castdeck::hub {

/// An event to be sent. `dataLiteral` is a JSON string with its quotes: the publisher's own bytes.
struct Publication {
    std::string event;
    std::vector<pusher::ChannelName> channels; ///< Distinct.
    std::string dataLiteral;
    std::optional<pusher::SocketId> except;
};

struct ChannelCounts {
    std::string channel;
    pusher::ChannelKind kind = pusher::ChannelKind::Public;
    std::size_t subscriptions = 0;
    std::size_t users = 0;     ///< Distinct, of a presence channel.
    std::size_t receivers = 0; ///< Of the publication: subscriptions without the excluded socket.
};

/// Why a subscription was refused, in the words of pusher:subscription_error.
struct Refusal {
    std::string_view type; ///< AuthError, LimitReached ...
    std::string text;
    int status;
};

/// What a client is told of it, in the form that the application is set to.
std::vector<std::string> refusalMessages(SubscribeErrorStyle style, const std::string& channel, const Refusal& refusal);

/// Nothing unless one of 32 bytes is configured.
std::optional<pusher::EncryptionKey> masterKeyOf(const AppConfig& app);

/// The credentials and switches of an application at one moment.
struct AppSettings {
    explicit AppSettings(AppConfig appConfig);

    AppConfig config;
    pusher::Signer signer;
    std::optional<pusher::EncryptionKey> masterKey;
};

/// One application: who is connected, subscribed, present and signed in.
///
/// Every change and the frames it causes are decided under one lock and posted to the shards in that order; the lock
/// is held for look-ups and appends, never for work per subscriber.
///
/// Thread: any. Lock order: the application's, then a shard's inbox or the observer's own.
class Application {
public:
    Application(AppConfig config, const Clock& clock, Observer* observer);

    std::shared_ptr<const AppSettings> settings() const;
    /// Closes every client when the application has been disabled.
    void configure(AppConfig config);

    // What clients do. All of these are called on the client's worker.
    /// Nothing when the application is over its connection quota.
    std::optional<pusher::SocketId> open(Shard& shard, Connection& connection, ClientInfo info);
    void close(pusher::SocketId socket, std::uint16_t code);
    /// An empty answer means subscribed. `member` is there for presence channels.
    std::optional<Refusal> subscribe(pusher::SocketId socket, const pusher::ChannelName& name,
                                     const std::optional<pusher::MemberData>& member);
    bool isConnected(pusher::SocketId socket) const; ///< Any thread.
    bool isSubscribed(pusher::SocketId socket, const std::string& channel) const;
    /// False when the socket was not subscribed.
    bool unsubscribe(pusher::SocketId socket, const std::string& channel);
    /// Fails with Forbidden unless the socket is subscribed.
    Result<void> clientEvent(pusher::SocketId socket, const std::string& channel, std::string_view event,
                             std::string_view dataLiteral);
    /// Binds the socket to the user, answers, and sends the state of the watchlist.
    void signIn(pusher::SocketId socket, const pusher::UserData& user, std::string_view userData);

    // What publishers and operators do.
    std::vector<ChannelCounts> publish(const Publication& publication);
    void terminateUser(const std::string& userId);
    /// Takes a socket off a channel as its own pusher:unsubscribe would, and tells it. The protocol has no message for
    /// that; what comes nearest is the one of a refused subscription, which client libraries hand to the page. The
    /// socket may subscribe again. False when it was not subscribed.
    bool removeFromChannel(pusher::SocketId socket, const std::string& channel);
    void disconnect(pusher::SocketId socket, pusher::CloseCode code, std::string_view reason);
    void disconnectAll(pusher::CloseCode code, std::string_view reason);

    // What there is.
    std::vector<ChannelCounts> channels(std::string_view prefix = {}) const;
    ChannelCounts counts(const pusher::ChannelName& name) const;
    std::vector<std::string> userIds(const std::string& channel) const;
    struct CachedEvent {
        std::string dataLiteral;
        std::chrono::seconds timeLeft;
        std::chrono::seconds age;
        SharedFrame frame; ///< As subscribers get it.
    };
    std::optional<CachedEvent> cached(const std::string& channel) const;
    std::size_t connectionCount() const noexcept { return m_clients.size(); }

    using Clients = ClientTable::Records;
    using Channels = std::unordered_map<std::string, Channel>;
    /// Runs `reader` under the lock; it must only copy.
    void read(const std::function<void(const Clients&, const Channels&)>& reader) const;

    /// About once a second, on one worker: counts that are due, users that went offline, expired cache entries.
    void tick();

    /// Tells the observer, with this application's id.
    void record(Fact fact) const;

private:
    Channel& occupy(const pusher::ChannelName& name);
    std::optional<Refusal> refusalByLimits(const Channel* channel, const ClientRecord& client,
                                           const pusher::ChannelName& name,
                                           const std::optional<pusher::MemberData>& member) const;
    void greetSubscriber(pusher::SocketId socket, const Channel& channel);
    void replayCache(pusher::SocketId socket, const std::string& channel);
    void leave(pusher::SocketId socket, Channel& channel, std::string_view why = {});
    std::shared_ptr<DeliveryTrace> beginTrace(std::size_t receivers,
                                              const std::optional<pusher::SocketId>& except) const;
    void keepForCache(const pusher::ChannelName& name, const SharedFrame& frame, const std::string& dataLiteral);
    void announceCount(Channel& channel);
    void announceUser(const std::string& userId, bool isOnline);

    const std::string m_id;
    const Clock& m_clock;
    Observer* const m_observer;

    mutable std::mutex m_mutex; ///< Guards everything below.
    std::shared_ptr<const AppSettings> m_settings;
    ClientTable m_clients;
    Channels m_channels;
    CacheStore m_cache;
    Users m_users;
};

} // namespace castdeck::hub
