#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace castdeck::webhook {

/// What is sent, byte for byte the same each time.
struct WebhookRequest {
    std::uint64_t id; ///< Grows with time.
    std::string body;
    std::string key;
    std::string signature;
    std::vector<std::string> channels; ///< Distinct.
    std::size_t events;
};

/// The requests of one target: which may be sent now, and when a failed one is tried again.
///
/// Requests that share a channel go one after the other, so that the events of a channel arrive in order; others do not
/// wait for them. A failed request is tried again after 1, 2, 4 ... 60 seconds, each a fifth shorter or longer, and
/// given up when the next try would be more than five minutes after the first.
class DeliveryQueue {
public:
    static constexpr std::size_t maxInFlight = 4;
    static constexpr std::chrono::seconds longestDelay{60};
    static constexpr std::chrono::minutes patience{5};

    enum class Verdict { Delivered, Retry, GivenUp };
    struct Attempt {
        Verdict verdict;
        std::size_t events;
        std::size_t bytes; ///< Of the body.
        unsigned number;   ///< From 1.
        std::chrono::milliseconds duration;
    };

    void add(WebhookRequest request, SteadyTime now);
    /// The next request to be sent, until there is none for the moment. It is in flight from here on.
    const WebhookRequest* start(SteadyTime now);
    /// How the sending of a request ended; nothing when it is not in flight.
    std::optional<Attempt> finish(std::uint64_t id, bool isSuccess, SteadyTime now);

    /// When start() has something to give; nothing while that depends on answers alone.
    std::optional<SteadyTime> nextDue() const;
    std::vector<std::uint64_t> ids() const;
    std::size_t size() const noexcept { return m_entries.size(); }
    std::size_t inFlight() const noexcept { return m_inFlight; }
    std::size_t events() const noexcept { return m_events; }
    std::size_t bytes() const noexcept { return m_bytes; }

private:
    struct Entry {
        WebhookRequest request;
        std::size_t blockers = 0; ///< Channels in which an earlier request is still there.
        unsigned attempts = 0;
        bool isInFlight = false;
        SteadyTime firstAttempt{};
        SteadyTime lastAttempt{};
    };

    void remove(std::map<std::uint64_t, Entry>::iterator entry, SteadyTime now);

    std::map<std::uint64_t, Entry> m_entries;
    std::unordered_map<std::string, std::deque<std::uint64_t>> m_byChannel; ///< In order.
    std::set<std::pair<SteadyTime, std::uint64_t>> m_ready;                 ///< Unblocked, and from when on.
    std::size_t m_inFlight = 0;
    std::size_t m_events = 0;
    std::size_t m_bytes = 0;
};

} // namespace castdeck::webhook
