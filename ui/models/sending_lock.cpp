#include "ui/models/sending_lock.h"

namespace castdeck::ui {

SendingLock::SendingLock(const Clock& clock, Nature nature)
    : m_clock{clock}
    , m_nature{nature}
    , m_isLocked{nature == Nature::Locked}
    , m_lockedFrom{clock.steady()}
{
}

bool SendingLock::isLocked() const
{
    return m_isLocked || (m_nature == Nature::Locked && m_clock.steady() >= m_lockedFrom);
}

void SendingLock::lock()
{
    m_isLocked = true;
}

void SendingLock::unlock()
{
    m_isLocked = false;
    m_lockedFrom = m_clock.steady() + m_unlockTime;
}

std::optional<std::chrono::seconds> SendingLock::timeLeft() const
{
    if (isLocked() || m_nature == Nature::Open)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(m_lockedFrom - m_clock.steady());
}

} // namespace castdeck::ui
