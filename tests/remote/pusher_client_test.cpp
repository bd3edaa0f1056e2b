#include "core/remote/pusher_client.h"

#include "tests/remote/scripted_server.h"

#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace castdeck;
using namespace castdeck::remote;
using castdeck::test::ScriptedServer;
using namespace std::chrono_literals;
using State = PusherClient::State;

namespace {

/// Signs with a name that shows what was asked: "socket/channel".
ChannelAuthorizer echoAuthorizer()
{
    return [](const std::string& socketId, const std::string& channel, const auto& done) {
        ChannelAuth auth;
        auth.auth = "key:" + socketId + "/" + channel;
        if (channel.starts_with("presence-"))
            auth.channelData = R"({"user_id":"me"})";
        done(std::move(auth));
    };
}

ClientOptions optionsFor(const ScriptedServer& server, ClientTimes times = {})
{
    return {
        .url = server.url(), .authorizeChannel = echoAuthorizer(), .authorizeUser = {}, .trusted = {}, .times = times};
}

QString dataMember(const QJsonObject& message, const char* name)
{
    return message["data"].toObject()[QLatin1String{name}].toString();
}

} // namespace

class PusherClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theGreetingMakesItConnected();
    void anythingBeforeTheGreetingIsIgnored();
    void CL1_itComesBackAtOnceOn4200();
    void CL1_itComesBackAfterASecondOn4100();
    void CL1_itStaysAwayAfter4001();
    void CL1_aRefusalWithoutCloseFrameCountsByItsCode();
    void CL2_on4000ItChangesToTls();
    void CL3_everyChannelIsAuthorisedAgainForTheNewSocket();
    void CL4_theTimesAreThoseOfTheProtocol();
    void CL4_itPingsAfterTheShorterIdleTime_data();
    void CL4_itPingsAfterTheShorterIdleTime();
    void CL4_aSilentServerIsLeftAndCalledAgain();
    void CL4_anyMessageInTheWindowKeepsTheConnection();
    void CL5_bothFormsOfASubscriptionAnswerAreAccepted_data();
    void CL5_bothFormsOfASubscriptionAnswerAreAccepted();
    void CL5_everyFormOfAFailedSubscriptionIsNoticed_data();
    void CL5_everyFormOfAFailedSubscriptionIsNoticed();
    void CL6_clientEventsAreRefusedLocally_data();
    void CL6_clientEventsAreRefusedLocally();
    void CL7_itIsUnavailableWhenTryingTakesTooLong();
    void anErrorThatFollowsASubscriptionErrorHitsNoOtherChannel();
    void aFailedSubscriptionCanBeAskedForAgain();
    void pingsAreAnswered();
    void aLateAuthorisationForAnEarlierSocketIsThrownAway();
    void aDisconnectByTheUserIsFinal();
    void whoHearsOfTheConnectionMayEndItAtOnce();
    void unknownEventsAndBrokenMessagesDoNoHarm();
};

void PusherClientTest::theGreetingMakesItConnected()
{
    const ScriptedServer server;
    PusherClient client{optionsFor(server)};
    QCOMPARE(client.state(), State::Initialized);
    client.connectToServer();
    QCOMPARE(client.state(), State::Connecting);
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(client.socketId(), "1.1");
}

void PusherClientTest::anythingBeforeTheGreetingIsIgnored()
{
    ScriptedServer server;
    server.onClient([](QWebSocket* socket) {
        socket->sendTextMessage(R"({"event":"news","channel":"a","data":"{}"})");
        socket->sendTextMessage(ScriptedServer::greeting("2.2"));
    });
    PusherClient client{optionsFor(server)};
    QSignalSpy events{&client, &PusherClient::eventReceived};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(client.socketId(), "2.2");
    QCOMPARE(events.count(), 0);
}

void PusherClientTest::CL1_itComesBackAtOnceOn4200()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    const auto start = std::chrono::steady_clock::now();
    server.close(4200);
    QTRY_COMPARE(server.clients(), 2);
    QVERIFY(std::chrono::steady_clock::now() - start < 800ms);
    QTRY_COMPARE(client.state(), State::Connected);
}

