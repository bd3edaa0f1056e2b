#pragma once

#include "core/base/clock.h"
#include "core/pusher/signature.h"
#include "core/webhook/batch_builder.h"
#include "core/webhook/cache_miss_filter.h"
#include "core/webhook/delivery_queue.h"
#include "core/webhook/grace_period.h"
#include "core/webhook/outbox_ledger.h"
#include "core/webhook/transport.h"
#include "core/webhook/webhook_target.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::webhook {

/// One target with the application that it belongs to.
struct TargetSettings {
    std::string appId;
    std::string key;
    std::string secret;
    WebhookTarget target;
};

/// The way of events to one target: filter, grace period, batch, signature, queue. Thread: the webhook thread.
class TargetPipeline {
public:
    static constexpr std::size_t maxEvents = 10'000;
    static constexpr std::size_t maxBytes = 16'777'216;

    /// `name` marks the target's entries in the outbox.
    TargetPipeline(std::string name, TargetSettings settings, const Clock& clock, OutboxLedger& ledger);

    /// For what comes; requests that are signed already stay as they are.
    void configure(TargetSettings settings);
    const TargetSettings& settings() const noexcept { return m_settings; }

    /// False for an entry that says nothing sensible.
    bool restore(const OutboxEntry& entry);
    void accept(const WebhookEvent& event);
    /// Turns what has waited long enough into requests.
    void advance();
    /// Turns everything into requests, waited long enough or not.
    void release();
    /// Takes everything out of the outbox; returns the number of events.
    std::size_t discard();

    /// The next request to be sent; nothing when there is none for the moment.
    struct Outgoing {
        std::uint64_t id;
        TransportRequest request;
    };
    std::optional<Outgoing> start();
    std::optional<DeliveryQueue::Attempt> finish(std::uint64_t id, bool isSuccess);

    std::optional<SteadyTime> nextDue() const;
    const DeliveryQueue& queue() const noexcept { return m_queue; }
    std::size_t waitingEvents() const { return m_grace.size() + m_batch.size() + m_queue.events(); }
    std::size_t refusedEvents() const noexcept { return m_refused; } ///< Since the start, for want of room.

private:
    bool hasRoomFor(const WebhookEvent& event) const;
    std::uint64_t note(OutboxEntry::Stage stage, std::string text);
    void collect(std::vector<TrackedEvent> departures);
    void buildRequest();
    void enqueue(WebhookRequest request, const std::vector<WebhookEvent>& events);

    const std::string m_name;
    const Clock& m_clock;
    OutboxLedger& m_ledger;
    TargetSettings m_settings;
    EventKinds m_watched;
    pusher::Signer m_signer;
    CacheMissFilter m_misses;
    GracePeriod m_grace;
    BatchBuilder m_batch;
    DeliveryQueue m_queue;
    std::size_t m_trackedBytes = 0; ///< Of what is held and collected.
    std::size_t m_refused = 0;
};

} // namespace castdeck::webhook
