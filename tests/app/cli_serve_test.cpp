#include "tests/app/cli_runner.h"
#include "tests/remote/scripted_server.h"
#include "tests/remote/self_signed.h"

#include "core/remote/pusher_client.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using castdeck::remote::PusherClient;
using castdeck::test::CliRunner;
using castdeck::test::ServeProcess;

class CliServeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLineOnStandardOutputIsFixed();
    void clientsAreClosedWith4200OnASignal_data();
    void clientsAreClosedWith4200OnASignal();
    void aPortInUseIsTold();
    void appsComeFromTheVariable();
    void appsComeFromTheConfiguration();
    void withoutAnyAppOneIsMadeAndItsKeyTold();
    void theCommandLineWinsOverTheFile();
    void switchesApplyToAllAppsOfTheCommandLine();
    void tlsIsServedAndReloadedOnHangup();
    void aHangupReadsTheAppsAgain();
    void aHangupReadsWhatCanChangeAndKeepsClients();
    void theRulesOfTheConfigurationDecide();
    void theEndpointAnswersForAppsOfTheCommandLine();
    void aBrokenConfigurationStopsTheStart();
    void standingWarningsAreToldAtStart();
    void demoTellsHowToConnect();
    void aSmallDescriptorLimitIsToldAndSomebodyIsServed();

private:
    static QUrl url(const ServeProcess& serve, const QString& key)
    {
        return QUrl{QStringLiteral("ws://127.0.0.1:%1/app/%2?protocol=7").arg(serve.port(), key)};
    }

    /// The HTTP status with which the server answers whether somebody may join the channel; 0 without an answer.
    static int authorize(const ServeProcess& serve, const QByteArray& channel,
                         const QByteArray& path = "/broadcasting/authorize")
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(serve.port().toUInt()));
        const QByteArray body = "socket_id=1.1&channel_name=" + channel;
        socket.write("POST " + path +
                     " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        while (!answer.contains('\n') && socket.waitForReadyRead(5'000))
            answer += socket.readAll();
        return answer.mid(9, 3).toInt();
    }
};

void CliServeTest::theLineOnStandardOutputIsFixed()
{
    const CliRunner cli;
    ServeProcess serve{cli, {"--app", CliRunner::app(), "--app", "second:key2:zqx-marker"}};
    QVERIFY(serve.line()["port"].toInt() > 0);
    const QByteArray expected = R"({"event":"listening","address":"127.0.0.1","port":)" + serve.port().toUtf8() +
                                R"(,"tls":false,"apps":["app","second"]})" + "\n";
    QCOMPARE(serve.end(SIGTERM), 0);
    QCOMPARE(serve.out(), expected);
    QVERIFY(serve.err().contains(serve.port().toUtf8()));
}

void CliServeTest::clientsAreClosedWith4200OnASignal_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("CN16 SIGTERM") << SIGTERM;
    QTest::newRow("CN16 SIGINT") << SIGINT;
}

void CliServeTest::clientsAreClosedWith4200OnASignal()
{
    QFETCH(int, signal);
    const CliRunner cli;
    ServeProcess serve{cli, {"--app", CliRunner::app()}};
    PusherClient client{{.url = url(serve, "key"), .authorizeChannel = {}, .authorizeUser = {}}};
    QSignalSpy lost{&client, &PusherClient::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), PusherClient::State::Connected);
    const auto start = std::chrono::steady_clock::now();
    QCOMPARE(serve.end(signal), 0);
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds{5});
    QTRY_VERIFY(lost.count() > 0);
    QCOMPARE(lost[0][0].toInt(), 4200);
}

void CliServeTest::aPortInUseIsTold()
{
    const CliRunner cli;
    QTcpServer occupant;
    QVERIFY(occupant.listen(QHostAddress::LocalHost));
    const QString port = QString::number(occupant.serverPort());
    const auto outcome = cli.run({"serve", "--port", port, "--app", CliRunner::app()});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.contains(port.toUtf8()) && outcome.err.contains("--port"), outcome.err.constData());
    QCOMPARE(outcome.err.count("in use"), 1);
}

