#pragma once

#include "core/base/frame.h"
#include "core/hub/connection.h"
#include "core/hub/delivery_trace.h"
#include "core/pusher/socket_id.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace castdeck::hub {

using ChannelId = std::uint64_t; ///< One occupation of one channel; never used again.

/// What a shard shall do, in the order in which the applications decided it.
struct Action {
    enum class Kind : std::uint8_t {
        Deliver, ///< `frame` to `client`
        Join,    ///< `client` receives what is fanned out to `channel`
        Leave,
        FanOut, ///< `frame` to all of `channel` but `client`
        Close,  ///< `frame`, then a close frame with `code` and `reason`
    };

    Kind kind;
    pusher::CloseCode code = pusher::CloseCode::Normal;
    std::uint64_t client = 0; ///< SocketId::value(), 0 for none.
    ChannelId channel = 0;
    SharedFrame frame{};
    std::string reason{};
    std::shared_ptr<DeliveryTrace> trace{}; ///< Of a FanOut; mostly null.
};

/// The clients of one worker and which channels they listen to.
///
/// Decisions are made under an application's lock by any worker and posted, still under the lock, to the shards that
/// they concern. Each shard carries them out in the order they were posted. So all subscribers see the events of a
/// channel in one order, and a joiner's snapshot and the events after it have no gap.
///
/// Thread: post() from any; everything else on the shard's worker.
class Shard {
public:
    /// `wake` is called when the inbox was empty, and must see to it that drain() runs soon on the worker.
    Shard(unsigned index, std::function<void()> wake) : m_index{index}, m_wake{std::move(wake)} {}

    unsigned index() const noexcept { return m_index; }

    void post(Action action);

    /// False when the id is taken.
    bool add(pusher::SocketId id, Connection& connection);
    /// Takes the client off all lists; actions still under way for it are ignored.
    void remove(pusher::SocketId id);

    /// Carries out what was posted, up to some tens of thousands of deliveries, so that what they queue can leave
    /// before the next ones. False when there is more to do.
    bool drain();

    /// What waits to be carried out. Any thread.
    std::size_t backlogBytes() const noexcept { return m_backlogBytes.load(std::memory_order_relaxed); }

private:
    struct Listener {
        Connection* connection;
        std::uint64_t client;
    };
    struct Client {
        Connection* connection;
        std::unordered_map<ChannelId, std::size_t> positions; ///< Where it stands in m_listeners.
    };

    /// The number of deliveries it took.
    std::size_t carryOut(const Action& action);
    std::size_t fanOut(const Action& action);
    static void fanOutTraced(const Action& action, const std::vector<Listener>& listeners);
    void join(Client& client, const Action& action);
    void leave(Client& client, ChannelId channel);
    void removeAt(ChannelId channel, std::size_t position);

    const unsigned m_index;
    const std::function<void()> m_wake;
    std::unordered_map<std::uint64_t, Client> m_clients;
    std::unordered_map<ChannelId, std::vector<Listener>> m_listeners;
    std::vector<Action> m_work; ///< Taken from the inbox; done up to m_next.
    std::size_t m_next = 0;
    std::atomic<std::size_t> m_backlogBytes{0};

    std::mutex m_mutex; ///< Guards m_inbox. Taken with an application's lock held, never the other way round.
    std::vector<Action> m_inbox;
};

} // namespace castdeck::hub
