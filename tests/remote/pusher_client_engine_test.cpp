#include "core/remote/pusher_client.h"

#include "tests/support/engine_fixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace castdeck;
using namespace castdeck::remote;
using castdeck::test::EngineFixture;
using State = PusherClient::State;

namespace {

hub::AppConfig appWithClientEvents()
{
    hub::AppConfig app = test::makeApp();
    app.allowsClientEvents = true;
    return app;
}

PusherEndpoint endpointOf(const EngineFixture& fixture)
{
    PusherEndpoint endpoint;
    endpoint.restHost = endpoint.socketHost = "127.0.0.1";
    endpoint.port = fixture.port();
    endpoint.usesTls = false;
    endpoint.appId = fixture.app().id;
    endpoint.key = fixture.app().key;
    endpoint.secret = fixture.app().secret;
    return endpoint;
}

ClientOptions optionsFor(const PusherEndpoint& endpoint, const std::string& user)
{
    const Member member{.id = user, .infoJson = R"({"name":")" + user + "\"}"};
    return {.url = endpoint.socketUrl(),
            .authorizeChannel = localChannelAuthorizer(endpoint, member),
            .authorizeUser = localUserAuthorizer(endpoint, member)};
}

} // namespace

/// Our client against our server: what one says, the other understands.
class PusherClientEngineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<EngineFixture>(appWithClientEvents());
        m_events.clear();
    }
    void everyKindOfChannelIsJoined_data();
    void everyKindOfChannelIsJoined();
    void aWrongSecretIsToldForItsChannel();
    void aWrongKeyIsFinal();
    void CL3_subscriptionsSurviveARestartOfTheServer();
    void presenceMembersAreSeenComingAndGoing();
    void clientEventsReachTheOthers();
    void aSignedInUserIsReached();
    void payloadsArriveByteForByte();

private:
    void record(PusherClient& client)
    {
        connect(&client, &PusherClient::eventReceived, this,
                [this](const ServerMessage& message) { m_events.push_back(message); });
    }
    const ServerMessage* event(const std::string& name) const
    {
        const auto it = std::ranges::find(m_events, name, &ServerMessage::event);
        return it == m_events.end() ? nullptr : &*it;
    }

    std::unique_ptr<EngineFixture> m_fixture;
    std::vector<ServerMessage> m_events;
};

void PusherClientEngineTest::everyKindOfChannelIsJoined_data()
{
    QTest::addColumn<QString>("channel");
    for (const char* name : {"a", "cache-a", "private-a", "private-cache-a", "private-encrypted-a",
                             "private-encrypted-cache-a", "presence-a", "presence-cache-a"})
        QTest::newRow(name) << name;
}

void PusherClientEngineTest::everyKindOfChannelIsJoined()
{
    QFETCH(QString, channel);
    PusherClient client{optionsFor(endpointOf(*m_fixture), "ann")};
    client.subscribe(channel.toStdString());
    client.connectToServer();
    QTRY_VERIFY(client.isSubscribed(channel.toStdString()));
    client.unsubscribe(channel.toStdString());
    QVERIFY(!client.isSubscribed(channel.toStdString()));
    QTRY_VERIFY(m_fixture->engine().snapshot()->channelCount == 0);
}

void PusherClientEngineTest::aWrongSecretIsToldForItsChannel()
{
    PusherEndpoint endpoint = endpointOf(*m_fixture);
    endpoint.secret = "wrong";
    PusherClient client{optionsFor(endpoint, "ann")};
    QSignalSpy failed{&client, &PusherClient::subscriptionFailed};
    QSignalSpy errors{&client, &PusherClient::errorReceived};
    client.subscribe("private-a");
    client.subscribe("news");
    client.connectToServer();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].toString(), "private-a");
    QTRY_VERIFY(client.isSubscribed("news"));
    QCOMPARE(errors.count(), 0);
    QCOMPARE(failed.count(), 1);
}

void PusherClientEngineTest::aWrongKeyIsFinal()
{
    PusherEndpoint endpoint = endpointOf(*m_fixture);
    endpoint.key = "nobody";
    PusherClient client{optionsFor(endpoint, "ann")};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Disconnected);
    QCOMPARE(lost[0][0].toInt(), 4001);
}