void PusherClientTest::CL1_itComesBackAfterASecondOn4100()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    const auto start = std::chrono::steady_clock::now();
    server.close(4100, "over capacity");
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost[0][0].toInt(), 4100);
    QCOMPARE(lost[0][1].toString(), "over capacity");
    QVERIFY(lost[0][2].toBool());
    QTRY_COMPARE(server.clients(), 2);
    QVERIFY(std::chrono::steady_clock::now() - start >= 1s);
}

void PusherClientTest::CL1_itStaysAwayAfter4001()
{
    ScriptedServer server;
    server.onClient([](QWebSocket* socket) {
        socket->sendTextMessage(R"({"event":"pusher:error","data":{"code":4001,"message":"no such app"}})");
        ScriptedServer::close(socket, 4001, "no such app");
    });
    PusherClient client{optionsFor(server)};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Disconnected);
    QCOMPARE(lost.count(), 1);
    QCOMPARE(lost[0][0].toInt(), 4001);
    QVERIFY(!lost[0][2].toBool());
    // Long enough for the first two retries of any other code.
    QVERIFY(!QTest::qWaitFor([&] { return server.clients() > 1; }, 1'500));
}

void PusherClientTest::CL1_aRefusalWithoutCloseFrameCountsByItsCode()
{
    ScriptedServer server;
    server.onClient([](QWebSocket* socket) {
        socket->sendTextMessage(R"({"event":"pusher:error","data":"{\"code\":4001,\"message\":\"no such app\"}"})");
        socket->flush();
        socket->abort();
    });
    PusherClient client{optionsFor(server)};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Disconnected);
    QCOMPARE(lost[0][0].toInt(), 4001);
    QCOMPARE(lost[0][1].toString(), "no such app");
}

void PusherClientTest::CL2_on4000ItChangesToTls()
{
    auto plain = std::make_unique<ScriptedServer>();
    const auto port = static_cast<quint16>(plain->url().port());
    plain->onClient([](QWebSocket* socket) { ScriptedServer::close(socket, 4000); });
    std::unique_ptr<ScriptedServer> tls;
    PusherClient client{optionsFor(*plain)};
    // Without trust the attempt ends at the certificate, which proves that TLS was spoken.
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    connect(&client, &PusherClient::connectionLost, this, [&](int code) {
        if (code != 4000)
            return;
        plain->stop();
        tls = std::make_unique<ScriptedServer>(ScriptedServer::Mode::Tls, port);
    });
    client.connectToServer();
    QTRY_COMPARE(lost.count(), 2);
    QCOMPARE(lost[0][0].toInt(), 4000);
    QVERIFY(lost[0][2].toBool());
    QVERIFY2(lost[1][1].toString().contains("self-signed"), qPrintable(lost[1][1].toString()));
}

void PusherClientTest::CL3_everyChannelIsAuthorisedAgainForTheNewSocket()
{
    ScriptedServer server;
    int number = 0;
    server.onClient([&number](QWebSocket* socket) {
        socket->sendTextMessage(ScriptedServer::greeting(qPrintable(QStringLiteral("%1.7").arg(++number))));
    });
    PusherClient client{optionsFor(server)};
    client.subscribe("private-a");
    client.subscribe("presence-b");
    client.subscribe("c");
    client.connectToServer();
    QTRY_COMPARE(server.count("pusher:subscribe"), 3);
    server.send(R"({"event":"pusher_internal:subscription_succeeded","channel":"private-a","data":"{}"})");
    QTRY_VERIFY(client.isSubscribed("private-a"));
    server.close(4200);
    QTRY_VERIFY(!client.isSubscribed("private-a"));
    QTRY_COMPARE(server.count("pusher:subscribe"), 6);
    QStringList auths;
    for (qsizetype i = 3; i < 6; ++i)
        auths << dataMember(server.received()[i], "auth");
    auths.sort();
    QCOMPARE(auths, (QStringList{"", "key:2.7/presence-b", "key:2.7/private-a"}));
}

void PusherClientTest::CL4_theTimesAreThoseOfTheProtocol()
{
    const ClientTimes times;
    QVERIFY(times.activity == 120s && times.pong == 30s && times.unavailable == 10s);
}

