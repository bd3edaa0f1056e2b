#include "core/base/crypto.h"
#include "core/engine/stored_outbox.h"
#include "core/webhook/webhook_event.h"
#include "tests/core/webhook/http_receiver.h"
#include "tests/core/webhook/socket_transport.h"
#include "tests/support/engine_fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <iostream>
#include <iterator>
#include <map>

using namespace castdeck;
using namespace castdeck::test;

/// Reliability, Q6: a server that is killed outright while its receiver is away, with real processes, sockets and
/// files. This program is also that server.
class WebhookKillTest : public QObject {
    Q_OBJECT
private slots:
    void Q6_WH8_everyEventArrivesInOrderThoughTheServerWasKilled();
};

namespace {

constexpr int channels = 5;
constexpr int perRound = 6;                             ///< Client events of a channel.
constexpr int toldInARound = channels * (1 + perRound); ///< With the occupation of each.

hub::AppConfig servedApp()
{
    hub::AppConfig app = makeApp();
    app.allowsClientEvents = true;
    app.limits.clientEventsPerSecond = 1'000;
    return app;
}

/// Prints the port, and for each line that it reads the number of events that wait and are in the file.
int serve(const char* outboxPath, const char* url)
{
    std::string notice;
    auto file = store::OutboxFile::open(outboxPath, notice);
    if (!file)
        return 1;
    const hub::AppConfig app = servedApp();
    engine::EngineOptions options;
    options.apps = {app};
    options.webhooks = {{app.id, app.key, app.secret, {{.id = {}, .url = url}}}};
    options.webhookTransport = std::make_shared<SocketTransport>();
    options.webhookOutbox = std::make_shared<engine::StoredOutbox>(std::move(*file));
    EngineFixture fixture{options};
    std::cout << fixture.port() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        const auto status = fixture.engine().webhookStatus(); // Told after the file was written.
        std::cout << (status.empty() ? 0 : status.front().waitingEvents) << std::endl;
    }
    return 0;
}

class ServerProcess {
public:
    ServerProcess(const QString& outboxPath, std::uint16_t hookPort)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(),
                        {"--serve", outboxPath, QStringLiteral("http://127.0.0.1:%1/hook").arg(hookPort)});
        m_port = static_cast<std::uint16_t>(readNumber());
    }
    ~ServerProcess() { kill(); }

    /// No signal handler, no destructor, nothing is flushed.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    std::uint16_t port() const { return m_port; } ///< 0 when it did not come up.
    int waiting()
    {
        m_process.write("?\n");
        return readNumber();
    }

private:
    /// -1 when none comes.
    int readNumber()
    {
        const bool isThere = QTest::qWaitFor([this] { return m_process.canReadLine(); }, 10'000);
        return isThere ? m_process.readLine().trimmed().toInt() : -1;
    }

    QProcess m_process;
    std::uint16_t m_port = 0;
};

/// A client takes every channel and says something on each; it stays there until it ends.
PusherClient tellARound(std::uint16_t port, int round)
{
    PusherClient client{port, servedApp()};
    for (int channel = 0; channel < channels; ++channel)
        client.join("private-" + std::to_string(channel));
    for (int number = round * perRound; number < (round + 1) * perRound; ++number) {
        for (int channel = 0; channel < channels; ++channel)
            client.send("client-" + std::to_string(number), "{}", "private-" + std::to_string(channel));
    }
    return client;
}

using Requests = std::vector<HttpReceiver::Received>;

void append(Requests& all, const HttpReceiver& receiver)
{
    std::ranges::move(receiver.received(), std::back_inserter(all));
}

/// The distinct bodies of each channel, in the order in which they came first.
std::map<std::string, std::vector<std::string>> bodiesByChannel(const Requests& requests)
{
    std::map<std::string, std::vector<std::string>> bodies;
    for (const HttpReceiver::Received& request : requests) {
        const auto events = webhook::parseBody(request.body);
        if (!events || events->size() != 1)
            continue;
        auto& known = bodies[events->front().channel];
        if (std::ranges::find(known, request.body) == known.end())
            known.push_back(request.body);
    }
    return bodies;
}

int countOf(const Requests& requests)
{
    std::size_t count = 0;
    for (const auto& [channel, bodies] : bodiesByChannel(requests))
        count += bodies.size();
    return static_cast<int>(count);
}

/// Two rounds on each channel, and nothing stands in two different bodies.
void checkOrder(const Requests& requests)
{
    const auto all = bodiesByChannel(requests);
    QCOMPARE(all.size(), std::size_t{channels});
    for (const auto& [channel, bodies] : all) {
        QCOMPARE(bodies.size(), std::size_t{2 * (1 + perRound)});
        for (int i = 0, number = 0; i < static_cast<int>(bodies.size()); ++i) {
            const bool isOccupation = i % (1 + perRound) == 0;
            const std::string wanted =
                isOccupation ? R"("name":"channel_occupied")" : R"("event":"client-)" + std::to_string(number++) + "\"";
            const std::string& body = bodies[static_cast<std::size_t>(i)];
            QVERIFY2(body.find(wanted) != std::string::npos, body.c_str());
        }
    }
}

} // namespace

void WebhookKillTest::Q6_WH8_everyEventArrivesInOrderThoughTheServerWasKilled()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("outbox.db");
    Requests received;
    auto receiver = std::make_unique<HttpReceiver>();
    const std::uint16_t hookPort = receiver->port();
    receiver->answerWith(500);

    // Some requests are refused, then the receiver is gone, and then the server.
    auto server = std::make_unique<ServerProcess>(path, hookPort);
    QVERIFY(server->port() != 0);
    {
        const auto client = tellARound(server->port(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(server->waiting(), toldInARound, 10'000);
        QTRY_VERIFY(!receiver->received().empty());
        append(received, *receiver);
        receiver.reset();
        server->kill();
    }

    // Its successor knows what waits, and has more to tell while nobody listens.
    server = std::make_unique<ServerProcess>(path, hookPort);
    QVERIFY(server->port() != 0);
    {
        const auto client = tellARound(server->port(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(server->waiting(), 2 * toldInARound, 10'000);
        receiver = std::make_unique<HttpReceiver>(hookPort);
        QCOMPARE(receiver->port(), hookPort);
        // It is killed in the midst of its deliveries, one of which has arrived without an answer.
        receiver->hangAfter(10);
        QTRY_VERIFY_WITH_TIMEOUT(receiver->received().size() > 10, 20'000);
        server->kill();
        receiver->letGo();
    }

    server = std::make_unique<ServerProcess>(path, hookPort);
    QTRY_COMPARE_WITH_TIMEOUT(server->waiting(), 0, 30'000);
    append(received, *receiver);
    QCOMPARE(countOf(received), 2 * toldInARound);
    checkOrder(received);
    QVERIFY(received.size() > std::size_t{2 * toldInARound}); // Those that were refused came again, with their bytes.
    for (const HttpReceiver::Received& request : received)
        QCOMPARE(*request.header("X-Pusher-Signature"), hmacSha256Hex(servedApp().secret, request.body));
}

int main(int argc, char* argv[])
{
    if (argc == 4 && std::string_view{argv[1]} == "--serve")
        return serve(argv[2], argv[3]);
    const QCoreApplication application{argc, argv};
    WebhookKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "webhook_kill_test.moc"
