#include "core/rest/request_guard.h"

namespace castdeck::rest {

namespace {

constexpr std::chrono::seconds failureSpan{60};
constexpr std::chrono::seconds replaySpan{1'200}; // A timestamp may lie 600 s on either side.
constexpr std::chrono::minutes warningSpan{1};
constexpr std::size_t addressesRemembered = 10'000;

} // namespace

bool RequestGuard::isBlocked(const std::string& address, SteadyTime now)
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_failures.find(address);
    if (it == m_failures.end())
        return false;
    if (now - it->second.since >= failureSpan) {
        m_failures.erase(it);
        return false;
    }
    return it->second.count >= failuresPerMinute;
}

void RequestGuard::noteFailure(const std::string& address, SteadyTime now)
{
    const std::lock_guard lock{m_mutex};
    if (m_failures.size() >= addressesRemembered)
        std::erase_if(m_failures, [&](const auto& entry) { return now - entry.second.since >= failureSpan; });
    if (m_failures.size() >= addressesRemembered)
        m_failures.clear();
    Failures& failures = m_failures[address];
    if (failures.count == 0)
        failures.since = now;
    if (++failures.count == failuresPerMinute)
        failures.since = now;
}

bool RequestGuard::isFresh(const std::string& signature, SteadyTime now)
{
    const std::lock_guard lock{m_mutex};
    while (!m_signaturesByTime.empty() && now - m_signaturesByTime.begin()->first >= replaySpan) {
        m_signatures.erase(m_signaturesByTime.begin()->second);
        m_signaturesByTime.erase(m_signaturesByTime.begin());
    }
    if (!m_signatures.insert(signature).second)
        return false;
    m_signaturesByTime.emplace(now, signature);
    return true;
}

bool RequestGuard::mayPublish(const std::string& appId, std::size_t perSecond, SteadyTime now)
{
    const std::lock_guard lock{m_mutex};
    Publishes& publishes = m_publishes[appId];
    if (publishes.perSecond != perSecond) { // The first publish, or the setting has changed.
        const auto rate = static_cast<double>(perSecond);
        publishes = {perSecond, hub::TokenBucket{rate, rate * 2, now}};
    }
    hub::TokenBucket& bucket = publishes.bucket;
    bucket.refill(now);
    if (bucket.isEmpty())
        return false;
    bucket.take();
    return true;
}

bool RequestGuard::mayWarn(SteadyTime now)
{
    const std::lock_guard lock{m_mutex};
    if (m_warnedAt && now - *m_warnedAt < warningSpan)
        return false;
    m_warnedAt = now;
    return true;
}

} // namespace castdeck::rest
