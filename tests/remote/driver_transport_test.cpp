#include "core/remote/driver_transport.h"

#include "core/broadcast/drivers/centrifugo_driver.h"
#include "core/broadcast/drivers/pusher_driver.h"
#include "core/broadcast/event_catalog.h"
#include "core/broadcast/manager.h"
#include "tests/remote/inbox.h"
#include "tests/remote/raw_server.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/manual_clock.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/socket.h>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::answerOf;
using test::EngineFixture;
using test::RawServer;

namespace {

constexpr int timeoutMs = 1'000;

using Send = std::function<PendingReport(Manager&)>;

std::string quoted(const std::string& text)
{
    return "\"" + text + "\"";
}

Options pusherAt(std::uint16_t port, const hub::AppConfig& app = test::makeApp())
{
    return {{"driver", R"("pusher")"},
            {"app_id", quoted(app.id)},
            {"key", quoted(app.key)},
            {"secret", quoted(app.secret)},
            {"host", R"("127.0.0.1")"},
            {"port", std::to_string(port)},
            {"ssl", "false"},
            {"timeout_ms", std::to_string(timeoutMs)},
            {"max_payload_bytes", "100000"}};
}

Options centrifugoAt(std::uint16_t port)
{
    return {{"driver", R"("centrifugo")"},
            {"url", quoted("http://127.0.0.1:" + std::to_string(port))},
            {"api_key", R"("centrifugo-key")"},
            {"timeout_ms", std::to_string(timeoutMs)}};
}

/// Ways in which a server can fail whoever sends, and the code that comes of it.
struct Fault {
    const char* name;
    std::function<std::unique_ptr<RawServer>()> server;
    bool speaksTls = false; ///< The driver, that is.
    const char* code;
};

const test::SelfSigned& unknownIdentity()
{
    static const test::SelfSigned identity = test::makeSelfSigned();
    return identity;
}

std::function<std::unique_ptr<RawServer>()> answering(QByteArray answer, bool closes = true)
{
    return [answer = std::move(answer), closes] { return std::make_unique<RawServer>(answer, closes); };
}

std::unique_ptr<RawServer> nobody()
{
    return nullptr;
}

std::unique_ptr<RawServer> halfClosed()
{
    auto server = std::make_unique<RawServer>(QByteArray{}, false);
    server->onConnection = [](QTcpSocket& socket) { ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR); };
    return server;
}

std::unique_ptr<RawServer> withUnknownCertificate()
{
    return std::make_unique<RawServer>(answerOf("200 OK", "{}"), true, &unknownIdentity());
}

