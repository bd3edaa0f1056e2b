#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/pending_report.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace castdeck::broadcast {

/// Joins what the parts of one call deliver into its report. A part is one connection's share, or one message of it.
///
/// Thread: parts are added by the caller; deliveries come from any thread.
class ReportBuilder : public std::enable_shared_from_this<ReportBuilder> {
public:
    ReportBuilder(std::shared_ptr<const Clock> clock, std::string event, std::size_t payloadBytes);

    /// The next part, with an entry for each of its channels. Those that are Sent so far are replaced, in their order,
    /// by what is delivered; the others stay. The function returned is to be called once.
    Driver::Done<Delivery> addPart(std::vector<Entry> plan);
    /// A part that is known already.
    void addEntries(std::vector<Entry> entries);
    /// No more parts follow. The report is complete when all deliveries have come.
    PendingReport finish();

private:
    void deliver(std::size_t part, Delivery delivery);
    void partDone();
    Report build();

    const std::shared_ptr<const Clock> m_clock;
    const SteadyTime m_start;
    const PendingReport m_pending;
    std::mutex m_mutex;     ///< Guards what follows.
    std::size_t m_open = 1; ///< Parts still out, and one for the caller until finish().
    Report m_report;
    std::vector<Delivery> m_parts;
};

} // namespace castdeck::broadcast
