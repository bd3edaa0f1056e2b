#include "tests/bench/crowd.h"
#include "tests/bench/http_client.h"
#include "tests/bench/modes.h"

namespace castdeck::bench {

namespace {

constexpr double warmUpSeconds = 0.3;

/// Publishes events so that `inFlight` of them are under way.
class Fanout {
public:
    Fanout(Loop& loop, const Target& target, const FanoutOptions& options)
        : m_loop{loop}
        , m_target{target}
        , m_options{options}
        , m_crowd{loop, target, options.subscribers, options.inFlight, options.dataBytes}
        , m_publisher{loop, target, [] {}}
        , m_publishedAt(options.inFlight)
    {
        m_crowd.gather();
    }

    /// Publishes for that long, then waits until everything has arrived and all publishes are answered.
    void publishFor(double seconds);

    const Ledger& ledger() const { return m_crowd.ledger(); }
    /// From publishing to the last copy, for each event.
    std::vector<std::chrono::nanoseconds>& lastCopyTimes() { return m_lastCopyTimes; }

private:
    void noteCompleted();
    void publishUpToWindow();

    Loop& m_loop;
    const Target& m_target;
    const FanoutOptions& m_options;
    Crowd m_crowd;
    HttpClient m_publisher;
    std::uint64_t m_published = 0;
    std::uint64_t m_completed = 0;
    std::vector<Clock::time_point> m_publishedAt; ///< By event modulo its size.
    std::vector<std::chrono::nanoseconds> m_lastCopyTimes;
};

void Fanout::publishFor(double seconds)
{
    m_lastCopyTimes.clear();
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{seconds});
    publishUpToWindow();
    const auto isDone = [&] {
        noteCompleted();
        if (Clock::now() < end) {
            publishUpToWindow();
            return false;
        }
        return m_completed == m_published && m_publisher.answered() == m_published;
    };
    m_loop.runUntil(isDone, [this] { return ledger().deliveries(); }, "deliveries");
}

void Fanout::noteCompleted()
{
    if (m_completed == ledger().completed())
        return;
    const auto now = Clock::now();
    for (; m_completed < ledger().completed(); ++m_completed)
        m_lastCopyTimes.push_back(now - m_publishedAt[m_completed % m_options.inFlight]);
}

void Fanout::publishUpToWindow()
{
    while (m_published < m_completed + m_options.inFlight) {
        m_publisher.queue(signedEventRequest(m_target, eventData(m_published, m_options.dataBytes)));
        m_publishedAt[m_published++ % m_options.inFlight] = Clock::now();
    }
    m_publisher.flush();
}

} // namespace

Json runFanout(const Target& target, const FanoutOptions& options)
{
    Loop loop;
    Fanout fanout{loop, target, options};
    fanout.publishFor(warmUpSeconds);

    const auto deliveriesBefore = fanout.ledger().deliveries();
    const auto before = usageOf(target.processId);
    const auto start = Clock::now();
    fanout.publishFor(options.seconds);
    const auto elapsed = Clock::now() - start;
    const auto after = usageOf(target.processId);

    // One more event: a copy too many of the last one would be seen before it.
    const auto measured = fanout.ledger().deliveries() - deliveriesBefore;
    auto& times = fanout.lastCopyTimes();
    Json report{{"mode", "fanout"},
                {"subscribers", options.subscribers},
                {"dataBytes", options.dataBytes},
                {"inFlight", options.inFlight},
                {"events", times.size()},
                {"lastCopyMicroseconds", percentiles(times)}};
    addCost(report, measured, elapsed, before, after);
    fanout.publishFor(0);
    report["missing"] = fanout.ledger().missing();
    report["repeatedOrLate"] = fanout.ledger().repeatedOrLate();
    return report;
}

} // namespace castdeck::bench
