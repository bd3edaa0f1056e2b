#include "core/hub/gatekeeper.h"

#include "core/hub/client.h"
#include "tests/support/app.h"
#include "tests/support/fake_connection.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

namespace {

/// Refuses whoever came without the header X-Key, and notes what it was asked.
class KeyGatekeeper final : public hub::Gatekeeper {
public:
    bool asksAtHandshake() const noexcept override { return asksForAll; }
    bool asksForPublicChannels() const noexcept override { return asksForAll || asksForChannels; }
    bool mayConnect(const hub::Visitor& visitor) override
    {
        ++questions;
        return hasKey(visitor);
    }
    std::optional<std::string> refusalOf(const hub::Visitor& visitor, const std::string& channel) override
    {
        ++questions;
        last = std::string{visitor.appId} + " " + std::string{visitor.userId} + " " + channel;
        return hasKey(visitor) ? std::nullopt : std::optional{"no key for " + channel};
    }

    bool asksForAll = false;
    bool asksForChannels = false;
    int questions = 0;
    std::string last;

private:
    static bool hasKey(const hub::Visitor& visitor)
    {
        return visitor.handshake != nullptr && http::find(visitor.handshake->headers, "X-Key") != nullptr;
    }
};

/// One application, one shard, and clients that are greeted.
struct Server {
    Server() { (void)hub.setApps({makeApp()}); }

    std::vector<Message> connect(bool hasKey)
    {
        hub::Handshake handshake;
        handshake.path = "/app/app-key";
        handshake.query = "protocol=7";
        if (hasKey)
            handshake.headers.push_back({"X-Key", "any"});
        client = std::make_unique<hub::Client>(hub, shard, connection, handshake);
        client->open();
        return take();
    }
    std::vector<Message> subscribe(const std::string& channel)
    {
        client->receive(R"({"event":"pusher:subscribe","data":{"channel":")" + channel + "\"}}");
        return take();
    }
    std::vector<Message> take()
    {
        shard.drain();
        return connection.take();
    }

    ManualClock clock;
    KeyGatekeeper gatekeeper;
    hub::Hub hub{clock, nullptr, &gatekeeper};
    hub::Shard shard{0, [] {}};
    FakeConnection connection;
    std::unique_ptr<hub::Client> client;
};

} // namespace

class GatekeeperTest : public QObject {
    Q_OBJECT
private slots:
    void isNotAskedUntilItWants();
    void aConnectionIsRefusedWith4009();
    void aPublicChannelIsRefusedWithBothErrors();
    void whatNeedsASignatureIsNotItsBusiness();
    void theHandshakeIsKeptForLaterQuestions();
    void theHandshakeOfThoseWhoCameBeforeIsUnknown();
};

void GatekeeperTest::isNotAskedUntilItWants()
{
    Server server;
    QCOMPARE(server.connect(false).front().event(), std::string{"pusher:connection_established"});
    QCOMPARE(server.subscribe("news").front().event(), std::string{"pusher_internal:subscription_succeeded"});
    QCOMPARE(server.gatekeeper.questions, 0);
}

void GatekeeperTest::aConnectionIsRefusedWith4009()
{
    Server server;
    server.gatekeeper.asksForAll = true;
    const auto messages = server.connect(false);
    QCOMPARE(messages.size(), std::size_t{1});
    QCOMPARE(messages.front().code(), 4009);
    QCOMPARE(messages.front().payloadText("message"), std::string{"Connection is unauthorized"});
}

void GatekeeperTest::aPublicChannelIsRefusedWithBothErrors()
{
    Server server;
    server.gatekeeper.asksForChannels = true;
    server.connect(false);
    const auto messages = server.subscribe("news");
    QCOMPARE(messages.size(), std::size_t{2});
    QCOMPARE(messages[0].event() + " " + messages[0].channel(), std::string{"pusher:subscription_error news"});
    QCOMPARE(messages[0].data(), std::string{R"({"type":"AuthError","error":"no key for news","status":401})"});
    QCOMPARE(messages[1].event(), std::string{"pusher:error"});
    QCOMPARE(server.gatekeeper.last, std::string{"app  news"});
}

void GatekeeperTest::whatNeedsASignatureIsNotItsBusiness()
{
    Server server;
    server.gatekeeper.asksForChannels = true;
    server.connect(true);
    for (const char* channel : {"private-a", "presence-a", "private-encrypted-a", "#server-to-user-1"})
        QCOMPARE(server.subscribe(channel).front().event(), std::string{"pusher:subscription_error"});
    QCOMPARE(server.gatekeeper.questions, 0);
    server.subscribe("cache-a");
    QCOMPARE(server.gatekeeper.questions, 1);
}

void GatekeeperTest::theHandshakeIsKeptForLaterQuestions()
{
    Server server;
    server.gatekeeper.asksForChannels = true;
    server.connect(true);
    QCOMPARE(server.subscribe("news").front().event(), std::string{"pusher_internal:subscription_succeeded"});
}

void GatekeeperTest::theHandshakeOfThoseWhoCameBeforeIsUnknown()
{
    Server server;
    server.connect(true);
    server.gatekeeper.asksForChannels = true;
    QCOMPARE(server.subscribe("news").front().event(), std::string{"pusher:subscription_error"});
}

QTEST_APPLESS_MAIN(GatekeeperTest)
#include "gatekeeper_test.moc"