void PusherClientTest::CL4_itPingsAfterTheShorterIdleTime_data()
{
    QTest::addColumn<int>("ownMs");
    QTest::addColumn<int>("serverSeconds");
    QTest::newRow("the server's") << 120'000 << 1;
    QTest::newRow("its own") << 1'000 << 120;
}

void PusherClientTest::CL4_itPingsAfterTheShorterIdleTime()
{
    QFETCH(int, ownMs);
    QFETCH(int, serverSeconds);
    ScriptedServer server;
    server.onClient([serverSeconds](QWebSocket* socket) {
        socket->sendTextMessage(ScriptedServer::greeting("1.1", serverSeconds));
    });
    PusherClient client{optionsFor(server, {.activity = std::chrono::milliseconds{ownMs}})};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    const auto start = std::chrono::steady_clock::now();
    QTRY_COMPARE(server.count("pusher:ping"), 1);
    const auto idle = std::chrono::steady_clock::now() - start;
    QVERIFY(idle > 900ms && idle < 3s);
    QVERIFY(server.last("pusher:ping")["data"].isObject());
}

void PusherClientTest::CL4_aSilentServerIsLeftAndCalledAgain()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server, {.activity = 100ms, .pong = 300ms})};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(server.clients(), 2);
    QCOMPARE(lost[0][0].toInt(), 4201);
    QTRY_COMPARE(client.state(), State::Connected);
}

void PusherClientTest::CL4_anyMessageInTheWindowKeepsTheConnection()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server, {.activity = 500ms, .pong = 300ms})};
    client.connectToServer();
    for (int round = 1; round <= 4; ++round) {
        QTRY_COMPARE(server.count("pusher:ping"), round);
        server.send(round % 2 == 0 ? R"({"event":"pusher:pong","data":"{}"})" : R"({"event":"news","channel":"c"})");
    }
    QCOMPARE(server.clients(), 1);
}

void PusherClientTest::CL5_bothFormsOfASubscriptionAnswerAreAccepted_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("members");
    const auto row = [](const char* name, const char* data, int members) {
        QTest::newRow(name)
            << QByteArray{R"({"event":"pusher_internal:subscription_succeeded","channel":"presence-a")"} + data + "}"
            << members;
    };
    row("string", R"(,"data":"{\"presence\":{\"ids\":[\"1\"],\"hash\":{\"1\":{}},\"count\":1}}")", 1);
    row("object", R"(,"data":{"presence":{"ids":["1"],"hash":{"1":{}},"count":1}})", 1);
    row("hash is a list", R"(,"data":"{\"presence\":{\"ids\":[],\"hash\":[],\"count\":0}}")", 0);
    row("no data", "", 0);
}

void PusherClientTest::CL5_bothFormsOfASubscriptionAnswerAreAccepted()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, members);
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    client.subscribe("presence-a");
    client.connectToServer();
    QTRY_COMPARE(server.count("pusher:subscribe"), 1);
    QCOMPARE(dataMember(server.last("pusher:subscribe"), "channel_data"), R"({"user_id":"me"})");
    QVERIFY(!client.members("presence-a"));
    server.send(answer);
    QTRY_VERIFY(client.isSubscribed("presence-a"));
    QCOMPARE(client.members("presence-a")->all().size(), static_cast<std::size_t>(members));
    server.send(R"({"event":"pusher_internal:member_added","channel":"presence-a","data":{"user_id":"9"}})");
    QTRY_VERIFY(client.members("presence-a")->all().contains("9"));
    server.send(R"({"event":"pusher_internal:member_removed","channel":"presence-a","data":"{\"user_id\":\"9\"}"})");
    QTRY_VERIFY(!client.members("presence-a")->all().contains("9"));
}

void PusherClientTest::CL5_everyFormOfAFailedSubscriptionIsNoticed_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("reason");
    QTest::newRow("subscription_error")
        << QByteArray{R"({"event":"pusher:subscription_error","channel":"private-a","data":"{\"type\":\"AuthError\",\"error\":\"bad\",\"status\":401}"})"}
        << "bad";
    QTest::newRow("with an object")
        << QByteArray{R"({"event":"pusher:subscription_error","channel":"private-a","data":{"error":"bad"}})"} << "bad";
    QTest::newRow("internal")
        << QByteArray{R"({"event":"pusher_internal:subscription_error","channel":"private-a","data":{"error":"bad"}})"}
        << "bad";
    QTest::newRow("error, object") << QByteArray{R"({"event":"pusher:error","data":{"code":null,"message":"bad"}})"}
                                   << "bad";
    QTest::newRow("error, string")
        << QByteArray{R"({"event":"pusher:error","data":"{\"code\":4009,\"message\":\"bad\"}"})"} << "bad";
}

