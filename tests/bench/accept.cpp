#include "tests/bench/modes.h"
#include "tests/bench/subscriber.h"

#include <algorithm>
#include <memory>

namespace castdeck::bench {

namespace {

/// Keeps some connections under way; each ends as soon as it is subscribed, and the next begins.
class Visitors : public SubscriberOwner {
public:
    Visitors(Loop& loop, const Target& target, const AcceptOptions& options)
        : m_loop{loop}
        , m_target{target}
        , m_options{options}
    {
        m_subscribers.reserve(options.connections);
    }

    void run()
    {
        while (m_subscribers.size() < std::min(m_options.connections, m_options.atOnce))
            addOne();
        m_loop.runUntil([this] { return m_left == m_options.connections; }, [this] { return m_left; }, "connections");
    }

    /// From connecting to being subscribed.
    std::vector<std::chrono::nanoseconds>& joinTimes() { return m_joinTimes; }

    void subscribed(Subscriber& subscriber) override
    {
        m_joinTimes.push_back(Clock::now() - subscriber.startedAt());
        subscriber.leave();
    }

    bool received(Subscriber&, std::string_view) override { return false; }

    void left(Subscriber&) override
    {
        ++m_left;
        if (m_subscribers.size() < m_options.connections)
            addOne();
    }

private:
    void addOne()
    {
        m_subscribers.push_back(std::make_unique<Subscriber>(m_loop, m_target, *this, m_subscribers.size()));
    }

    Loop& m_loop;
    const Target& m_target;
    const AcceptOptions& m_options;
    std::size_t m_left = 0;
    std::vector<std::chrono::nanoseconds> m_joinTimes;
    std::vector<std::unique_ptr<Subscriber>> m_subscribers; ///< Those that left as well: the loop may hold them.
};

} // namespace

Json runAccept(const Target& target, const AcceptOptions& options)
{
    Loop loop;
    Visitors visitors{loop, target, options};
    reserveDescriptors(options.atOnce + 64);

    const auto before = usageOf(target.processId);
    const auto start = Clock::now();
    visitors.run();
    const auto elapsed = Clock::now() - start;
    const auto after = usageOf(target.processId);

    Json report{
        {"mode", "accept"}, {"atOnce", options.atOnce}, {"joinMicroseconds", percentiles(visitors.joinTimes())}};
    addCost(report, options.connections, elapsed, before, after);
    return report;
}

} // namespace castdeck::bench
