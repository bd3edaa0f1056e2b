#include "tests/app/answering_server.h"
#include "tests/app/cli_runner.h"
#include "tests/support/app.h"
#include "tests/support/http_client.h"
#include "tests/support/pusher_client.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace castdeck;
using namespace castdeck::test;

namespace {

/// Takes connections on 127.0.0.1 and never says a word; a half-closed one even says that there will be none.
class SilentServer {
public:
    explicit SilentServer(bool isHalfClosing) : m_listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_listener, 64); // What nobody accepts is connected all the same.
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        if (isHalfClosing)
            m_thread = std::thread{[this] { run(); }};
    }
    ~SilentServer()
    {
        ::shutdown(m_listener, SHUT_RDWR); // Wakes accept().
        if (m_thread.joinable())
            m_thread.join();
        for (const int socket : m_sockets)
            ::close(socket);
        ::close(m_listener);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    std::uint16_t port() const { return m_port; }

private:
    void run()
    {
        for (int socket = 0; (socket = ::accept(m_listener, nullptr, nullptr)) >= 0;) {
            ::shutdown(socket, SHUT_WR);
            m_sockets.push_back(socket);
        }
    }

    int m_listener;
    std::uint16_t m_port = 0;
    std::vector<int> m_sockets; ///< The thread's, while it runs.
    std::thread m_thread;
};

/// What stands at the other end, whoever asks.
struct Remote {
    std::unique_ptr<AnsweringServer> answering;
    std::unique_ptr<SilentServer> silent;

    std::uint16_t port() const { return answering ? answering->port() : silent ? silent->port() : 1; }

    static Remote named(const QString& name)
    {
        if (name == QLatin1String{"nobody"})
            return {};
        if (name == QLatin1String{"silent"} || name == QLatin1String{"half closed"})
            return {nullptr, std::make_unique<SilentServer>(name == QLatin1String{"half closed"})};
        const bool isPage = name == QLatin1String{"a web page"};
        return {std::make_unique<AnsweringServer>(isPage ? AnsweringServer::response(200, "<html>")
                                                         : QByteArray{"SSH-2.0-OpenSSH_9.2\r\n"}),
                nullptr};
    }
};

hub::AppConfig servedApp()
{
    hub::AppConfig app = makeApp();
    app.secret = marker;
    return app;
}

} // namespace

/// Whatever the other end does: the programs say what is wrong, in time, and the server serves on.
class CliBadRemoteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFaultIsToldAndTheServerGoesOn_data();
    void everyFaultIsToldAndTheServerGoesOn();

private:
    static void writeConfiguration(const CliRunner& cli, std::uint16_t port, bool isTls);
};

void CliBadRemoteTest::writeConfiguration(const CliRunner& cli, std::uint16_t port, bool isTls)
{
    QByteArray text = R"({
    "authorize": {"forward_url": "SCHEME://127.0.0.1:PORT/auth"},
    "connections": {
        "pusher": {"driver": "pusher", "app_id": "1", "client": "k", "secret": "zqx-marker", "host": "127.0.0.1",
                   "port": PORT, "ssl": TLS, "timeout_ms": 1000},
        "centrifugo": {"driver": "centrifugo", "url": "SCHEME://127.0.0.1:PORT", "timeout_ms": 1000},
        "redis": {"driver": "redis", "port": PORT, "tls": TLS, "timeout_ms": 1000}},
    "server": {"apps": [{"app_id": "app", "client": "app-key", "secret": "zqx-marker",
                         "webhooks": [{"url": "SCHEME://127.0.0.1:PORT/hook"}]}]}})";
    text.replace("SCHEME", isTls ? "https" : "http");
    text.replace("TLS", isTls ? "true" : "false");
    text.replace("PORT", QByteArray::number(port));
    cli.writeFile(QStringLiteral("broadcasting.json"), text);
}

void CliBadRemoteTest::everyFaultIsToldAndTheServerGoesOn_data()
{
    QTest::addColumn<QString>("remote");
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<QString>("http"); ///< The code of both drivers that send HTTP.
    QTest::addColumn<QString>("redis");
    QTest::addColumn<int>("forwarded");
    const auto row = [](const char* name, const char* remote, bool isTls, const char* http, const char* redis,
                        int forwarded) {
        QTest::newRow(name) << QString{remote} << isTls << QString{http} << QString{redis} << forwarded;
    };
    row("unreachable", "nobody", false, "unreachable", "unreachable", 502);
    row("slow", "silent", false, "timeout", "timeout", 502);
    row("half-closed", "half closed", false, "unreachable", "unreachable", 502);
    row("without the TLS that was asked for", "another protocol", true, "tls", "tls", 502);
    row("silent in the TLS handshake", "silent", true, "timeout", "timeout", 502);
    row("of another protocol", "another protocol", false, "unreachable", "bad_response", 502);
    row("a web page", "a web page", false, "bad_response", "bad_response", 200); // Which is a yes.
}

void CliBadRemoteTest::everyFaultIsToldAndTheServerGoesOn()
{
    QFETCH(QString, remote);
    QFETCH(bool, isTls);
    QFETCH(QString, http);
    QFETCH(QString, redis);
    QFETCH(int, forwarded);
    const Remote other = Remote::named(remote);
    const CliRunner cli;
    writeConfiguration(cli, other.port(), isTls);
    ServeProcess server{cli};
    const std::uint16_t port = server.port().toUShort();
    PusherClient client{port, servedApp()};
    client.join("news"); // Which the webhook has to tell.

    for (const auto& [connection, code] : {std::pair{"pusher", http}, {"centrifugo", http}, {"redis", redis}}) {
        QElapsedTimer clock;
        clock.start();
        const auto outcome = cli.run({"emit", "news", "e", "--connection", connection, "--json"});
        QVERIFY(clock.elapsed() < 5'000);
        QCOMPARE(outcome.exitCode, 1);
        const QJsonObject entry = outcome.json()["channels"][0].toObject();
        QVERIFY2(entry["code"].toString() == code, (QByteArray{connection} + ": " + outcome.out).constData());
        QVERIFY(!entry["text"].toString().isEmpty());
    }
    QElapsedTimer clock;
    clock.start();
    const HttpReply reply = request(port, "POST", "/pusher/auth", "socket_id=1.1&channel_name=private-x",
                                    {{"Content-Type", "application/x-www-form-urlencoded"}});
    QCOMPARE(reply.status, forwarded);
    QVERIFY(clock.elapsed() < 8'000);

    QCOMPARE(cli.run({"emit", "news", "e", "--app", "app:app-key:zqx-marker", "--port", server.port()}).exitCode, 0);
    client.expectEvent("e", "news");
    QCOMPARE(server.end(SIGTERM), 0);
    QVERIFY2(!server.err().contains("internal error"), server.err().constData());
}

QTEST_GUILESS_MAIN(CliBadRemoteTest)
#include "cli_bad_remote_test.moc"
