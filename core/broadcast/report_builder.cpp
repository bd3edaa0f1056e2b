#include "core/broadcast/report_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace castdeck::broadcast {

namespace {

std::vector<Entry> merged(std::vector<Entry> plan, std::vector<Entry> delivered)
{
    auto next = delivered.begin();
    for (Entry& entry : plan) {
        if (entry.status != Status::Sent || next == delivered.end())
            continue;
        next->message = entry.message;
        entry = std::move(*next++);
    }
    return plan;
}

} // namespace

ReportBuilder::ReportBuilder(std::shared_ptr<const Clock> clock, std::string event, std::size_t payloadBytes)
    : m_clock{std::move(clock)}
    , m_start{m_clock->steady()}
{
    m_report.event = std::move(event);
    m_report.payloadBytes = payloadBytes;
    m_report.start = m_clock->wall();
}

Driver::Done<Delivery> ReportBuilder::addPart(std::vector<Entry> plan)
{
    const std::lock_guard lock{m_mutex};
    const std::size_t part = m_parts.size();
    m_parts.emplace_back();
    ++m_open;
    return [self = shared_from_this(), part, plan = std::move(plan)](Delivery delivery) mutable {
        self->deliver(part, {.entries = merged(std::move(plan), std::move(delivery.entries)),
                             .exchanges = std::move(delivery.exchanges)});
    };
}

void ReportBuilder::addEntries(std::vector<Entry> entries)
{
    const std::lock_guard lock{m_mutex};
    m_parts.push_back({.entries = std::move(entries), .exchanges = {}});
}

PendingReport ReportBuilder::finish()
{
    const PendingReport pending = m_pending;
    partDone();
    return pending;
}

void ReportBuilder::deliver(std::size_t part, Delivery delivery)
{
    {
        const std::lock_guard lock{m_mutex};
        m_parts[part] = std::move(delivery);
    }
    partDone();
}

void ReportBuilder::partDone()
{
    {
        const std::lock_guard lock{m_mutex};
        if (--m_open > 0)
            return;
    }
    m_pending.complete(build());
}

Report ReportBuilder::build()
{
    const std::lock_guard lock{m_mutex};
    for (Delivery& part : m_parts) {
        std::ranges::move(part.entries, std::back_inserter(m_report.entries));
        std::ranges::move(part.exchanges, std::back_inserter(m_report.exchanges));
    }
    m_report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock->steady() - m_start);
    if (m_report.entries.empty())
        m_report.note = "no channels";
    return std::move(m_report);
}

} // namespace castdeck::broadcast
