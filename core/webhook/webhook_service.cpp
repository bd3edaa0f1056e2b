#include "core/webhook/webhook_service.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace castdeck::webhook {

namespace {

/// The dispatcher's clock need not be the one by which threads wait, so that is asked again after so long.
constexpr std::chrono::milliseconds longestNap{100};

std::optional<std::chrono::milliseconds> napUntil(std::optional<SteadyTime> due, SteadyTime now)
{
    if (!due)
        return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - now);
    return std::clamp(left, std::chrono::milliseconds{0}, longestNap);
}

} // namespace

WebhookService::WebhookService(std::vector<AppWebhooks> apps, const Clock& clock, Transport& transport, Outbox& outbox,
                               std::function<void(std::string)> onNotice,
                               std::function<void(const Delivery&)> onDelivery)
    : m_clock{clock}
    , m_onNotice{onNotice}
    , m_inbox{std::make_shared<ServiceInbox>(maxPendingEvents, maxPendingBytes)}
    , m_log{std::move(onDelivery)}
    , m_dispatcher{clock,
                   transport,
                   outbox,
                   m_log,
                   [inbox = m_inbox](SendResult result) { inbox->put(std::move(result)); },
                   std::move(onNotice)}
{
    configure(std::move(apps));
    m_thread = std::thread{[this] { run(); }};
}

WebhookService::~WebhookService()
{
    stop(stopLimit);
}

void WebhookService::configure(std::vector<AppWebhooks> apps)
{
    m_inbox->put(std::move(apps));
}

void WebhookService::record(const hub::Fact& fact)
{
    m_inbox->put(fact);
}

void WebhookService::stop(std::chrono::milliseconds limit)
{
    if (!m_thread.joinable())
        return;
    m_inbox->stop(std::chrono::steady_clock::now() + limit);
    m_thread.join();
}

void WebhookService::run()
{
    std::optional<SteadyTime> stopBy;
    while (!stopBy || (!m_dispatcher.isIdle() && std::chrono::steady_clock::now() < *stopBy)) {
        // While stopping, the limit has to be looked at as well.
        const auto nap = napUntil(m_dispatcher.nextDue(), m_clock.steady());
        ServiceInbox::Batch batch = m_inbox->wait(stopBy ? nap.value_or(longestNap) : nap);
        carryOut(batch);
        if (batch.stopBy && !std::exchange(stopBy, batch.stopBy))
            m_dispatcher.release();
        m_dispatcher.turn();
        publishStatus();
    }
}

void WebhookService::carryOut(const ServiceInbox::Batch& batch)
{
    if (batch.apps)
        m_dispatcher.configure(*batch.apps);
    for (const SendResult& result : batch.results)
        m_dispatcher.finish(result);
    for (const ServiceInbox::Noted& noted : batch.events)
        m_dispatcher.accept(noted.appId, noted.event);
    if (batch.droppedEvents > 0)
        m_onNotice(std::to_string(batch.droppedEvents) + " webhook events are lost: too many came at once");
}

void WebhookService::publishStatus()
{
    auto status = m_dispatcher.status();
    const std::lock_guard lock{m_statusMutex};
    m_status.swap(status);
}

std::vector<TargetStatus> WebhookService::status() const
{
    const std::lock_guard lock{m_statusMutex};
    return m_status;
}

} // namespace castdeck::webhook
