#include "ui/models/inflow.h"

#include <algorithm>

namespace castdeck::ui {

double Inflow::perSecond()
{
    constexpr double window = 0.5;
    constexpr double shortest = 0.001;
    const double seconds = std::max(static_cast<double>(m_clock.nsecsElapsed()) / 1e9, shortest);
    const double weight = std::min(1.0, seconds / window);
    m_perSecond += weight * (static_cast<double>(m_rows) / std::max(seconds, shortest) - m_perSecond);
    m_rows = 0;
    m_clock.restart();
    return m_perSecond;
}

} // namespace castdeck::ui
