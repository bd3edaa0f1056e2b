#pragma once

#include "core/base/clock.h"
#include "core/webhook/delivery_log.h"
#include "core/webhook/outbox_ledger.h"
#include "core/webhook/target_pipeline.h"
#include "core/webhook/transport.h"
#include "core/webhook/webhook_event.h"
#include "core/webhook/webhook_target.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::webhook {

/// How the sending of one request ended.
struct SendResult {
    std::string target; ///< The pipeline's name.
    std::uint64_t request = 0;
    TransportAnswer answer;
};

/// One target at one moment.
struct TargetStatus {
    std::string appId;
    std::string target; ///< Its URL without credentials.
    std::size_t waitingEvents = 0;
    std::size_t requestsInFlight = 0;
    std::size_t refusedEvents = 0; ///< Since the start, because too many were waiting.
};

/// All targets of all applications: events go in, requests go out, and the outbox follows.
///
/// Thread: the webhook thread. `onResult` is called on any, perhaps from within turn(), and must only hand the result
/// to the webhook thread, which calls finish(). `onNotice` gets sentences for the log.
class Dispatcher {
public:
    Dispatcher(const Clock& clock, Transport& transport, Outbox& outbox, DeliveryLog& log,
               std::function<void(SendResult)> onResult, std::function<void(std::string)> onNotice);

    /// What waits for targets that are gone is dropped. The first call with a target also loads the outbox.
    void configure(const std::vector<AppWebhooks>& apps);
    void accept(const std::string& appId, const WebhookEvent& event);
    void finish(const SendResult& result);
    /// Writes the outbox, then sends what is due.
    void turn();
    /// Nothing is held back any longer: before a stop.
    void release();

    /// When turn() has something to do without anything coming in.
    std::optional<SteadyTime> nextDue() const;
    /// Nothing is in flight, and nothing can be sent at once.
    bool isIdle() const;
    std::vector<TargetStatus> status() const;

private:
    struct Target {
        TargetPipeline pipeline;
        std::size_t reportedRefusals = 0;
        SteadyTime nextReport{};
    };
    using Targets = std::map<std::string, Target>;

    void load();
    std::string nameFor(const AppWebhooks& app, const WebhookTarget& target, const Targets& taken) const;
    void send(const std::string& name, TargetPipeline& pipeline);
    void record(const TargetSettings& settings, const TransportAnswer& answer, const DeliveryQueue::Attempt& attempt);
    void writeOutbox();
    void reportRefusals(Target& target);

    const Clock& m_clock;
    Transport& m_transport;
    OutboxLedger m_ledger;
    DeliveryLog& m_log;
    const std::function<void(SendResult)> m_onResult;
    const std::function<void(std::string)> m_onNotice;
    bool m_isLoaded = false;
    Targets m_targets; ///< By name.
    SteadyTime m_nextWrite{};
    SteadyTime m_nextWriteReport{};
};

} // namespace castdeck::webhook
