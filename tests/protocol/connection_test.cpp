#include "tests/support/engine_fixture.h"

#include "core/base/ascii.h"

#include <QTest>

#include <regex>
#include <set>

using namespace castdeck;
using namespace castdeck::test;

namespace {

constexpr auto greeting = "pusher:connection_established";

engine::EngineOptions manyApps()
{
    engine::EngineOptions options;
    options.apps = {makeApp(), makeApp("disabled"), makeApp("tls"), makeApp("lenient")};
    options.apps[1].isEnabled = false;
    options.apps[2].requiresTls = true;
    options.apps[3].allowsMissingProtocol = true;
    return options;
}

} // namespace

/// Protocol document, "WebSocket connection".
class ConnectionTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_shared = std::make_unique<EngineFixture>(manyApps()); }
    void cleanupTestCase() { m_shared.reset(); }

    void CN1_aValidKeyIsGreetedFirst();
    void CN2_CN3_theGreetingIsAStringWithSocketIdAndTimeout();
    void CN4_noTwoOfTenThousandConnectionsShareASocketId();
    void CN5_CN14_whatIsAccepted_data();
    void CN5_CN14_whatIsAccepted();
    void CN12_aRefusalIsExplainedAndThenClosed_data();
    void CN12_aRefusalIsExplainedAndThenClosed();
    void CN11_aConnectionBeyondTheQuotaIsRefusedAndDisturbsNobody();
    void CN13_theOfferedSubprotocolIsChosen_data();
    void CN13_theOfferedSubprotocolIsChosen();
    void CN15_aPathPrefixWorksForWebSocketAndRest();
    void CN16_stoppingForARestartClosesWith4200();
    void CN16_stoppingByTheOperatorClosesWith4100();
    void CN17_aBinaryMessageCloses();
    void CN17_aMessageOf64KiBIsTheLargest();
    void CN18_aFragmentedMessageIsOne();
    void CN19_errorsOfThe43xxRangeCloseNothing();
    void H11_aPlainRequestIsToldToUpgrade();
    void removingAnAppClosesItsClientsOnly();

private:
    std::unique_ptr<EngineFixture> m_shared;
};

void ConnectionTest::CN1_aValidKeyIsGreetedFirst()
{
    auto client = m_shared->open("/app/app-key?protocol=7");
    QCOMPARE(client.status(), 101);
    client.expectEvent(greeting);
    client.expectSilence();
}

void ConnectionTest::CN2_CN3_theGreetingIsAStringWithSocketIdAndTimeout()
{
    auto client = m_shared->open("/app/app-key?protocol=7");
    const Message message = client.expectEvent(greeting);
    QVERIFY2(message.json["data"].is_string(), message.text.c_str());
    const nlohmann::json data = message.payload();
    QVERIFY(std::regex_match(data["socket_id"].get<std::string>(), std::regex{R"([1-9]\d*\.[1-9]\d*)"}));
    QVERIFY(data["activity_timeout"].is_number_integer());
    QCOMPARE(data["activity_timeout"].get<int>(), 30);
}

void ConnectionTest::CN4_noTwoOfTenThousandConnectionsShareASocketId()
{
    constexpr std::size_t wave = 500; // So many at a time.
    const std::regex form{R"(\d+\.\d+)"};
    std::set<std::string> ids;
    while (ids.size() < 10'000) {
        std::vector<PusherClient> clients;
        for (std::size_t i = 0; i < wave; ++i) {
            clients.push_back(m_shared->connect());
            const std::string& id = clients.back().socketId();
            QVERIFY2(std::regex_match(id, form), id.c_str());
            QVERIFY2(ids.insert(id).second, id.c_str());
        }
        for (PusherClient& client : clients)
            client.reset();
    }
}

void ConnectionTest::CN5_CN14_whatIsAccepted_data()
{
    QTest::addColumn<std::string>("target");
    for (const char* number : {"4", "5", "6", "7"})
        QTest::addRow("CN5 protocol %s", number) << "/app/app-key?protocol=" + std::string{number};
    QTest::newRow("CN14 what pusher-js adds")
        << std::string{"/app/app-key?protocol=7&client=js&version=8.6.0&flash=false"};
    QTest::newRow("CN14 unknown parameters")
        << std::string{"/app/app-key?x=1&x=2&%00=%ff&empty&&=&client=%3Cb%3E&protocol=7&flash=true"};
    QTest::newRow("CN6 a lenient app without protocol") << std::string{"/app/lenient-key"};
}