void CliServeTest::appsComeFromTheVariable()
{
    CliRunner cli;
    cli.setVariable("CASTDECK_APP", CliRunner::app());
    const ServeProcess serve{cli};
    QCOMPARE(serve.line()["apps"].toArray(), (QJsonArray{"app"}));
}

void CliServeTest::appsComeFromTheConfiguration()
{
    const CliRunner cli;
    QCOMPARE(cli.run({"config", "init"}).exitCode, 0);
    const ServeProcess serve{cli};
    // Digits only: the Pusher library for Python takes nothing else.
    static const QRegularExpression sevenDigits{QStringLiteral("^[1-9][0-9]{6}$")};
    const QJsonArray apps = serve.line()["apps"].toArray();
    QCOMPARE(apps.size(), 1);
    QVERIFY(sevenDigits.match(apps.first().toString()).hasMatch());
}

void CliServeTest::withoutAnyAppOneIsMadeAndItsKeyTold()
{
    const CliRunner cli;
    ServeProcess serve{cli};
    QCOMPARE(serve.line()["apps"].toArray(), (QJsonArray{"1000001"}));
    const QRegularExpression keyPattern{"id 1000001, key ([0-9a-f]{20})"};
    QTRY_VERIFY(keyPattern.match(QString::fromUtf8(serve.err())).hasMatch());
    const QString key = keyPattern.match(QString::fromUtf8(serve.err())).captured(1);
    PusherClient client{{.url = url(serve, key), .authorizeChannel = {}, .authorizeUser = {}}};
    client.connectToServer();
    QTRY_COMPARE(client.state(), PusherClient::State::Connected);
}

void CliServeTest::theCommandLineWinsOverTheFile()
{
    CliRunner cli;
    cli.writeFile(
        "c.json",
        R"({"server": {"listen": "127.0.0.2", "port": 1, "apps": [{"app_id": "file", "client": "k", "secret": "zqx-marker"}]}})");
    {
        const ServeProcess serve{cli, {"--config", "c.json", "--listen", "127.0.0.1"}};
        QCOMPARE(serve.line()["apps"].toArray(), (QJsonArray{"file"}));
        QCOMPARE(serve.line()["address"].toString(), "127.0.0.1");
    }
    const ServeProcess serve{cli, {"--config", "c.json", "--app", CliRunner::app()}};
    QCOMPARE(serve.line()["apps"].toArray(), (QJsonArray{"app"}));
    QCOMPARE(serve.line()["address"].toString(), "127.0.0.2");
}

void CliServeTest::switchesApplyToAllAppsOfTheCommandLine()
{
    for (const bool isOn : {false, true}) {
        const CliRunner cli;
        const ServeProcess serve{cli, QStringList{"--app", "a:key:s"} +
                                          (isOn ? QStringList{"--client-events"} : QStringList{})};
        castdeck::remote::PusherEndpoint endpoint;
        endpoint.key = "key";
        endpoint.secret = "s";
        const auto authorize = castdeck::remote::localChannelAuthorizer(endpoint, {.id = "1"});
        PusherClient ann{{.url = url(serve, "key"), .authorizeChannel = authorize, .authorizeUser = {}}};
        PusherClient bob{{.url = url(serve, "key"), .authorizeChannel = authorize, .authorizeUser = {}}};
        for (PusherClient* client : {&ann, &bob}) {
            client->subscribe("private-a");
            client->connectToServer();
            QTRY_VERIFY(client->isSubscribed("private-a"));
        }
        QSignalSpy refused{&ann, &PusherClient::errorReceived};
        QSignalSpy received{&bob, &PusherClient::eventReceived};
        QVERIFY(ann.trigger("private-a", "client-a", "{}").has_value());
        QTRY_COMPARE(isOn ? received.count() : refused.count(), 1);
    }
}

