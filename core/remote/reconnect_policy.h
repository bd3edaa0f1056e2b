#pragma once

#include <chrono>

namespace castdeck::remote {

/// What a client does after its connection ended.
struct NextStep {
    enum class Action {
        Retry,
        RetryWithTls,
        Stop, ///< Trying again cannot help.
    };

    Action action = Action::Retry;
    std::chrono::milliseconds delay{0};
};

/// Decides when to come back, by close code and by how often it failed in a row.
/// Source: Pusher docs, "Pusher Channels protocol", "Error codes": 4000-4099 stop, 4100-4199 wait, 4200-4299 at once.
class ReconnectPolicy {
public:
    /// `randomUpTo(n)` gives a number below n; it spreads clients that were closed together.
    using Random = unsigned (*)(unsigned bound);

    ReconnectPolicy();
    explicit ReconnectPolicy(Random randomBelow) : m_randomBelow{randomBelow} {}

    NextStep after(int closeCode, bool isTls);
    /// The connection held: the next failure is a first one again.
    void reset() noexcept { m_failures = 0; }

private:
    std::chrono::milliseconds spread(std::chrono::milliseconds delay) const;

    Random m_randomBelow;
    unsigned m_failures = 0;
};

} // namespace castdeck::remote
