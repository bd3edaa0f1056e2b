#include "core/base/crypto.h"
#include "core/store/outbox_file.h"
#include "core/webhook/webhook_event.h"
#include "tests/app/cli_runner.h"
#include "tests/core/webhook/http_receiver.h"
#include "tests/support/app.h"
#include "tests/support/pusher_client.h"

#include <QTest>

#include <algorithm>
#include <csignal>
#include <iterator>
#include <map>

using namespace castdeck;
using namespace castdeck::test;

/// Reliability, Q6: the program itself, killed outright while its receiver is away, with sockets and files.
class CliWebhookTest : public QObject {
    Q_OBJECT
private slots:
    void Q6_WH8_everyEventArrivesInOrderThoughTheServerWasKilled();
    void whatWaitsForAWebhookThatAReloadAddedSurvivesAsWell();
};

namespace {

constexpr int channels = 5;
constexpr int perRound = 6;                             ///< Client events of a channel.
constexpr int toldInARound = channels * (1 + perRound); ///< With the occupation of each.

hub::AppConfig servedApp()
{
    hub::AppConfig app = makeApp();
    app.secret = marker;
    return app;
}

QByteArray configurationWith(const std::string& webhooks)
{
    const std::string app = R"("app_id":")" + servedApp().id + R"(","client":")" + servedApp().key + R"(","secret":")" +
                            servedApp().secret + "\"";
    return QByteArray::fromStdString(R"({"server":{"apps":[{)" + app +
                                     R"(,"client_events":true,"limits":{"client_events_per_second":1000})" + webhooks +
                                     "}]}}");
}

QByteArray configuration(std::uint16_t hookPort)
{
    return configurationWith(R"(,"webhooks":[{"url":"http://127.0.0.1:)" + std::to_string(hookPort) + R"(/hook"}])");
}

/// What the outbox holds, whoever writes it at the moment; -1 when it cannot be read. Without batches every entry is
/// one event.
int waitingIn(const CliRunner& cli)
{
    std::string notice;
    auto outbox = store::OutboxFile::open((cli.folder() + "/broadcasting.webhooks.db").toStdString(), notice);
    const auto rows = outbox ? outbox->load() : outbox.error();
    return rows ? static_cast<int>(rows->size()) : -1;
}

std::uint16_t portOf(const ServeProcess& server)
{
    return server.port().toUShort();
}

/// No signal handler, no destructor, nothing is flushed.
void killOutright(ServeProcess& server)
{
    server.process().kill();
    server.process().waitForFinished();
}

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

void CliWebhookTest::Q6_WH8_everyEventArrivesInOrderThoughTheServerWasKilled()
{
    Requests received;
    auto receiver = std::make_unique<HttpReceiver>();
    const std::uint16_t hookPort = receiver->port();
    receiver->answerWith(500);
    const CliRunner cli;
    cli.writeFile("broadcasting.json", configuration(hookPort));

    // Some requests are refused, then the receiver is gone, and then the server.
    auto server = std::make_unique<ServeProcess>(cli);
    QVERIFY(portOf(*server) != 0);
    {
        const auto client = tellARound(portOf(*server), 0);
        QTRY_COMPARE_WITH_TIMEOUT(waitingIn(cli), toldInARound, 10'000);
        QTRY_VERIFY(!receiver->received().empty());
        append(received, *receiver);
        receiver.reset();
        killOutright(*server);
    }

    // Its successor knows what waits, and has more to tell while nobody listens.
    server = std::make_unique<ServeProcess>(cli);
    QVERIFY(portOf(*server) != 0);
    {
        const auto client = tellARound(portOf(*server), 1);
        QTRY_COMPARE_WITH_TIMEOUT(waitingIn(cli), 2 * toldInARound, 10'000);
        receiver = std::make_unique<HttpReceiver>(hookPort);
        QCOMPARE(receiver->port(), hookPort);
        // It is killed in the midst of its deliveries, one of which has arrived without an answer.
        receiver->hangAfter(10);
        QTRY_VERIFY_WITH_TIMEOUT(receiver->received().size() > 10, 20'000);
        killOutright(*server);
        receiver->letGo();
    }

    server = std::make_unique<ServeProcess>(cli);
    QTRY_COMPARE_WITH_TIMEOUT(waitingIn(cli), 0, 30'000);
    append(received, *receiver);
    QCOMPARE(countOf(received), 2 * toldInARound);
    checkOrder(received);
    QVERIFY(received.size() > std::size_t{2 * toldInARound}); // Those that were refused came again, with their bytes.
    for (const HttpReceiver::Received& request : received)
        QCOMPARE(*request.header("X-Pusher-Signature"), hmacSha256Hex(servedApp().secret, request.body));
}

void CliWebhookTest::whatWaitsForAWebhookThatAReloadAddedSurvivesAsWell()
{
    auto receiver = std::make_unique<HttpReceiver>();
    const std::uint16_t hookPort = receiver->port();
    receiver.reset(); // Nobody listens there for now.
    const CliRunner cli;
    cli.writeFile("broadcasting.json", configurationWith({}));
    auto server = std::make_unique<ServeProcess>(cli);
    QVERIFY(portOf(*server) != 0);
    cli.writeFile("broadcasting.json", configuration(hookPort));
    ::kill(static_cast<pid_t>(server->process().processId()), SIGHUP);
    QTRY_VERIFY(server->err().contains("configuration read again"));
    {
        const auto client = tellARound(portOf(*server), 0);
        QTRY_COMPARE_WITH_TIMEOUT(waitingIn(cli), toldInARound, 10'000);
        killOutright(*server);
    }
    receiver = std::make_unique<HttpReceiver>(hookPort);
    QCOMPARE(receiver->port(), hookPort);
    server = std::make_unique<ServeProcess>(cli);
    QTRY_COMPARE_WITH_TIMEOUT(countOf(receiver->received()), toldInARound, 30'000);
}

QTEST_GUILESS_MAIN(CliWebhookTest)
#include "cli_webhook_test.moc"