void CliServeTest::tlsIsServedAndReloadedOnHangup()
{
    const CliRunner cli;
    const auto first = castdeck::test::makeSelfSigned();
    const auto second = castdeck::test::makeSelfSigned();
    cli.writeFile("c.pem", first.certificate);
    cli.writeFile("k.pem", first.key);
    ServeProcess serve{cli, {"--app", CliRunner::app(), "--tls-cert", "c.pem", "--tls-key", "k.pem"}};
    QVERIFY(serve.line()["tls"].toBool());
    const auto served = [&] {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted("127.0.0.1", static_cast<quint16>(serve.port().toInt()));
        return socket.waitForEncrypted(5'000) ? socket.peerCertificate() : QSslCertificate{};
    };
    QCOMPARE(served(), QSslCertificate{first.certificate});
    cli.writeFile("c.pem", second.certificate);
    cli.writeFile("k.pem", second.key);
    ::kill(static_cast<pid_t>(serve.process().processId()), SIGHUP);
    QTRY_COMPARE(served(), QSslCertificate{second.certificate});
    QCOMPARE(serve.end(SIGTERM), 0);
}

void CliServeTest::aHangupReadsTheAppsAgain()
{
    const CliRunner cli;
    const QByteArray before = R"({"server": {"apps": [{"app_id": "1", "client": "k1", "secret": "zqx-marker"}]}})";
    const QByteArray after = R"({"server": {"apps": [{"app_id": "2", "client": "k2", "secret": "zqx-marker"}]}})";
    cli.writeFile("broadcasting.json", before);
    ServeProcess serve{cli};
    PusherClient client{{.url = url(serve, "k1"), .authorizeChannel = {}, .authorizeUser = {}}};
    client.connectToServer();
    QTRY_COMPARE(client.state(), PusherClient::State::Connected);
    cli.writeFile("broadcasting.json", "{");
    ::kill(static_cast<pid_t>(serve.process().processId()), SIGHUP);
    QTRY_VERIFY(serve.err().contains("applications not changed"));
    QCOMPARE(client.state(), PusherClient::State::Connected);
    cli.writeFile("broadcasting.json", after);
    ::kill(static_cast<pid_t>(serve.process().processId()), SIGHUP);
    QTRY_COMPARE(client.state(), PusherClient::State::Disconnected);
    PusherClient other{{.url = url(serve, "k2"), .authorizeChannel = {}, .authorizeUser = {}}};
    other.connectToServer();
    QTRY_COMPARE(other.state(), PusherClient::State::Connected);
}

void CliServeTest::aHangupReadsWhatCanChangeAndKeepsClients()
{
    const CliRunner cli;
    const auto write = [&](const char* policy, int workers) {
        cli.writeFile("broadcasting.json", QStringLiteral(R"({"authorize": {"policy": "%1"}, "server": {"workers": %2,
            "apps": [{"app_id": "1", "client": "k1", "secret": "zqx-marker"}]}})")
                                               .arg(policy)
                                               .arg(workers)
                                               .toUtf8());
    };
    write("open", 1);
    ServeProcess serve{cli};
    PusherClient client{{.url = url(serve, "k1"), .authorizeChannel = {}, .authorizeUser = {}}};
    client.connectToServer();
    QTRY_COMPARE(client.state(), PusherClient::State::Connected);
    QCOMPARE(authorize(serve, "private-x"), 200);
    write("closed", 2);
    ::kill(static_cast<pid_t>(serve.process().processId()), SIGHUP);
    QTRY_VERIFY(serve.err().contains("server.workers has changed, which takes effect after a restart"));
    QTRY_COMPARE(authorize(serve, "private-x"), 403);
    QCOMPARE(client.state(), PusherClient::State::Connected);
    QVERIFY(!serve.err().contains("server.port has changed"));
}

void CliServeTest::theRulesOfTheConfigurationDecide()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"authorize": {"path": "/mine", "topics": {"private-no": false}},
        "server": {"apps": [{"app_id": "1", "client": "k1", "secret": "zqx-marker"}]}})");
    const ServeProcess serve{cli};
    QCOMPARE(authorize(serve, "private-yes", "/mine"), 200);
    QCOMPARE(authorize(serve, "private-no", "/mine"), 403);
    QCOMPARE(authorize(serve, "private-yes"), 404);
}