void ConnectionTest::CN5_CN14_whatIsAccepted()
{
    QFETCH(std::string, target);
    auto client = m_shared->open(target);
    client.expectEvent(greeting);
    client.expectSilence();
}

void ConnectionTest::CN12_aRefusalIsExplainedAndThenClosed_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("origin");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* target, int code, const char* origin = "") {
        QTest::newRow(name) << std::string{target} << std::string{origin} << code;
    };
    row("CN5 H10 protocol 3", "/app/app-key?protocol=3", 4007);
    row("CN5 protocol 8", "/app/app-key?protocol=8", 4007);
    row("CN6 no protocol", "/app/app-key?client=js", 4008);
    row("CN6 no query", "/app/app-key", 4008);
    row("CN6 a protocol that is no number", "/app/app-key?protocol=abc", 4006);
    row("CN7 H8 an unknown key", "/app/other-key?protocol=7", 4001);
    row("CN8 H9 a disabled app", "/app/disabled-key?protocol=7", 4003);
    row("CN9 H11 another path", "/nope?protocol=7", 4005);
    row("CN9 H11 no key", "/app/?protocol=7", 4005);
    row("CN9 H11 a path with two steps", "/app/a/b?protocol=7", 4005);
    row("CN9 H11 the root", "/", 4005);
    row("CN10 plain to an app that takes TLS only", "/app/tls-key?protocol=7", 4000);
    row("H7 a foreign page", "/app/app-key?protocol=7", 4009, "http://evil.example");
    row("H7 no page at all", "/app/app-key?protocol=7", 4009, "null");
}

void ConnectionTest::CN12_aRefusalIsExplainedAndThenClosed()
{
    QFETCH(std::string, target);
    QFETCH(std::string, origin);
    QFETCH(int, code);
    auto client = m_shared->open(target, origin.empty() ? http::Headers{} : http::Headers{{"Origin", origin}});
    QCOMPARE(client.status(), 101);
    const Message error = client.expectError(code);
    QVERIFY2(error.json["data"].is_object(), error.text.c_str());
    QVERIFY2(!error.json["data"]["message"].get<std::string>().empty(), error.text.c_str());
    client.expectClose(code);
}

void ConnectionTest::CN11_aConnectionBeyondTheQuotaIsRefusedAndDisturbsNobody()
{
    auto app = makeApp();
    app.limits.maxConnections = 2;
    const EngineFixture fixture{app};
    auto first = fixture.connect();
    auto second = fixture.connect();
    auto third = fixture.open("/app/app-key?protocol=7");
    third.expectError(4004);
    third.expectClose(4004);
    first.expectSilence();
    second.expectSilence();
    first.close();
    QVERIFY(fixture.waitFor([](const engine::Snapshot& snapshot) { return snapshot.connectionCount == 1; }));
    fixture.connect().expectSilence();
}

void ConnectionTest::CN13_theOfferedSubprotocolIsChosen_data()
{
    QTest::addColumn<std::string>("offered");
    QTest::addColumn<std::string>("chosen");
    const auto row = [](const char* name, const char* offered, const char* chosen) {
        QTest::newRow(name) << std::string{offered} << std::string{chosen};
    };
    row("protocol 7", "pusher-channels-protocol-7", "pusher-channels-protocol-7");
    row("protocol 5", "pusher-channels-protocol-5", "pusher-channels-protocol-5");
    row("the second of two", "other, pusher-channels-protocol-7", "pusher-channels-protocol-7");
    row("nothing that is spoken", "other", "");
    row("a protocol too new", "pusher-channels-protocol-8", "");
    row("no offer", "", "");
}

void ConnectionTest::CN13_theOfferedSubprotocolIsChosen()
{
    QFETCH(std::string, offered);
    QFETCH(std::string, chosen);
    const http::Headers headers =
        offered.empty() ? http::Headers{} : http::Headers{{"Sec-WebSocket-Protocol", offered}};
    auto client = m_shared->open("/app/app-key?protocol=7", headers);
    client.expectEvent(greeting);
    const std::string* const answer = client.header("Sec-WebSocket-Protocol");
    QCOMPARE(answer == nullptr ? std::string{} : *answer, chosen);
    QCOMPARE(answer == nullptr, chosen.empty());
}

