#pragma once

#include "core/base/clock.h"
#include "core/engine/engine.h"
#include "core/engine/event_recorder.h"
#include "core/hub/fact.h"
#include "core/webhook/webhook_service.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::engine {

/// Tells each fact of the hub to the live log and to the webhooks, and what became of the webhooks to the live log.
///
/// Thread: any, but stop() for the owner. `notice` is called on any. Ownership: clock and recorder outlive it.
class Webhooks final : public hub::Observer {
public:
    /// Starts with the applications and targets of `options`, and keeps its transport and outbox. Without a transport
    /// nothing is sent, and a notice says so once somebody wants it.
    Webhooks(const EngineOptions& options, const Clock& clock, EventRecorder& recorder,
             std::function<void(std::string)> notice);

    void record(const hub::Fact& fact) override;
    bool wantsTrace(std::size_t receivers) override { return m_recorder.wantsTrace(receivers); }
    void configure(std::vector<webhook::AppWebhooks> apps);
    /// Once nothing happens any more: what waited its time goes out, and `limit` later stays in the outbox.
    void stop(std::chrono::milliseconds limit);

    std::vector<webhook::Delivery> deliveriesAfter(std::uint64_t number) const;
    std::vector<webhook::TargetStatus> status() const;

private:
    EventRecorder& m_recorder;
    const std::function<void(std::string)> m_notice;
    const std::shared_ptr<webhook::Transport> m_transport;
    const std::shared_ptr<webhook::Outbox> m_outbox;
    std::unique_ptr<webhook::WebhookService> m_service; ///< Null without a transport. Ends before what it uses.
};

} // namespace castdeck::engine
