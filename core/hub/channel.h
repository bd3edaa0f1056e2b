#pragma once

#include "core/base/clock.h"
#include "core/hub/roster.h"
#include "core/hub/shard.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace castdeck::hub {

/// One occupied channel. Thread: guarded by its application's lock.
class Channel {
public:
    struct Subscriber {
        Shard* shard;
        std::string userId; ///< Of a presence member.
    };

    Channel(ChannelId id, pusher::ChannelName name) : m_id{id}, m_name{std::move(name)} {}

    const pusher::ChannelName& name() const noexcept { return m_name; }
    std::size_t size() const noexcept { return m_subscribers.size(); }
    bool has(pusher::SocketId socket) const { return m_subscribers.contains(socket); }
    const Subscriber* find(pusher::SocketId socket) const;
    const std::unordered_map<pusher::SocketId, Subscriber>& subscribers() const noexcept { return m_subscribers; }

    Roster& roster() noexcept { return m_roster; }
    const Roster& roster() const noexcept { return m_roster; }

    /// Registers the subscriber and has its shard carry out the joining after what was posted before.
    void add(pusher::SocketId socket, Subscriber subscriber);
    void remove(pusher::SocketId socket);

    /// To every subscriber but `except` (0 for none), on all shards. `trace` may be null.
    void fanOut(const SharedFrame& frame, std::uint64_t except = 0,
                const std::shared_ptr<DeliveryTrace>& trace = {}) const;

    /// Whether a subscription_count may go out: at once up to 100 subscribers, above that every five seconds. When
    /// not, it stays due and countIsDue() says when its time has come. Source: Pusher docs, "Subscription count".
    bool takeCountTurn(SteadyTime now);
    bool countIsDue(SteadyTime now) const;

private:
    ChannelId m_id;
    pusher::ChannelName m_name;
    std::unordered_map<pusher::SocketId, Subscriber> m_subscribers;
    std::vector<std::pair<Shard*, std::size_t>> m_shards; ///< Those with subscribers, and how many.
    Roster m_roster;
    SteadyTime m_countSentAt{};
    bool m_isCountDue = false;
};

} // namespace castdeck::hub
