#pragma once

#include "core/base/clock.h"
#include "core/base/mailbox.h"
#include "core/engine/chronicle.h"
#include "core/engine/event.h"
#include "core/engine/log_feed.h"
#include "core/hub/fact.h"

#include <atomic>
#include <cstdint>
#include <functional>

namespace castdeck::engine {

/// Turns the hub's facts into events for the window, and counts all of them.
///
/// Thread: record() on any worker; takeEvents() for one owner. `wake` is called when the mailbox was empty.
class EventRecorder final : public hub::Observer {
public:
    EventRecorder(const Clock& clock, bool keepsEvents, std::function<void()> wake);

    void record(const hub::Fact& fact) override;
    bool wantsTrace(std::size_t receivers) override;
    void record(Event event);
    Mailbox<Event>::Batch takeEvents() { return m_events.take(); }
    bool keepsEvents() const noexcept { return m_keepsEvents; }
    LogFeed& feed() noexcept { return m_feed; }
    const Chronicle& chronicle() const noexcept { return m_chronicle; } ///< Empty unless events are kept.

    std::uint64_t messagesIn() const noexcept { return m_messagesIn.load(std::memory_order_relaxed); }
    std::uint64_t deliveries() const noexcept { return m_deliveries.load(std::memory_order_relaxed); }
    std::uint64_t connectionsOpened() const noexcept { return m_connectionsOpened.load(std::memory_order_relaxed); }

private:
    void count(const hub::Fact& fact);
    bool isWanted() const { return m_keepsEvents || m_feed.isWanted(); }
    void put(Event event);

    const Clock& m_clock;
    const bool m_keepsEvents;
    const std::function<void()> m_wake;
    Chronicle m_chronicle;
    LogFeed m_feed;
    Mailbox<Event> m_events;
    std::atomic<std::int64_t> m_tracedSecond{0};
    std::atomic<int> m_tracedInSecond{0};
    std::atomic<std::uint64_t> m_messagesIn{0};
    std::atomic<std::uint64_t> m_deliveries{0};
    std::atomic<std::uint64_t> m_connectionsOpened{0};
};

} // namespace castdeck::engine