void CliServeTest::theEndpointAnswersForAppsOfTheCommandLine()
{
    CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"authorize": {"policy": "closed"}})"); // Nobody named it.
    const ServeProcess serve{cli, {"--app", CliRunner::app()}};
    QCOMPARE(authorize(serve, "private-x"), 200);
    QCOMPARE(authorize(serve, "private-x", "/pusher/auth"), 200);
    cli.setVariable("BROADCAST_AUTHORIZE_PATH", "/elsewhere");
    const ServeProcess moved{cli, {"--app", CliRunner::app()}};
    QCOMPARE(authorize(moved, "private-x", "/elsewhere"), 200);
    QCOMPARE(authorize(moved, "private-x"), 404);
}

void CliServeTest::aBrokenConfigurationStopsTheStart()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", "{\n\"server\": {\"port\": 0}}");
    const auto outcome = cli.run({"serve"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.err.contains("broadcasting.json:2:20: error: server.port:"), outcome.err.constData());
}

void CliServeTest::standingWarningsAreToldAtStart()
{
    const CliRunner cli;
    cli.writeFile("c.json", R"({"server": {"apps": [{"app_id": "1", "client": "k", "secret": "zqx-marker",
        "allowed_origins": ["*"], "lenient_protocol": true}]}})");
    ServeProcess serve{cli, {"--config", "c.json"}};
    QTRY_VERIFY(serve.err().contains("lenient_protocol"));
    QVERIFY(serve.err().contains("allowed_origins"));
    QVERIFY(!serve.err().contains("authorize.policy is open")); // To this machine only.
    cli.writeFile("wide.json", R"({"authorize": {"expose": true, "jsonp": true}, "demo": {"expose": true},
        "identity": {"trust_header": true}, "csrf": {"enabled": false}, "cors": {"allowed_origins": ["*"]},
        "server": {"listen": "0.0.0.0", "apps": [{"app_id": "1", "client": "k", "secret": "zqx-marker"}]}})");
    ServeProcess wide{cli, {"--config", "wide.json"}};
    QTRY_VERIFY(wide.err().contains("press Ctrl+C"));
    for (const char* word : {"authorize.policy is open", "authorize.expose", "demo.expose", "identity.trust_header",
                             "authorize.jsonp", "csrf.enabled is false", "cors.allowed_origins has \"*\""})
        QVERIFY2(wide.err().contains(word), wide.err().constData());
}

void CliServeTest::demoTellsHowToConnect()
{
    const CliRunner cli;
    ServeProcess serve{cli, {"--app", CliRunner::app(), "--demo"}};
    QTRY_VERIFY(serve.err().contains("new Pusher(\"key\""));
    QVERIFY(serve.err().contains("wsPort: " + serve.port().toUtf8()));
    const QByteArray endpoint = "\"http://localhost:" + serve.port().toUtf8() + "/pusher/auth\"";
    QVERIFY(serve.err().contains("channelAuthorization: { endpoint: " + endpoint + " }"));
    QVERIFY(serve.err().contains("authEndpoint: " + endpoint));
    cli.writeFile("none.json", R"({"authorize": {"extra_paths": []}})");
    ServeProcess without{cli, {"--app", CliRunner::app(), "--demo", "--config", "none.json"}};
    QTRY_VERIFY(without.err().contains("new Pusher(\"key\""));
    QVERIFY(!without.err().contains("channelAuthorization"));
}

void CliServeTest::aSmallDescriptorLimitIsToldAndSomebodyIsServed()
{
    CliRunner cli;
    cli.setDescriptorLimit(40);
    ServeProcess serve{cli, {"--app", CliRunner::app(), "--workers", "1"}};
    QTRY_VERIFY(serve.err().contains("at most 20 clients are served; raise the limit with ulimit -n"));
    PusherClient client{{.url = url(serve, "key"), .authorizeChannel = {}, .authorizeUser = {}}};
    client.connectToServer();
    QTRY_COMPARE(client.state(), PusherClient::State::Connected);
}

QTEST_GUILESS_MAIN(CliServeTest)
#include "cli_serve_test.moc"
