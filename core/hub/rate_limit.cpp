#include "core/hub/rate_limit.h"

#include <algorithm>

namespace castdeck::hub {

bool SlidingWindow::take(SteadyTime now)
{
    if (m_taken.size() < m_count) {
        m_taken.push_back(now);
        return true;
    }
    if (m_count == 0 || now - m_taken[m_oldest] < m_span)
        return false;
    m_taken[m_oldest] = now;
    m_oldest = (m_oldest + 1) % m_count;
    return true;
}

void TokenBucket::take()
{
    m_level = std::max(m_level - 1, -m_perSecond);
}

void TokenBucket::refill(SteadyTime now)
{
    const std::chrono::duration<double> passed = now - m_filledAt;
    m_filledAt = now;
    m_level = std::min(m_burst, m_level + passed.count() * m_perSecond);
}

} // namespace castdeck::hub