void PusherClientEngineTest::CL3_subscriptionsSurviveARestartOfTheServer()
{
    engine::EngineOptions options;
    options.apps = {m_fixture->app()};
    PusherClient client{optionsFor(endpointOf(*m_fixture), "ann")};
    record(client);
    client.subscribe("private-a");
    client.subscribe("presence-b");
    client.connectToServer();
    QTRY_VERIFY(client.isSubscribed("private-a") && client.isSubscribed("presence-b"));
    const std::string firstSocket = client.socketId();
    const std::uint16_t port = m_fixture->port();
    m_fixture->engine().stop(engine::StopReason::Restart);
    m_fixture->engine().waitStopped();
    QTRY_VERIFY(client.state() != State::Connected);
    m_fixture->engine().setListen("127.0.0.1", port);
    m_fixture->engine().start();
    QTRY_VERIFY_WITH_TIMEOUT(client.isSubscribed("private-a") && client.isSubscribed("presence-b"), 10'000);
    QVERIFY(client.socketId() != firstSocket);
    m_fixture->publish("private-a", "again", "{}");
    QTRY_VERIFY(event("again"));
}

void PusherClientEngineTest::presenceMembersAreSeenComingAndGoing()
{
    PusherClient ann{optionsFor(endpointOf(*m_fixture), "ann")};
    ann.subscribe("presence-a");
    ann.connectToServer();
    QTRY_VERIFY(ann.members("presence-a"));
    QCOMPARE(ann.members("presence-a")->all(), (std::map<std::string, std::string>{{"ann", R"({"name":"ann"})"}}));
    {
        PusherClient bob{optionsFor(endpointOf(*m_fixture), "bob")};
        bob.subscribe("presence-a");
        bob.connectToServer();
        QTRY_COMPARE(ann.members("presence-a")->all().size(), std::size_t{2});
        QTRY_VERIFY(bob.members("presence-a") && bob.members("presence-a")->all().contains("ann"));
    }
    QTRY_COMPARE(ann.members("presence-a")->all().size(), std::size_t{1});
}

void PusherClientEngineTest::clientEventsReachTheOthers()
{
    PusherClient ann{optionsFor(endpointOf(*m_fixture), "ann")};
    PusherClient bob{optionsFor(endpointOf(*m_fixture), "bob")};
    record(bob);
    for (PusherClient* client : {&ann, &bob}) {
        client->subscribe("presence-a");
        client->connectToServer();
        QTRY_VERIFY(client->isSubscribed("presence-a"));
    }
    QVERIFY(ann.trigger("presence-a", "client-wave", R"({"n":12345678901234567890})").has_value());
    QTRY_VERIFY(event("client-wave"));
    QCOMPARE(event("client-wave")->data, R"({"n":12345678901234567890})");
    QCOMPARE(event("client-wave")->userId, "ann");
}

void PusherClientEngineTest::aSignedInUserIsReached()
{
    PusherClient client{optionsFor(endpointOf(*m_fixture), "ann")};
    record(client);
    QSignalSpy signedIn{&client, &PusherClient::signedIn};
    client.signIn();
    client.subscribe("#server-to-user-ann");
    client.connectToServer();
    QTRY_COMPARE(signedIn.count(), 1);
    QTRY_VERIFY(client.isSubscribed("#server-to-user-ann"));
    m_fixture->publish("#server-to-user-ann", "note", R"({"n":1})");
    QTRY_VERIFY(event("note"));
}

void PusherClientEngineTest::payloadsArriveByteForByte()
{
    PusherClient client{optionsFor(endpointOf(*m_fixture), "ann")};
    record(client);
    client.subscribe("news");
    client.connectToServer();
    QTRY_VERIFY(client.isSubscribed("news"));
    const std::string data = "{ \"z\":1e400, \"a\" : \"\\u00e9 ü 😀 \\/\" }";
    m_fixture->publish("news", "App\\Events\\Ünï", data);
    QTRY_VERIFY(event("App\\Events\\Ünï"));
    QCOMPARE(event("App\\Events\\Ünï")->data, data);
}

QTEST_GUILESS_MAIN(PusherClientEngineTest)
#include "pusher_client_engine_test.moc"