void PusherClientTest::CL5_everyFormOfAFailedSubscriptionIsNoticed()
{
    QFETCH(QByteArray, answer);
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    QSignalSpy failed{&client, &PusherClient::subscriptionFailed};
    client.subscribe("private-a");
    client.connectToServer();
    QTRY_COMPARE(server.count("pusher:subscribe"), 1);
    server.send(answer);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].toString(), "private-a");
    QTEST(failed[0][1].toString(), "reason");
    QCOMPARE(client.state(), State::Connected);
}

void PusherClientTest::CL6_clientEventsAreRefusedLocally_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("reason");
    const QString kinds = "private and presence channels only";
    QTest::newRow("public") << "news" << "client-a" << "{}" << kinds;
    QTest::newRow("cache") << "cache-news" << "client-a" << "{}" << kinds;
    QTest::newRow("encrypted") << "private-encrypted-a" << "client-a" << "{}" << kinds;
    QTest::newRow("user") << "#server-to-user-1" << "client-a" << "{}" << kinds;
    QTest::newRow("bad name") << "private a" << "client-a" << "{}" << "Channel name";
    QTest::newRow("prefix") << "private-a" << "Client-a" << "{}" << "must start with client-";
    QTest::newRow("not JSON") << "private-a" << "client-a" << "{" << "not JSON";
    QTest::newRow("not subscribed") << "private-b" << "client-a" << "{}" << "not subscribed";
    QTest::newRow("allowed") << "private-a" << "client-a" << R"({"n":12345678901234567890})" << "";
}

void PusherClientTest::CL6_clientEventsAreRefusedLocally()
{
    QFETCH(QString, channel);
    QFETCH(QString, event);
    QFETCH(QString, data);
    QFETCH(QString, reason);
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    client.subscribe("private-a");
    client.connectToServer();
    QTRY_COMPARE(server.count("pusher:subscribe"), 1);
    server.send(R"({"event":"pusher_internal:subscription_succeeded","channel":"private-a","data":"{}"})");
    QTRY_VERIFY(client.isSubscribed("private-a"));
    const auto result = client.trigger(channel.toStdString(), event.toStdString(), data.toStdString());
    QCOMPARE(result.has_value(), reason.isEmpty());
    if (!result) {
        QVERIFY2(QString::fromStdString(result.error().detail).contains(reason), result.error().detail.c_str());
        return;
    }
    QTRY_COMPARE(server.count("client-a"), 1);
    QCOMPARE(server.last("client-a")["channel"].toString(), "private-a");
}

void PusherClientTest::CL7_itIsUnavailableWhenTryingTakesTooLong()
{
    QUrl nobody;
    {
        const ScriptedServer server;
        nobody = server.url();
    }
    PusherClient client{
        {.url = nobody, .authorizeChannel = {}, .authorizeUser = {}, .trusted = {}, .times = {.unavailable = 500ms}}};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Unavailable);
    QVERIFY(lost[0][2].toBool());
    // It keeps trying: as soon as somebody listens there, it is connected.
    const ScriptedServer server{ScriptedServer::Mode::Plain, static_cast<quint16>(nobody.port())};
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), State::Connected, 10'000);
}

void PusherClientTest::anErrorThatFollowsASubscriptionErrorHitsNoOtherChannel()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    QSignalSpy failed{&client, &PusherClient::subscriptionFailed};
    client.subscribe("private-a");
    client.subscribe("private-b");
    client.connectToServer();
    QTRY_COMPARE(server.count("pusher:subscribe"), 2);
    server.send(R"({"event":"pusher:subscription_error","channel":"private-a","data":"{\"error\":\"bad\"}"})");
    server.send(R"({"event":"pusher:error","data":{"code":null,"message":"bad"}})");
    server.send(R"({"event":"pusher_internal:subscription_succeeded","channel":"private-b","data":"{}"})");
    QTRY_VERIFY(client.isSubscribed("private-b"));
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].toString(), "private-a");
}

