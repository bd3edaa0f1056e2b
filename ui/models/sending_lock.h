#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <optional>

namespace castdeck::ui {

/// Whether a profile may send. One that is locked by nature (production) is unlocked for some minutes at a time;
/// another stays as it was put. Thread: GUI.
class SendingLock {
public:
    enum class Nature { Open, Locked };

    /// `clock` must outlive it.
    SendingLock(const Clock& clock, Nature nature);

    bool isLocked() const;
    /// From the next unlock() on.
    void setUnlockTime(std::chrono::minutes time) noexcept { m_unlockTime = time; }
    std::chrono::minutes unlockTime() const noexcept { return m_unlockTime; }
    void lock();
    void unlock();
    /// Until it locks by itself; nothing when it does not.
    std::optional<std::chrono::seconds> timeLeft() const;

private:
    const Clock& m_clock;
    Nature m_nature;
    std::chrono::minutes m_unlockTime{10};
    bool m_isLocked;
    SteadyTime m_lockedFrom; ///< While unlocked, and locked by nature.
};

} // namespace castdeck::ui