std::vector<Fault> faultsOfTheNetwork()
{
    return {
        {"nobody listens", nobody, false, "unreachable"},
        {"closed without an answer", answering(""), false, "unreachable"},
        {"half closed", halfClosed, false, "unreachable"},
        {"broken in the middle", answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"), false, "unreachable"},
        {"silent", answering("", false), false, "timeout"},
        {"silent in the middle", answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", false), false, "timeout"},
        {"silent in the TLS handshake", answering("", false), true, "timeout"},
        {"unknown certificate", withUnknownCertificate, true, "tls"},
        {"no TLS at all", answering(answerOf("400 Bad Request", "")), true, "tls"},
        {"HTTP in name only", answering("HTTP/1.1 abc\r\n\r\n"), false, "unreachable"},
        {"a length that is none", answering("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc"), false, "bad_response"},
        {"a chunk that is none", answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc"), false,
         "bad_response"},
        {"no HTTP at all", answering("SSH-2.0-OpenSSH_9.2\r\n"), false, "unreachable"},
        {"an endless answer", answering("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(3'000'000, 'x'), false), false,
         "bad_response"},
        {"a web page", answering(answerOf("200 OK", "<html>")), false, "bad_response"},
        {"a redirect", answering(answerOf("301 Moved", "", "Location: https://127.0.0.1/\r\n")), false, "bad_response"},
        {"500", answering(answerOf("500 X", "oops")), false, "bad_response"},
        {"401", answering(answerOf("401 Unauthorized", "")), false, "unauthorized"},
        {"401 with a challenge", answering(answerOf("401 Unauthorized", "", "WWW-Authenticate: Basic realm=\"x\"\r\n")),
         false, "unauthorized"},
        {"403", answering(answerOf("403 Forbidden", "")), false, "forbidden"},
        {"413", answering(answerOf("413 Content Too Large", "")), false, "too_large"}};
}

} // namespace

class DriverTransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEventReachesARealServer();
    void theScenariosAreSentToTheByte_data();
    void theScenariosAreSentToTheByte();
    void theRefusalsOfARealServerHaveTheirCodes_data();
    void theRefusalsOfARealServerHaveTheirCodes();
    void faultsHaveTheirCodesWithinTheTimeLimit_data();
    void faultsHaveTheirCodesWithinTheTimeLimit();
    void centrifugoTakesABroadcast();
    void answersOfCentrifugoHaveTheirCodes_data();
    void answersOfCentrifugoHaveTheirCodes();

private:
    broadcast::Delivery send(const Options& options, std::vector<std::string> channels = {"news"},
                             std::string data = "{}")
    {
        Services services;
        services.http = m_transport;
        const bool isPusher = options.find("app_id").has_value();
        const auto driver =
            isPusher ? PusherDriver::make(options, services) : CentrifugoDriver::make(options, services);
        const test::Inbox<broadcast::Delivery> inbox;
        if (driver)
            (*driver)->broadcast(
                {.name = "headline", .data = std::move(data), .channels = std::move(channels), .exceptSocketId = {}},
                inbox.done());
        [&] { QTRY_COMPARE_WITH_TIMEOUT(inbox.count(), std::size_t{1}, 10'000); }();
        return inbox.count() == 0 ? broadcast::Delivery{} : inbox.all()[0];
    }

    remote::HttpThread m_thread;
    std::shared_ptr<HttpTransport> m_transport = remote::driverTransport(m_thread);
};

void DriverTransportTest::anEventReachesARealServer()
{
    const EngineFixture server;
    auto client = server.connect();
    client.join("news");
    const std::string data = "{ \"n\":12345678901234567890, \"t\":\"\\u00e9ü\" }";
    const Delivery delivery = send(pusherAt(server.port(), server.app()), {"news"}, data);
    QCOMPARE(delivery.entries.size(), std::size_t{1});
    QVERIFY2(delivery.entries[0].status == Status::Sent, delivery.entries[0].text.c_str());
    QCOMPARE(client.expectEvent("headline").data(), data);
}

void DriverTransportTest::theScenariosAreSentToTheByte_data()
{
    QTest::addColumn<Send>("send");
    QTest::addColumn<bool>("isPusher");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<QByteArray>("body");
    const Send release = [](Manager& manager) { return manager.channel(NewRelease("4.0.0")); };
    const Send alert = [](Manager& manager) {
        return manager.channel(AdminUserAlert("Some dependencies are outdated !", "warning"));
    };
    const Send pair = [](Manager& manager) {
        return manager.channel({"channel1", "channel2"}, "event_name", {{"key", "value"}});
    };
    QTest::newRow("12.1 pusher") << release << true
                                 << QByteArray{"body_md5=f89f0dbcabd38da2bf36b727f10a58c3&auth_signature="
                                               "48c8b9ffc6342e9559f9db4902380cbce009ed8a6feef309676f952c9b27f199"}
                                 << QByteArray{R"({"name":"NewRelease","channels":["releases"],)"
                                               R"("data":"{\"message\":\"Version 4.0.0 has been released !\"}"})"};
    QTest::newRow("12.2 pusher") << alert << true
                                 << QByteArray{"body_md5=ae495c51c021ca078400c7976ec4a0c7&auth_signature="
                                               "11274f7db7539f6d658bf4343e2cea6c4fc75270149c3a87b40751740718053c"}
                                 << QByteArray{R"({"name":"AdminUserAlert","channels":["private-admins"],)"
                                               R"("data":"{\"message\":\"Some dependencies are outdated !\",)"
                                               R"(\"level\":\"warning\"}"})"};
    QTest::newRow("12.6 pusher") << pair << true
                                 << QByteArray{"body_md5=761792675a0efe56f44b0d44653d2cb7&auth_signature="
                                               "47b60b1a3ebee547b6e82a7eb25beef7bf7769126a240c57c76d55ce1ddfd847"}
                                 << QByteArray{R"({"name":"event_name","channels":["channel1","channel2"],)"
                                               R"("data":"{\"key\":\"value\"}"})"};
    QTest::newRow("12.1 centrifugo") << release << false << QByteArray{}
                                     << QByteArray{R"({"channels":["releases"],"data":{"event":"NewRelease",)"
                                                   R"("data":{"message":"Version 4.0.0 has been released !"}},)"
                                                   R"("skip_history":true})"};
}

void DriverTransportTest::theScenariosAreSentToTheByte()
{
    QFETCH(Send, send);
    QFETCH(bool, isPusher);
    QFETCH(QByteArray, signature);
    QFETCH(QByteArray, body);
    const RawServer server{answerOf("200 OK", isPusher ? "{}" : R"({"result":{"responses":[{"result":{}}]}})")};
    hub::AppConfig app = test::makeApp("3456678");
    app.key = "478b45309560f3456211";
    app.secret = "ab4229346et64aa8908";
    ConnectionsConfig config;
    config.environmentDefault = "eu";
    config.connections = {{"eu", isPusher ? pusherAt(server.port(), app) : centrifugoAt(server.port())}};
    Services services;
    services.clock = std::make_shared<test::ManualClock>(); // Which stands at 1700000000.
    services.http = m_transport;
    Manager manager{config, services};
    manager.setOperator({"operator"});
    const PendingReport pending = send(manager);
    QTRY_VERIFY(pending.isReady());
    QVERIFY2(pending.get().isSuccess(), pending.get().summary().c_str());
    const QByteArray target = isPusher ? "/apps/3456678/events?auth_key=478b45309560f3456211&auth_timestamp=1700000000"
                                         "&auth_version=1.0&" +
                                             signature
                                       : QByteArray{"/api/broadcast"};
    QVERIFY2(server.received.startsWith("POST " + target + " HTTP/1.1\r\n"), server.received.constData());
    QVERIFY(server.received.contains("\r\nContent-Type: application/json\r\n"));
    QVERIFY2(server.received.endsWith("\r\n\r\n" + body), server.received.constData());
}

void DriverTransportTest::theRefusalsOfARealServerHaveTheirCodes_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<std::string>("secret");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<int>("status");
    QTest::newRow("wrong secret") << std::string{"app"} << std::string{"other"} << 2 << std::string{"unauthorized"}
                                  << 401;
    QTest::newRow("unknown app") << std::string{"nobody"} << std::string{"app-secret"} << 2
                                 << std::string{"bad_response"} << 404;
    QTest::newRow("too many bytes") << std::string{"app"} << std::string{"app-secret"} << 10'241
                                    << std::string{"too_large"} << 413;
}

void DriverTransportTest::theRefusalsOfARealServerHaveTheirCodes()
{
    QFETCH(std::string, id);
    QFETCH(std::string, secret);
    QFETCH(int, bytes);
    const EngineFixture server;
    hub::AppConfig app = server.app();
    app.id = id;
    app.secret = secret;
    const Delivery delivery =
        send(pusherAt(server.port(), app), {"news"}, std::string(static_cast<std::size_t>(bytes), '1'));
    QCOMPARE(delivery.entries.size(), std::size_t{1});
    QTEST(std::string{toText(delivery.entries[0].code)}, "code");
    QTEST(delivery.entries[0].remoteStatus, "status");
}

void DriverTransportTest::faultsHaveTheirCodesWithinTheTimeLimit_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<bool>("isPusher");
    const auto faults = faultsOfTheNetwork();
    for (std::size_t i = 0; i < faults.size(); ++i) {
        QTest::addRow("pusher: %s", faults[i].name) << static_cast<int>(i) << true;
        QTest::addRow("centrifugo: %s", faults[i].name) << static_cast<int>(i) << false;
    }
}

void DriverTransportTest::faultsHaveTheirCodesWithinTheTimeLimit()
{
    QFETCH(int, fault);
    QFETCH(bool, isPusher);
    const Fault chosen = faultsOfTheNetwork().at(static_cast<std::size_t>(fault));
    const auto server = chosen.server();
    const std::uint16_t port = server ? server->port() : test::closedPort();
    Options options = isPusher ? pusherAt(port) : centrifugoAt(port);
    if (chosen.speaksTls && isPusher)
        options.set("ssl", "true");
    else if (chosen.speaksTls)
        options.set("url", quoted("https://127.0.0.1:" + std::to_string(port)));
    QElapsedTimer clock;
    clock.start();
    const Delivery delivery = send(options);
    QVERIFY2(clock.elapsed() < timeoutMs + 2'000, "the time limit was passed");
    QCOMPARE(delivery.entries.size(), std::size_t{1});
    const std::string code{toText(delivery.entries[0].code)};
    QVERIFY2(code == chosen.code, (code + ": " + delivery.entries[0].text).c_str());
    QVERIFY(!delivery.entries[0].text.empty());
}

void DriverTransportTest::centrifugoTakesABroadcast()
{
    RawServer server{answerOf(
        "200 OK", R"({"result":{"responses":[{"result":{}},{"error":{"code":102,"message":"unknown channel"}}]}})")};
    const Delivery delivery = send(centrifugoAt(server.port()), {"order.7", "x:8"});
    QVERIFY2(server.received.startsWith("POST /api/broadcast HTTP/1.1\r\n"), server.received);
    QVERIFY(server.received.contains("\r\nX-API-Key: centrifugo-key\r\n"));
    QVERIFY(server.received.endsWith(
        R"({"channels":["order.7","x:8"],"data":{"event":"headline","data":{}},"skip_history":true})"));
    QCOMPARE(delivery.entries.size(), std::size_t{2});
    QVERIFY(delivery.entries[0].status == Status::Sent);
    QVERIFY(delivery.entries[1].code == Code::Rejected);
    QCOMPARE(delivery.entries[1].remoteStatus, 102);
}

void DriverTransportTest::answersOfCentrifugoHaveTheirCodes_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<std::string>("code");
    const auto row = [](const char* name, const QByteArray& status, const QByteArray& body, const char* code) {
        QTest::newRow(name) << answerOf(status, body) << std::string{code};
    };
    row("sent", "200 OK", R"({"result":{"responses":[{"result":{}}]}})", "");
    row("100 internal", "200 OK", R"({"error":{"code":100,"message":"internal"}})", "rejected");
    row("102 unknown channel", "200 OK", R"({"error":{"code":102,"message":"?"}})", "rejected");
    row("107 bad request", "200 OK", R"({"error":{"code":107,"message":"?"}})", "rejected");
    row("108 not available", "200 OK", R"({"error":{"code":108,"message":"?"}})", "not_supported");
    row("104 as a status", "404 Not Found", R"({"code":104,"message":"not found"})", "rejected");
    row("wrong path", "404 Not Found", "404 page not found", "bad_response");
    row("no POST", "405 Method Not Allowed", "", "bad_response");
    row("unreadable", "400 Bad Request", "Bad Request", "rejected");
    row("shutting down", "503 Service Unavailable", "", "bad_response");
    row("nothing of the channel", "200 OK", R"({"result":{"responses":[]}})", "bad_response");
}

void DriverTransportTest::answersOfCentrifugoHaveTheirCodes()
{
    QFETCH(QByteArray, answer);
    const RawServer server{answer};
    const Delivery delivery = send(centrifugoAt(server.port()));
    QCOMPARE(delivery.entries.size(), std::size_t{1});
    QTEST(std::string{toText(delivery.entries[0].code)}, "code");
}

QTEST_GUILESS_MAIN(DriverTransportTest)
#include "driver_transport_test.moc"