void PusherClientTest::aFailedSubscriptionCanBeAskedForAgain()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    QSignalSpy failed{&client, &PusherClient::subscriptionFailed};
    client.subscribe("private-a");
    client.connectToServer();
    QTRY_COMPARE(server.count("pusher:subscribe"), 1);
    server.send(R"({"event":"pusher:subscription_error","channel":"private-a","data":"{\"error\":\"bad\"}"})");
    QTRY_COMPARE(failed.count(), 1);
    client.subscribe("private-a");
    QTRY_COMPARE(server.count("pusher:subscribe"), 2);
    client.subscribe("private-a");
    client.unsubscribe("private-a");
    QTRY_COMPARE(server.count("pusher:unsubscribe"), 1);
    QCOMPARE(server.count("pusher:subscribe"), 2);
}

void PusherClientTest::pingsAreAnswered()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    server.send(R"({"event":"pusher:ping","data":"{}"})");
    QTRY_COMPARE(server.count("pusher:pong"), 1);
}

void PusherClientTest::aLateAuthorisationForAnEarlierSocketIsThrownAway()
{
    ScriptedServer server;
    std::vector<std::function<void(Result<ChannelAuth>)>> waiting;
    ClientOptions options = optionsFor(server);
    options.authorizeChannel = [&](const std::string&, const std::string&, auto done) {
        waiting.push_back(std::move(done));
    };
    int number = 0;
    server.onClient([&number](QWebSocket* socket) {
        socket->sendTextMessage(ScriptedServer::greeting(qPrintable(QStringLiteral("%1.7").arg(++number))));
    });
    PusherClient client{options};
    client.subscribe("private-a");
    client.connectToServer();
    QTRY_COMPARE(waiting.size(), std::size_t{1});
    server.close(4200);
    QTRY_COMPARE(waiting.size(), std::size_t{2});
    waiting[0](ChannelAuth{.auth = "key:old", .channelData = {}});
    waiting[1](ChannelAuth{.auth = "key:new", .channelData = {}});
    QTRY_COMPARE(server.count("pusher:subscribe"), 1);
    QCOMPARE(dataMember(server.last("pusher:subscribe"), "auth"), "key:new");
}

void PusherClientTest::aDisconnectByTheUserIsFinal()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    client.disconnectFromServer();
    QCOMPARE(client.state(), State::Disconnected);
    QVERIFY(!QTest::qWaitFor([&] { return server.clients() > 1; }, 1'200));
    QCOMPARE(lost.count(), 0);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
}

void PusherClientTest::whoHearsOfTheConnectionMayEndItAtOnce()
{
    const ScriptedServer server;
    PusherClient client{optionsFor(server)};
    for (const char* channel : {"a", "private-b", "presence-c"})
        client.subscribe(channel);
    connect(&client, &PusherClient::stateChanged, &client, [&client](State state) {
        if (state == State::Connected)
            client.disconnectFromServer();
    });
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Disconnected);
    QVERIFY(client.socketId().empty());
}

void PusherClientTest::unknownEventsAndBrokenMessagesDoNoHarm()
{
    ScriptedServer server;
    PusherClient client{optionsFor(server)};
    std::vector<ServerMessage> events;
    connect(&client, &PusherClient::eventReceived, this,
            [&](const ServerMessage& message) { events.push_back(message); });
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    for (const char* text : {"", "x", "[]", "{}", R"({"event":1})", R"({"event":"pusher:future","data":[]})",
                             R"({"event":"pusher:connection_established","data":"{\"socket_id\":\"9.9\"}"})",
                             R"({"event":"e","channel":"never-joined","data":"{\"n\":1}","user_id":"u"})"})
        server.send(text);
    QTRY_VERIFY(!events.empty() && events.back().event == "e");
    QCOMPARE(events.back().channel + events.back().data + events.back().userId, R"(never-joined{"n":1}u)");
    QCOMPARE(client.socketId(), "1.1");
    QCOMPARE(client.state(), State::Connected);
}

QTEST_GUILESS_MAIN(PusherClientTest)
#include "pusher_client_test.moc"
