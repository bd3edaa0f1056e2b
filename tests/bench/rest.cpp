#include "tests/bench/http_client.h"
#include "tests/bench/ledger.h"
#include "tests/bench/modes.h"

#include <deque>
#include <memory>

namespace castdeck::bench {

namespace {

constexpr double warmUpSeconds = 0.3;
constexpr std::size_t preparedRequests = 2'000;

/// Connections that keep `depth` requests under way each. The requests are signed beforehand and sent in turn.
class Publishers {
public:
    Publishers(Loop& loop, const Target& target, const RestOptions& options) : m_loop{loop}, m_options{options}
    {
        for (std::size_t i = 0; i < preparedRequests; ++i)
            m_requests.push_back(signedEventRequest(target, eventData(i, options.dataBytes)));
        for (std::size_t i = 0; i < options.connections; ++i)
            m_clients.push_back(std::make_unique<HttpClient>(loop, target, [this, i] { answered(i); }));
        m_startedAt.resize(options.connections);
    }

    void publishFor(double seconds);
    std::uint64_t answeredCount() const { return m_answered; }
    std::vector<std::chrono::nanoseconds>& answerTimes() { return m_answerTimes; }

private:
    void sendOne(std::size_t client);
    void answered(std::size_t client);

    Loop& m_loop;
    const RestOptions& m_options;
    bool m_isPublishing = false;
    std::uint64_t m_sent = 0;
    std::uint64_t m_answered = 0;
    std::vector<std::string> m_requests;
    std::vector<std::unique_ptr<HttpClient>> m_clients;
    std::vector<std::deque<Clock::time_point>> m_startedAt; ///< By connection, oldest first.
    std::vector<std::chrono::nanoseconds> m_answerTimes;
};

void Publishers::publishFor(double seconds)
{
    m_answerTimes.clear();
    m_isPublishing = true;
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{seconds});
    for (std::size_t client = 0; client < m_clients.size(); ++client) {
        for (std::size_t i = 0; i < m_options.depth; ++i)
            sendOne(client);
        m_clients[client]->flush();
    }
    const auto isDone = [&] {
        m_isPublishing = Clock::now() < end;
        return !m_isPublishing && m_answered == m_sent;
    };
    m_loop.runUntil(isDone, [this] { return m_answered; }, "answers");
}

void Publishers::sendOne(std::size_t client)
{
    m_clients[client]->queue(m_requests[m_sent++ % m_requests.size()]);
    m_startedAt[client].push_back(Clock::now());
}

void Publishers::answered(std::size_t client)
{
    ++m_answered;
    m_answerTimes.push_back(Clock::now() - m_startedAt[client].front());
    m_startedAt[client].pop_front();
    if (m_isPublishing)
        sendOne(client);
}

} // namespace

Json runRest(const Target& target, const RestOptions& options)
{
    Loop loop;
    Publishers publishers{loop, target, options};
    publishers.publishFor(warmUpSeconds);

    const auto answeredBefore = publishers.answeredCount();
    const auto before = usageOf(target.processId);
    const auto start = Clock::now();
    publishers.publishFor(options.seconds);
    const auto elapsed = Clock::now() - start;
    const auto after = usageOf(target.processId);

    Json report{{"mode", "rest"},
                {"connections", options.connections},
                {"depth", options.depth},
                {"dataBytes", options.dataBytes},
                {"answerMicroseconds", percentiles(publishers.answerTimes())}};
    addCost(report, publishers.answeredCount() - answeredBefore, elapsed, before, after);
    return report;
}

} // namespace castdeck::bench
