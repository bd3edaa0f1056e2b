#include "tests/ui/loop_watchdog.h"

#include <algorithm>

namespace castdeck::test {

using Clock = std::chrono::steady_clock;

LoopWatchdog::LoopWatchdog() : m_thread{[this] { watch(); }} {}

LoopWatchdog::~LoopWatchdog()
{
    m_isEnding = true;
    m_thread.join();
}

std::chrono::milliseconds LoopWatchdog::worstGap() const
{
    return std::chrono::milliseconds{m_worstMicroseconds / 1'000};
}

void LoopWatchdog::watch()
{
    while (!m_isEnding) {
        if (m_isAnswered.exchange(false)) {
            const Clock::time_point asked = Clock::now();
            QMetaObject::invokeMethod(this, [this, asked] {
                const std::int64_t gap = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - asked).count();
                m_worstMicroseconds = std::max(m_worstMicroseconds.load(), gap);
                m_isAnswered = true;
            }, Qt::QueuedConnection);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{5}); // The measuring interval, not a wait for something.
    }
}

} // namespace castdeck::test
