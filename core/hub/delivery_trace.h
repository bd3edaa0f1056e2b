#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace castdeck::hub {

/// Who one event on one channel was handed to, and how long that took. It fills while the event is fanned out.
///
/// Thread: any. Times are those of the real clock, whatever clock the hub was given.
class DeliveryTrace {
public:
    struct Reached {
        std::string socketId;
        std::chrono::microseconds delay; ///< From the decision to the queue of the socket.
        std::size_t waitsBehindBytes;    ///< What that queue held already: 0 for a client that keeps up.
    };

    /// `exceptSocketId` is the socket that the publisher left out, or empty.
    DeliveryTrace(std::size_t expected, std::string exceptSocketId);

    void note(std::uint64_t socket, std::size_t waitsBehindBytes);

    std::size_t expected() const noexcept { return m_expected; }
    const std::string& exceptSocketId() const noexcept { return m_exceptSocketId; }
    /// In the order of the deliveries. Complete when there are as many as expected; a client that closed under way
    /// stays missing.
    std::vector<Reached> reached() const;

private:
    struct Note {
        std::uint64_t socket;
        SteadyTime at;
        std::size_t waitsBehindBytes;
    };

    const SteadyTime m_decidedAt = std::chrono::steady_clock::now();
    const std::size_t m_expected;
    const std::string m_exceptSocketId;
    mutable std::mutex m_mutex; ///< Guards m_notes.
    std::vector<Note> m_notes;
};

} // namespace castdeck::hub
