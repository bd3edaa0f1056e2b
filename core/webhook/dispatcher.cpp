#include "core/webhook/dispatcher.h"

#include "core/base/crypto.h"

#include <algorithm>
#include <utility>

namespace castdeck::webhook {

namespace {

/// Between two sentences about a trouble that goes on.
constexpr std::chrono::minutes reportInterval{1};
/// After the outbox could not be written.
constexpr std::chrono::seconds writeRetryDelay{1};

bool isSuccess(const TransportAnswer& answer)
{
    return answer.status >= 200 && answer.status < 300;
}

Delivery::Outcome outcomeOf(DeliveryQueue::Verdict verdict)
{
    switch (verdict) {
    case DeliveryQueue::Verdict::Delivered: return Delivery::Outcome::Delivered;
    case DeliveryQueue::Verdict::Retry: return Delivery::Outcome::WillRetry;
    case DeliveryQueue::Verdict::GivenUp: break;
    }
    return Delivery::Outcome::GivenUp;
}

} // namespace

Dispatcher::Dispatcher(const Clock& clock, Transport& transport, Outbox& outbox, DeliveryLog& log,
                       std::function<void(SendResult)> onResult, std::function<void(std::string)> onNotice)
    : m_clock{clock}
    , m_transport{transport}
    , m_ledger{outbox}
    , m_log{log}
    , m_onResult{std::move(onResult)}
    , m_onNotice{std::move(onNotice)}
{
}

std::string Dispatcher::nameFor(const AppWebhooks& app, const WebhookTarget& target, const Targets& taken) const
{
    // A digest, so that credentials in a URL do not get into the outbox.
    const std::string name = app.appId + "/" + (target.id.empty() ? md5Hex(target.url) : target.id);
    std::string unique = name;
    for (int number = 2; taken.contains(unique); ++number)
        unique = name + "#" + std::to_string(number);
    return unique;
}

void Dispatcher::configure(const std::vector<AppWebhooks>& apps)
{
    Targets kept;
    for (const AppWebhooks& app : apps) {
        for (const WebhookTarget& target : app.targets) {
            if (const auto checked = checkTarget(target); !checked) {
                m_onNotice("a webhook of application " + app.appId + " is not used: " + checked.error().detail);
                continue;
            }
            const std::string name = nameFor(app, target, kept);
            TargetSettings settings{app.appId, app.key, app.secret, target};
            if (auto known = m_targets.extract(name)) {
                known.mapped().pipeline.configure(std::move(settings));
                kept.insert(std::move(known));
            } else {
                kept.emplace(name, Target{.pipeline{name, std::move(settings), m_clock, m_ledger}});
            }
        }
    }
    m_targets.swap(kept);
    for (auto& [name, gone] : kept) {
        if (const std::size_t lost = gone.pipeline.discard(); lost > 0)
            m_onNotice(std::to_string(lost) + " webhook events for " + shownUrl(gone.pipeline.settings().target.url) +
                       " are dropped: the target was removed");
    }
    if (!m_isLoaded && !m_targets.empty())
        load();
}

void Dispatcher::load()
{
    m_isLoaded = true;
    const auto entries = m_ledger.load();
    if (!entries) {
        m_onNotice("webhooks that waited before the restart are not sent: " + entries.error().detail);
        return;
    }
    std::size_t dropped = 0;
    for (const OutboxEntry& entry : *entries) {
        const auto it = m_targets.find(entry.target);
        if (it != m_targets.end() && it->second.pipeline.restore(entry))
            continue;
        m_ledger.remove(entry.id);
        ++dropped;
    }
    if (dropped > 0)
        m_onNotice(std::to_string(dropped) + " webhooks that waited before the restart are dropped: their target was "
                                             "removed, or they cannot be read");
}

void Dispatcher::accept(const std::string& appId, const WebhookEvent& event)
{
    for (auto& [name, target] : m_targets) {
        if (target.pipeline.settings().appId == appId)
            target.pipeline.accept(event);
    }
}

void Dispatcher::finish(const SendResult& result)
{
    const auto it = m_targets.find(result.target);
    if (it == m_targets.end())
        return;
    TargetPipeline& pipeline = it->second.pipeline;
    if (const auto attempt = pipeline.finish(result.request, isSuccess(result.answer)))
        record(pipeline.settings(), result.answer, *attempt);
}

void Dispatcher::record(const TargetSettings& settings, const TransportAnswer& answer,
                        const DeliveryQueue::Attempt& attempt)
{
    Delivery delivery{.at = m_clock.wall(),
                      .appId = settings.appId,
                      .target = shownUrl(settings.target.url),
                      .outcome = outcomeOf(attempt.verdict),
                      .status = answer.status,
                      .failure = withoutSecrets(answer.failure, settings.target, settings.secret),
                      .attempt = attempt.number,
                      .events = attempt.events,
                      .bytes = attempt.bytes,
                      .duration = attempt.duration};
    if (delivery.outcome == Delivery::Outcome::GivenUp) {
        const std::string last = answer.status != 0 ? "status " + std::to_string(answer.status) : delivery.failure;
        m_onNotice(std::to_string(attempt.events) + " webhook events for " + delivery.target + " are given up after " +
                   std::to_string(attempt.number) + " attempts; the last ended with: " + last);
    }
    m_log.add(std::move(delivery));
}

void Dispatcher::turn()
{
    for (auto& [name, target] : m_targets) {
        target.pipeline.advance();
        reportRefusals(target);
    }
    writeOutbox();
    for (auto& [name, target] : m_targets)
        send(name, target.pipeline);
}

void Dispatcher::send(const std::string& name, TargetPipeline& pipeline)
{
    while (auto outgoing = pipeline.start()) {
        m_transport.post(std::move(outgoing->request),
                         [onResult = m_onResult, name, id = outgoing->id](TransportAnswer answer) {
                             onResult({name, id, std::move(answer)});
                         });
    }
}

void Dispatcher::release()
{
    m_nextWrite = {}; // There may be no later turn.
    for (auto& [name, target] : m_targets)
        target.pipeline.release();
}

void Dispatcher::writeOutbox()
{
    const SteadyTime now = m_clock.steady();
    if (now < m_nextWrite)
        return;
    const auto written = m_ledger.write();
    if (written)
        return;
    m_nextWrite = now + writeRetryDelay;
    if (now < m_nextWriteReport)
        return;
    m_nextWriteReport = now + reportInterval;
    m_onNotice("webhooks that wait would not survive a restart: " + written.error().detail);
}

void Dispatcher::reportRefusals(Target& target)
{
    const SteadyTime now = m_clock.steady();
    const std::size_t refused = target.pipeline.refusedEvents();
    if (refused == target.reportedRefusals || now < target.nextReport)
        return;
    m_onNotice(std::to_string(refused - target.reportedRefusals) + " webhook events for " +
               shownUrl(target.pipeline.settings().target.url) + " are lost: too many wait for it");
    target.reportedRefusals = refused;
    target.nextReport = now + reportInterval;
}

std::optional<SteadyTime> Dispatcher::nextDue() const
{
    std::optional<SteadyTime> earliest;
    if (m_ledger.hasChanges())
        earliest = m_nextWrite;
    for (const auto& [name, target] : m_targets) {
        const auto due = target.pipeline.nextDue();
        if (due && (!earliest || *due < *earliest))
            earliest = due;
    }
    return earliest;
}

bool Dispatcher::isIdle() const
{
    return std::ranges::all_of(m_targets, [now = m_clock.steady()](const auto& target) {
        const auto due = target.second.pipeline.nextDue();
        return target.second.pipeline.queue().inFlight() == 0 && (!due || *due > now);
    });
}

std::vector<TargetStatus> Dispatcher::status() const
{
    std::vector<TargetStatus> result;
    for (const auto& [name, target] : m_targets) {
        const TargetPipeline& pipeline = target.pipeline;
        result.push_back({pipeline.settings().appId, shownUrl(pipeline.settings().target.url), pipeline.waitingEvents(),
                          pipeline.queue().inFlight(), pipeline.refusedEvents()});
    }
    return result;
}

} // namespace castdeck::webhook
