#include "ui/models/traffic_rate.h"

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto rateWindow = 2s;

} // namespace

void TrafficRate::add(const engine::Snapshot& snapshot)
{
    m_samples.push_back({snapshot.at, snapshot.totals.messagesIn, snapshot.totals.deliveries});
    while (m_samples.size() > 2 && snapshot.at - m_samples[1].at >= rateWindow)
        m_samples.pop_front();
}

std::size_t TrafficRate::in() const
{
    return rate(&Sample::in);
}

std::size_t TrafficRate::out() const
{
    return rate(&Sample::out);
}

std::size_t TrafficRate::rate(std::uint64_t Sample::* total) const
{
    if (m_samples.empty())
        return 0;
    const Sample& before = m_samples.front();
    const Sample& after = m_samples.back();
    const double seconds = std::chrono::duration<double>(after.at - before.at).count();
    if (seconds <= 0 || after.*total < before.*total) // A server that was restarted counts from zero.
        return 0;
    return static_cast<std::size_t>(static_cast<double>(after.*total - before.*total) / seconds + 0.5);
}

} // namespace castdeck::ui
