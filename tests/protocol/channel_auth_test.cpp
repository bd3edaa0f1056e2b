#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// What a hostile or confused page can put into the auth of a subscribe message.
class ChannelAuthTest : public QObject {
    Q_OBJECT
private slots:
    void A9_authMadeForAnotherSocketOrChannelIsRefused_data();
    void A9_authMadeForAnotherSocketOrChannelIsRefused();
    void A10_malformedAuthIsRefused_data();
    void A10_malformedAuthIsRefused();
    void theSignedTextCannotBeSplitDifferently();
};

void ChannelAuthTest::A9_authMadeForAnotherSocketOrChannelIsRefused_data()
{
    QTest::addColumn<std::string>("socketId"); // Empty stands for the right one.
    QTest::addColumn<std::string>("channel");
    QTest::newRow("another socket") << std::string{"1.1"} << std::string{"private-x"};
    QTest::newRow("another channel") << std::string{} << std::string{"private-y"};
    QTest::newRow("the channel in upper case") << std::string{} << std::string{"private-X"};
    QTest::newRow("a longer channel") << std::string{} << std::string{"private-xx"};
}

void ChannelAuthTest::A9_authMadeForAnotherSocketOrChannelIsRefused()
{
    QFETCH(std::string, socketId);
    QFETCH(std::string, channel);
    EngineFixture server;
    PusherClient client = server.connect();
    client.subscribeWith("private-x",
                         channelAuth(client.app(), socketId.empty() ? client.socketId() : socketId, channel));
    client.expectRefusal("private-x", "AuthError", 401);
    QCOMPARE(server.publish("private-x", "e", "").status, 200);
    client.expectSilence();
}

void ChannelAuthTest::A10_malformedAuthIsRefused_data()
{
    QTest::addColumn<std::string>("auth"); // GOOD stands for the right signature.
    for (const char* auth : {"GOOD", "app-keyGOOD", "app-key:GOOD:", "app-key:GOOD:GOOD", "app-key::GOOD", ":GOOD",
                             "app-key:", ":", "app-key:GOOD ", " app-key:GOOD", "other-key:GOOD"})
        QTest::newRow(auth) << std::string{auth};
    QTest::newRow("10 KiB") << std::string(10'240, 'a');
    QTest::newRow("10 KiB behind the right signature") << "app-key:GOOD" + std::string(10'240, 'a');
    QTest::newRow("10 KiB of colons") << std::string(10'240, ':');
}

void ChannelAuthTest::A10_malformedAuthIsRefused()
{
    QFETCH(std::string, auth);
    EngineFixture server;
    PusherClient client = server.connect();
    const std::string good =
        channelAuth(client.app(), client.socketId(), "private-x").substr(client.app().key.size() + 1);
    for (auto at = auth.find("GOOD"); at != std::string::npos; at = auth.find("GOOD"))
        auth.replace(at, 4, good);
    client.subscribeWith("private-x", auth);
    const Message refusal = client.expectRefusal("private-x", "AuthError", 401);
    QVERIFY2(refusal.text.find(good) == std::string::npos, "the refusal gives the right signature away");
    client.expectSilence();
}

void ChannelAuthTest::theSignedTextCannotBeSplitDifferently()
{
    // "SOCKET:presence-x:{...}" was signed; the same text with another division must not pass.
    EngineFixture server;
    PusherClient client = server.connect();
    const std::string data = memberData("u-1");
    const std::string auth = channelAuth(client.app(), client.socketId(), "presence-x", data);
    client.subscribeWith("presence-x:" + data, auth);
    client.expectEvent("pusher:subscription_error");
    client.expectError(std::nullopt);
    client.subscribeWith("presence-x", auth);
    client.expectRefusal("presence-x", "AuthError", 401);
    client.subscribeWith("presence-x", auth, data);
    client.expectEvent("pusher_internal:subscription_succeeded", "presence-x");
}

QTEST_GUILESS_MAIN(ChannelAuthTest)
#include "channel_auth_test.moc"
