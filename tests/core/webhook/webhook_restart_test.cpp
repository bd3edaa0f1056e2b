#include "core/webhook/webhook_service.h"

#include "core/base/crypto.h"
#include "core/engine/stored_outbox.h"
#include "tests/core/webhook/dispatcher_fixture.h"
#include "tests/core/webhook/http_receiver.h"
#include "tests/core/webhook/socket_transport.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using engine::StoredOutbox;
using test::HttpReceiver;
using test::makeAppWebhooks;
using test::SocketTransport;

/// A receiver that is down for two minutes, while the server is ended and started again: with real sockets and a real
/// file, and with a clock that runs as fast as the test wants.
class WebhookRestartTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void Q6_everyEventArrivesInOrderThoughReceiverAndServerWereDown_data();
    void Q6_everyEventArrivesInOrderThoughReceiverAndServerWereDown();
};

namespace {

/// Thread: any.
class FastClock final : public Clock {
public:
    SteadyTime steady() const override { return SteadyTime{1h} + m_passed.load(); }
    WallTime wall() const override { return WallTime{1'700'000'000s} + m_passed.load(); }
    void advance(std::chrono::milliseconds time) { m_passed = m_passed.load() + time; }

private:
    std::atomic<std::chrono::milliseconds> m_passed{0ms};
};

/// The outbox and the transport of a server that can be killed: from then on nothing reaches the disk or the wire.
class Mortal final : public Outbox, public Transport {
public:
    explicit Mortal(const std::string& path) : m_outbox{*store::OutboxFile::open(path, m_notice)} {}

    void kill() { m_isDead = true; }

    Result<std::vector<OutboxEntry>> load() override { return m_outbox.load(); }
    Result<void> write(const OutboxChange& change) override
    {
        return m_isDead ? Result<void>{} : m_outbox.write(change);
    }
    void post(TransportRequest request, Done done) override
    {
        if (!m_isDead)
            m_transport.post(std::move(request), std::move(done));
    }

private:
    std::atomic<bool> m_isDead{false};
    std::string m_notice;
    StoredOutbox m_outbox;
    SocketTransport m_transport;
};

/// The server, as far as webhooks go. It never ends but by being killed.
class Server {
public:
    Server(const AppWebhooks& app, const Clock& clock, const std::string& path)
        : m_mortal{path}
        , m_service{{app}, clock, m_mortal, m_mortal, [](const std::string&) {}}
    {
    }
    ~Server()
    {
        m_mortal.kill();
        m_service.stop(0s);
    }

    WebhookService& service() { return m_service; }

    void tell(int channel, std::size_t number)
    {
        const std::string name = "private-" + std::to_string(channel);
        const std::string event = "client-" + std::to_string(number);
        m_service.record({.kind = hub::FactKind::ClientEvent,
                          .appId = "app",
                          .channel = name,
                          .event = event,
                          .socketId = "1.1",
                          .dataLiteral = "\"\""});
    }

private:
    Mortal m_mortal;
    WebhookService m_service;
};

using Received = std::vector<HttpReceiver::Received>;

std::vector<WebhookEvent> eventsIn(const HttpReceiver::Received& request)
{
    return parseBody(request.body).value_or(std::vector<WebhookEvent>{});
}

/// The events of each channel, in the order in which they came first.
std::map<std::string, std::vector<std::string>> ledgerOf(const Received& received)
{
    std::map<std::string, std::vector<std::string>> ledger;
    std::set<std::string> seen;
    for (const HttpReceiver::Received& request : received) {
        for (const WebhookEvent& event : eventsIn(request)) {
            if (seen.insert(event.json).second)
                ledger[event.channel].push_back(event.json);
        }
    }
    return ledger;
}

std::size_t countOf(const Received& received)
{
    std::size_t count = 0;
    for (const auto& [channel, events] : ledgerOf(received))
        count += events.size();
    return count;
}

constexpr int channels = 5;
constexpr std::size_t perRound = 6; ///< Events of each channel.
constexpr std::size_t eventsOfRound = channels * perRound;

/// A server and its receiver, both of which come and go.
struct Scenario {
    explicit Scenario(bool isBatching) : receiver{std::make_unique<HttpReceiver>()}, port{receiver->port()}
    {
        app.targets.front().url = "http://127.0.0.1:" + std::to_string(port) + "/hook";
        app.targets.front().isBatching = isBatching;
        startServer();
    }

    void startServer() { server = std::make_unique<Server>(app, clock, folder.filePath("outbox.db").toStdString()); }
    void tellARound()
    {
        for (std::size_t number = rounds * perRound; number < (rounds + 1) * perRound; ++number) {
            for (int channel = 0; channel < channels; ++channel)
                server->tell(channel, number);
        }
        ++rounds;
    }
    std::size_t waiting() const
    {
        const auto status = server->service().status();
        return status.empty() ? 0 : status.front().waitingEvents;
    }
    Received received() const
    {
        Received all = receivedBefore;
        const Received more = receiver ? receiver->received() : Received{};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    void stopReceiver()
    {
        receivedBefore = received();
        receiver.reset();
    }
    /// While time goes on.
    bool waitFor(const std::function<bool()>& condition)
    {
        return QTest::qWaitFor(
            [&] {
                clock.advance(100ms);
                return condition();
            },
            30'000);
    }
    void passAMinute()
    {
        for (int second = 0; second < 60; second += 2) {
            const std::size_t before = server->service().deliveriesAfter(0).size();
            clock.advance(2s);
            // Time for the attempts that are due, if there are any.
            (void)QTest::qWaitFor([&] { return server->service().deliveriesAfter(0).size() > before; }, 120);
        }
    }

    QTemporaryDir folder;
    FastClock clock;
    AppWebhooks app = makeAppWebhooks();
    std::unique_ptr<HttpReceiver> receiver;
    std::uint16_t port;
    Received receivedBefore;
    std::size_t rounds = 0;
    std::unique_ptr<Server> server;
};

void checkOrder(const Received& received, std::size_t perChannel)
{
    const auto ledger = ledgerOf(received);
    QCOMPARE(ledger.size(), std::size_t{channels});
    for (const auto& [channel, events] : ledger) {
        QCOMPARE(events.size(), perChannel);
        for (std::size_t number = 0; number < events.size(); ++number) {
            const std::string wanted = "\"event\":\"client-" + std::to_string(number) + "\"";
            QVERIFY2(events[number].find(wanted) != std::string::npos, events[number].c_str());
        }
    }
}

/// An event stands in one body only, however often that was sent, and every signature fits.
void checkBytes(const Received& received)
{
    std::map<std::string, std::string> bodyOfEvent;
    std::size_t repeated = 0;
    for (const HttpReceiver::Received& request : received) {
        QCOMPARE(*request.header("X-Pusher-Signature"), hmacSha256Hex("marker-secret", request.body));
        QCOMPARE(*request.header("Content-Type"), "application/json");
        for (const WebhookEvent& event : eventsIn(request)) {
            const auto [it, isFirst] = bodyOfEvent.emplace(event.json, request.body);
            QCOMPARE(request.body, it->second);
            repeated += isFirst ? 0U : 1U;
        }
    }
    QVERIFY(repeated > 0);
}

} // namespace

void WebhookRestartTest::Q6_everyEventArrivesInOrderThoughReceiverAndServerWereDown_data()
{
    QTest::addColumn<bool>("isBatching");
    QTest::newRow("WH8 one by one") << false;
    QTest::newRow("WH8 in batches") << true;
}

void WebhookRestartTest::Q6_everyEventArrivesInOrderThoughReceiverAndServerWereDown()
{
    QFETCH(bool, isBatching);
    Scenario scenario{isBatching};
    // Some events arrive; then the receiver answers with errors, and then it is gone.
    scenario.tellARound();
    QVERIFY(scenario.waitFor([&] { return countOf(scenario.received()) == eventsOfRound && scenario.waiting() == 0; }));
    scenario.receiver->answerWith(500);
    scenario.tellARound();
    QVERIFY(scenario.waitFor([&] { return countOf(scenario.received()) > eventsOfRound; }));
    scenario.stopReceiver();

    // A minute later the server is killed, and started again while the receiver is still away.
    scenario.tellARound();
    scenario.passAMinute();
    QTRY_COMPARE(scenario.waiting(), 2 * eventsOfRound);
    scenario.server.reset();
    scenario.startServer();
    QTRY_COMPARE(scenario.waiting(), 2 * eventsOfRound);
    scenario.tellARound();
    scenario.passAMinute();

    scenario.receiver = std::make_unique<HttpReceiver>(scenario.port);
    QCOMPARE(scenario.receiver->port(), scenario.port);
    QVERIFY(
        scenario.waitFor([&] { return countOf(scenario.received()) == 4 * eventsOfRound && scenario.waiting() == 0; }));
    checkOrder(scenario.received(), 4 * perRound);
    checkBytes(scenario.received());
}

QTEST_GUILESS_MAIN(WebhookRestartTest)
#include "webhook_restart_test.moc"
