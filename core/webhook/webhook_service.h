#pragma once

#include "core/base/clock.h"
#include "core/hub/fact.h"
#include "core/webhook/delivery_log.h"
#include "core/webhook/dispatcher.h"
#include "core/webhook/outbox.h"
#include "core/webhook/service_inbox.h"
#include "core/webhook/transport.h"
#include "core/webhook/webhook_target.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace castdeck::webhook {

/// The webhooks of the server: takes facts from the workers, and does all the rest on a thread of its own, so that
/// neither a receiver nor the disk delays a connection.
///
/// Thread: any, but stop() and the destructor for the owner. `onNotice` and `onDelivery` are called on the webhook
/// thread; the former with a sentence for the log, without secrets or payloads.
/// Ownership: clock, transport and outbox outlive the service; answers of the transport may come later than that.
class WebhookService final : public hub::Observer {
public:
    static constexpr std::size_t maxPendingEvents = 10'000; ///< From the workers, not yet taken by the thread.
    static constexpr std::size_t maxPendingBytes = 16'777'216;
    static constexpr std::chrono::seconds stopLimit{5};

    WebhookService(std::vector<AppWebhooks> apps, const Clock& clock, Transport& transport, Outbox& outbox,
                   std::function<void(std::string)> onNotice, std::function<void(const Delivery&)> onDelivery = {});
    ~WebhookService() override; ///< stop(stopLimit)

    void configure(std::vector<AppWebhooks> apps);
    void record(const hub::Fact& fact) override;

    /// Sends what can be sent at once, grace periods and batches included, and ends the thread after `limit` at the
    /// latest. What is left stays in the outbox. Facts that come later are ignored.
    void stop(std::chrono::milliseconds limit);

    std::vector<Delivery> deliveriesAfter(std::uint64_t number) const { return m_log.after(number); }
    std::vector<TargetStatus> status() const;

private:
    void run();
    void carryOut(const ServiceInbox::Batch& batch);
    void publishStatus();

    const Clock& m_clock;
    const std::function<void(std::string)> m_onNotice;
    const std::shared_ptr<ServiceInbox> m_inbox; ///< Shared with the answers under way.
    DeliveryLog m_log;
    Dispatcher m_dispatcher;          ///< Only for the thread.
    mutable std::mutex m_statusMutex; ///< Guards m_status.
    std::vector<TargetStatus> m_status;
    std::thread m_thread;
};

} // namespace castdeck::webhook
