#include "core/webhook/delivery_queue.h"

#include "core/base/crypto.h"

#include <algorithm>

namespace castdeck::webhook {

namespace {

/// After so many failures. The spread keeps requests that failed together from coming back together.
std::chrono::milliseconds delayAfter(unsigned failures)
{
    const auto doubled = std::chrono::seconds{1LL << std::min(failures - 1, 6U)};
    const std::chrono::milliseconds nominal = std::min(doubled, DeliveryQueue::longestDelay);
    return nominal * (800 + randomBelow(401)) / 1'000;
}

} // namespace

void DeliveryQueue::add(WebhookRequest request, SteadyTime now)
{
    const std::uint64_t id = request.id;
    Entry entry{std::move(request)};
    for (const std::string& channel : entry.request.channels) {
        std::deque<std::uint64_t>& line = m_byChannel[channel];
        entry.blockers += line.empty() ? 0U : 1U;
        line.push_back(id);
    }
    m_events += entry.request.events;
    m_bytes += entry.request.body.size();
    if (entry.blockers == 0)
        m_ready.emplace(now, id);
    m_entries.emplace(id, std::move(entry));
}

const WebhookRequest* DeliveryQueue::start(SteadyTime now)
{
    if (m_inFlight >= maxInFlight || m_ready.empty() || m_ready.begin()->first > now)
        return nullptr;
    Entry& entry = m_entries.at(m_ready.begin()->second);
    m_ready.erase(m_ready.begin());
    if (entry.attempts++ == 0)
        entry.firstAttempt = now;
    entry.lastAttempt = now;
    entry.isInFlight = true;
    ++m_inFlight;
    return &entry.request;
}

std::optional<DeliveryQueue::Attempt> DeliveryQueue::finish(std::uint64_t id, bool isSuccess, SteadyTime now)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end() || !it->second.isInFlight)
        return std::nullopt;
    Entry& entry = it->second;
    entry.isInFlight = false;
    --m_inFlight;
    const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(now - entry.lastAttempt);
    Attempt attempt{Verdict::Delivered, entry.request.events, entry.request.body.size(), entry.attempts, duration};
    if (!isSuccess) {
        const SteadyTime next = now + delayAfter(entry.attempts);
        if (next <= entry.firstAttempt + patience) {
            m_ready.emplace(next, id);
            attempt.verdict = Verdict::Retry;
            return attempt;
        }
        attempt.verdict = Verdict::GivenUp;
    }
    remove(it, now);
    return attempt;
}

void DeliveryQueue::remove(std::map<std::uint64_t, Entry>::iterator entry, SteadyTime now)
{
    const WebhookRequest& request = entry->second.request;
    for (const std::string& channel : request.channels) {
        const auto line = m_byChannel.find(channel);
        line->second.pop_front();
        if (line->second.empty()) {
            m_byChannel.erase(line);
        } else if (--m_entries.at(line->second.front()).blockers == 0) {
            m_ready.emplace(now, line->second.front());
        }
    }
    m_events -= request.events;
    m_bytes -= request.body.size();
    m_entries.erase(entry);
}

std::optional<SteadyTime> DeliveryQueue::nextDue() const
{
    if (m_ready.empty() || m_inFlight >= maxInFlight)
        return std::nullopt;
    return m_ready.begin()->first;
}

std::vector<std::uint64_t> DeliveryQueue::ids() const
{
    std::vector<std::uint64_t> result;
    result.reserve(m_entries.size());
    for (const auto& [id, entry] : m_entries)
        result.push_back(id);
    return result;
}

} // namespace castdeck::webhook
