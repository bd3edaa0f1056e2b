#include "core/engine/webhooks.h"

#include <algorithm>
#include <utility>

namespace castdeck::engine {

namespace {

std::string counted(std::size_t count, const std::string& noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string describe(const webhook::Delivery& delivery)
{
    const std::string answer = delivery.status != 0 ? "status " + std::to_string(delivery.status) : delivery.failure;
    std::string text = counted(delivery.events, "event") + " to " + delivery.target + ": " + answer + " after " +
                       std::to_string(delivery.duration.count()) + " ms";
    switch (delivery.outcome) {
    case webhook::Delivery::Outcome::Delivered:
        if (delivery.attempt > 1)
            text.append(", at attempt ").append(std::to_string(delivery.attempt));
        return text;
    case webhook::Delivery::Outcome::WillRetry:
        return text + ", attempt " + std::to_string(delivery.attempt) + "; it will be tried again";
    case webhook::Delivery::Outcome::GivenUp: break;
    }
    return text + "; given up after " + counted(delivery.attempt, "attempt");
}

Event eventOf(const webhook::Delivery& delivery)
{
    Event event;
    const bool isSent = delivery.outcome == webhook::Delivery::Outcome::Delivered;
    event.kind = isSent ? EventKind::WebhookSent : EventKind::WebhookFailed;
    event.appId = delivery.appId;
    event.detail = describe(delivery);
    event.code = delivery.status;
    return event;
}

bool hasTargets(const std::vector<webhook::AppWebhooks>& apps)
{
    return std::ranges::any_of(apps, [](const webhook::AppWebhooks& app) { return !app.targets.empty(); });
}

} // namespace

Webhooks::Webhooks(const EngineOptions& options, const Clock& clock, EventRecorder& recorder,
                   std::function<void(std::string)> notice)
    : m_recorder{recorder}
    , m_notice{std::move(notice)}
    , m_transport{options.webhookTransport}
    , m_outbox{options.webhookOutbox ? options.webhookOutbox : std::make_shared<webhook::NoOutbox>()}
{
    if (m_transport)
        m_service = std::make_unique<webhook::WebhookService>(
            options.webhooks, clock, *m_transport, *m_outbox, m_notice,
            [&recorder](const webhook::Delivery& delivery) { recorder.record(eventOf(delivery)); });
    else
        configure(options.webhooks);
}

void Webhooks::record(const hub::Fact& fact)
{
    m_recorder.record(fact);
    if (m_service)
        m_service->record(fact);
}

void Webhooks::configure(std::vector<webhook::AppWebhooks> apps)
{
    if (m_service)
        m_service->configure(std::move(apps));
    else if (hasTargets(apps))
        m_notice("Webhooks are configured, but this program has nothing to send them with");
}

void Webhooks::stop(std::chrono::milliseconds limit)
{
    if (m_service)
        m_service->stop(limit);
}

std::vector<webhook::Delivery> Webhooks::deliveriesAfter(std::uint64_t number) const
{
    return m_service ? m_service->deliveriesAfter(number) : std::vector<webhook::Delivery>{};
}

std::vector<webhook::TargetStatus> Webhooks::status() const
{
    return m_service ? m_service->status() : std::vector<webhook::TargetStatus>{};
}

} // namespace castdeck::engine
