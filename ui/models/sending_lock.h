#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <optional>

namespace castdeck::ui {

/// Whether a profile may send. One that is locked by nature (production) is unlocked for ten minutes at a time; another
/// stays as it was put. Thread: GUI.
class SendingLock {
public:
    enum class Nature { Open, Locked };
    static constexpr std::chrono::minutes unlockedFor{10};

    /// `clock` must outlive it.
    SendingLock(const Clock& clock, Nature nature);

    bool isLocked() const;
    void lock();
    void unlock();
    /// Until it locks by itself; nothing when it does not.
    std::optional<std::chrono::seconds> timeLeft() const;

private:
    const Clock& m_clock;
    Nature m_nature;
    bool m_isLocked;
    SteadyTime m_lockedFrom; ///< While unlocked, and locked by nature.
};

} // namespace castdeck::ui