void ConnectionTest::CN15_aPathPrefixWorksForWebSocketAndRest()
{
    engine::EngineOptions options;
    options.apps = {makeApp()};
    options.pathPrefix = "/broadcast/here";
    const EngineFixture fixture{options};
    PusherClient client{fixture.port(), fixture.app(), "/broadcast/here/app/app-key?protocol=7"};
    client.join("news");

    const std::string body = R"({"name":"hi","channel":"news","data":"1"})";
    const std::string target = signedTarget(fixture.app(), "POST", "/apps/app/events", body);
    QCOMPARE(request(fixture.port(), "POST", "/broadcast/here" + target, body).status, 200);
    client.expectEvent("hi", "news");

    auto elsewhere = fixture.open("/broadcast/herelse/app/app-key?protocol=7");
    elsewhere.expectError(4005);
    elsewhere.expectClose(4005);
}

void ConnectionTest::CN16_stoppingForARestartClosesWith4200()
{
    EngineFixture fixture;
    std::vector<PusherClient> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(fixture.connect());
    clients.front().join("presence-a", memberData("ann"));
    fixture.engine().stop(engine::StopReason::Restart);
    for (PusherClient& client : clients)
        client.expectClose(4200);
    fixture.engine().waitStopped();
    QVERIFY(!Socket{fixture.port()}.isOpen());
}

void ConnectionTest::CN16_stoppingByTheOperatorClosesWith4100()
{
    EngineFixture fixture;
    auto client = fixture.connect();
    fixture.engine().stop(engine::StopReason::Operator);
    client.expectError(4100);
    client.expectClose(4100);
}

void ConnectionTest::CN17_aBinaryMessageCloses()
{
    auto client = m_shared->connect();
    client.sendFrame(Opcode::Binary, R"({"event":"pusher:ping","data":{}})");
    client.expectClose(1003);
}

void ConnectionTest::CN17_aMessageOf64KiBIsTheLargest()
{
    constexpr std::size_t largest = 65'536;
    std::string text = R"({"event":"pusher:ping","data":{}})";
    text.resize(largest, ' ');
    auto client = m_shared->connect();
    client.sendText(text);
    client.expectEvent("pusher:pong");
    client.sendText(text + " ");
    client.expectClose(1009);
}

void ConnectionTest::CN18_aFragmentedMessageIsOne()
{
    auto client = m_shared->connect();
    client.sendFrame(Opcode::Text, R"({"event":"pusher:subscribe",)", false);
    client.sendFrame(Opcode::Ping, "between");
    client.sendFrame(Opcode::Continuation, "", false);
    client.sendFrame(Opcode::Continuation, R"("data":{"channel":"ne)", false);
    client.sendFrame(Opcode::Continuation, R"(ws"}})");
    client.expectEvent("pusher_internal:subscription_succeeded", "news");
}

void ConnectionTest::CN19_errorsOfThe43xxRangeCloseNothing()
{
    auto app = makeApp();
    app.allowsClientEvents = true;
    app.limits.maxWatchlist = 1;
    const EngineFixture fixture{app};
    auto client = fixture.connect();
    client.join("private-a");
    for (int i = 0; i < 11; ++i)
        client.send("client-x", "{}", "private-a");
    client.expectError(4301);
    client.subscribe("presence-a", memberData("ann", '"' + std::string(2'000, 'x') + '"'));
    client.expectRefusal("presence-a", "LimitReached", 4301);
    client.signIn(R"({"id":"ann","watchlist":["bob","cyd"]})");
    client.expectEvent("pusher:signin_success");
    client.expectEvent("pusher_internal:watchlist_events");
    client.expectError(4302);
    client.expectSilence();
}

void ConnectionTest::H11_aPlainRequestIsToldToUpgrade()
{
    const HttpReply reply = request(m_shared->port(), "GET", "/app/app-key?protocol=7");
    QCOMPARE(reply.status, 426);
    QVERIFY(reply.header("Upgrade") != nullptr);
    QVERIFY(equalsIgnoringCase(*reply.header("Upgrade"), "websocket"));
    QCOMPARE(request(m_shared->port(), "GET", "/nope").status, 404);
    QCOMPARE(request(m_shared->port(), "GET", "/app/").status, 404);
}

void ConnectionTest::removingAnAppClosesItsClientsOnly()
{
    engine::EngineOptions options;
    options.apps = {makeApp("stays"), makeApp("goes")};
    EngineFixture fixture{options};
    auto stays = fixture.connect(0);
    auto goes = fixture.connect(1);
    fixture.engine().setApps({makeApp("stays"), makeApp("comes")});
    goes.expectError(4001);
    goes.expectClose(4001);
    stays.expectSilence();
    const PusherClient comes{fixture.port(), makeApp("comes")};
    QVERIFY(!comes.socketId().empty());
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
