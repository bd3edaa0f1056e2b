#include "core/webhook/target_pipeline.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace castdeck::webhook {

TargetPipeline::TargetPipeline(std::string name, TargetSettings settings, const Clock& clock, OutboxLedger& ledger)
    : m_name{std::move(name)}
    , m_clock{clock}
    , m_ledger{ledger}
    , m_signer{settings.key, settings.secret}
{
    configure(std::move(settings));
}

void TargetPipeline::configure(TargetSettings settings)
{
    m_signer = pusher::Signer{settings.key, settings.secret};
    m_watched = settings.target.kinds.withCounterparts();
    m_batch.setBatching(settings.target.isBatching);
    m_settings = std::move(settings);
}

bool TargetPipeline::restore(const OutboxEntry& entry)
{
    if (entry.stage == OutboxEntry::Stage::Request) {
        const auto events = parseBody(entry.text);
        if (!events || events->empty())
            return false;
        enqueue({entry.id, entry.text, entry.key, entry.signature, {}, events->size()}, *events);
        return true;
    }
    auto event = parseEvent(entry.text);
    if (!event)
        return false;
    m_trackedBytes += event->bytes();
    TrackedEvent tracked{entry.id, std::move(*event)};
    if (entry.stage == OutboxEntry::Stage::Held)
        return m_grace.hold(std::move(tracked), m_clock.steady());
    m_batch.add(std::move(tracked), m_clock.steady());
    return true;
}

bool TargetPipeline::hasRoomFor(const WebhookEvent& event) const
{
    return waitingEvents() < maxEvents && m_trackedBytes + m_queue.bytes() + event.bytes() <= maxBytes;
}

std::uint64_t TargetPipeline::note(OutboxEntry::Stage stage, std::string text)
{
    return m_ledger.add({.stage = stage, .target = m_name, .text = std::move(text)});
}

void TargetPipeline::accept(const WebhookEvent& event)
{
    if (!m_watched.has(event.kind) || !m_settings.target.channels.matches(event.channel))
        return;
    advance();
    if (const auto departure = m_grace.takeReturn(event)) {
        m_ledger.remove(departure->id);
        m_trackedBytes -= departure->event.bytes();
        return;
    }
    const bool isDeparture = GracePeriod::isDeparture(event.kind);
    if ((isDeparture && m_grace.has(event)) || (!isDeparture && !m_settings.target.kinds.has(event.kind)))
        return;
    if (event.kind == EventKind::CacheMiss && !m_misses.passes(event.channel, m_clock.steady()))
        return;
    if (!hasRoomFor(event)) {
        ++m_refused;
        return;
    }
    const auto stage = isDeparture ? OutboxEntry::Stage::Held : OutboxEntry::Stage::Collected;
    TrackedEvent tracked{note(stage, event.json), event};
    m_trackedBytes += event.bytes();
    if (isDeparture)
        m_grace.hold(std::move(tracked), m_clock.steady());
    else
        m_batch.add(std::move(tracked), m_clock.steady());
    advance();
}

void TargetPipeline::advance()
{
    collect(m_grace.takeDue(m_clock.steady()));
    while (m_batch.isDue(m_clock.steady()))
        buildRequest();
}

void TargetPipeline::release()
{
    collect(m_grace.takeAll());
    while (m_batch.size() > 0)
        buildRequest();
}

void TargetPipeline::collect(std::vector<TrackedEvent> departures)
{
    for (TrackedEvent& departure : departures) {
        // One that is held only to call off the return that the target wants to hear of.
        if (!m_settings.target.kinds.has(departure.event.kind)) {
            m_ledger.remove(departure.id);
            m_trackedBytes -= departure.event.bytes();
            continue;
        }
        m_batch.add(std::move(departure), m_clock.steady());
    }
}

void TargetPipeline::buildRequest()
{
    std::vector<WebhookEvent> events;
    for (TrackedEvent& tracked : m_batch.take()) {
        m_ledger.remove(tracked.id);
        m_trackedBytes -= tracked.event.bytes();
        events.push_back(std::move(tracked.event));
    }
    std::string body = makeBody(m_clock.wall(), events);
    std::string signature = m_signer.sign(body);
    const std::uint64_t id = m_ledger.add({.stage = OutboxEntry::Stage::Request,
                                           .target = m_name,
                                           .text = body,
                                           .key = m_signer.key(),
                                           .signature = signature});
    enqueue({id, std::move(body), m_signer.key(), std::move(signature), {}, events.size()}, events);
}

void TargetPipeline::enqueue(WebhookRequest request, const std::vector<WebhookEvent>& events)
{
    for (const WebhookEvent& event : events)
        request.channels.push_back(event.channel);
    std::ranges::sort(request.channels);
    const auto repeated = std::ranges::unique(request.channels);
    request.channels.erase(repeated.begin(), repeated.end());
    m_queue.add(std::move(request), m_clock.steady());
}

std::size_t TargetPipeline::discard()
{
    const std::size_t lost = waitingEvents();
    for (const TrackedEvent& departure : m_grace.takeAll())
        m_ledger.remove(departure.id);
    while (m_batch.size() > 0) {
        for (const TrackedEvent& tracked : m_batch.take())
            m_ledger.remove(tracked.id);
    }
    for (const std::uint64_t id : m_queue.ids())
        m_ledger.remove(id);
    return lost;
}

std::optional<TargetPipeline::Outgoing> TargetPipeline::start()
{
    const WebhookRequest* const request = m_queue.start(m_clock.steady());
    if (request == nullptr)
        return std::nullopt;
    const WebhookTarget& target = m_settings.target;
    // No charset: client libraries compare the type for equality.
    http::Headers headers{{"Content-Type", "application/json"},
                          {"X-Pusher-Key", request->key},
                          {"X-Pusher-Signature", request->signature}};
    headers.insert(headers.end(), target.headers.begin(), target.headers.end());
    return Outgoing{request->id,
                    {.url = target.url,
                     .headers = std::move(headers),
                     .body = request->body,
                     .allowsPrivateNetwork = target.allowsPrivateNetwork}};
}

std::optional<DeliveryQueue::Attempt> TargetPipeline::finish(std::uint64_t id, bool isSuccess)
{
    auto attempt = m_queue.finish(id, isSuccess, m_clock.steady());
    if (attempt && attempt->verdict != DeliveryQueue::Verdict::Retry)
        m_ledger.remove(id);
    return attempt;
}

std::optional<SteadyTime> TargetPipeline::nextDue() const
{
    std::optional<SteadyTime> earliest;
    for (const auto due : {m_grace.nextDue(), m_batch.nextDue(), m_queue.nextDue()}) {
        if (due && (!earliest || *due < *earliest))
            earliest = due;
    }
    return earliest;
}

} // namespace castdeck::webhook
