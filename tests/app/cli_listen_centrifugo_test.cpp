#include "tests/app/cli_runner.h"
#include "tests/app/listen_process.h"
#include "tests/remote/centrifugo_server.h"
#include "tests/remote/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <optional>

using castdeck::test::CentrifugoServer;
using castdeck::test::CliRunner;
using castdeck::test::ListenProcess;
using castdeck::test::ScriptedServer;

namespace {

const QString secret = QString::fromLatin1(castdeck::test::marker) + QStringLiteral("-secret");

/// Waits with a running event loop, which a scripted server needs; the exit code, or -1.
int endOf(ListenProcess& listener)
{
    const QProcess& process = *listener.process;
    const bool hasEnded = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20'000);
    listener.read();
    if ((listener.out + listener.err).contains(castdeck::test::marker))
        QTest::qFail("a secret was printed", __FILE__, __LINE__);
    return hasEnded ? process.exitCode() : -1;
}

/// What a token says of its bearer.
QJsonObject claims(const QString& token)
{
    return QJsonDocument::fromJson(
               QByteArray::fromBase64(token.section(QLatin1Char{'.'}, 1, 1).toLatin1(), QByteArray::Base64UrlEncoding))
        .object();
}

} // namespace

/// `listen` at a Centrifugo server: one that is scripted, and a real one where there is one.
class CliListenCentrifugoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_server.emplace();
        m_server->onClient([](QWebSocket*) {});
    }
    void cleanup() { m_server.reset(); }

    void whatIsPublishedIsPrinted();
    void membersArePrintedWithTheProtocolsOwnEvents();
    void onlyTheNamedEventCounts();
    void theTokenNamesTheActor();
    void aGivenTokenGoesOutAsItIs();
    void aRefusalSaysWhatToConfigure_data();
    void aRefusalSaysWhatToConfigure();
    void aGivenTokenIsNotTriedAgainAfterItsEnd();
    void aRefusedSubscriptionIsAFailure();
    void anEndOfTimeIsAFailureOnlyWithACount();
    void optionsOfTheWrongKindAreToldBefore();

    void aRealServerIsHeard();
    void aRealServerRefuses();

private:
    void configure(const QUrl& url, const QJsonObject& more) const;
    ListenProcess listen(const QStringList& arguments, const QJsonObject& options = {}) const;
    /// The scripted server lets the client in and into the channel.
    void welcome(const char* channel = "news");
    QJsonObject hello() const { return m_server->received().at(0)["connect"].toObject(); }

    CliRunner m_cli;
    std::optional<ScriptedServer> m_server;
};

void CliListenCentrifugoTest::configure(const QUrl& url, const QJsonObject& more) const
{
    QJsonObject connection = more;
    connection["driver"] = "centrifugo";
    connection["url"] = url.toString();
    m_cli.writeFile("broadcasting.json",
                    QJsonDocument{QJsonObject{{"connections", QJsonObject{{"live", connection}}}}}.toJson());
}

ListenProcess CliListenCentrifugoTest::listen(const QStringList& arguments, const QJsonObject& options) const
{
    QUrl url = m_server->url();
    url.setScheme(QStringLiteral("http"));
    url.setPath({});
    configure(url, options);
    return {.process = m_cli.start(QStringList{"listen", "--connection", "live"} + arguments)};
}

void CliListenCentrifugoTest::welcome(const char* channel)
{
    QTRY_COMPARE(m_server->received().size(), 1);
    m_server->send(R"({"id":1,"connect":{"client":"c","version":"6","ping":25,"pong":true}})");
    QTRY_COMPARE(m_server->received().size(), 2);
    QCOMPARE(m_server->received()[1]["subscribe"].toObject()["channel"].toString(), QString::fromLatin1(channel));
    m_server->send(R"({"id":2,"subscribe":{}})");
}

void CliListenCentrifugoTest::whatIsPublishedIsPrinted()
{
    auto listener = listen({"news", "--count", "5"});
    welcome();
    m_server->send(
        R"({"push":{"channel":"news","pub":{"data":{"event":"e","data":{"z":1,"a":12345678901234567890}}}}})");
    m_server->send(R"({"push":{"channel":"news","pub":{"data":{"status":"purchased"}}}})");
    m_server->send(R"({"push":{"channel":"news","pub":{"data":{"event":"e","data":1,"more":2}}}})");
    m_server->send(R"({"push":{"channel":"news","join":{"info":{"user":"ada","client":"x"}}}})");
    m_server->send(R"({"push":{"channel":"news","pub":{"data":"text"}}}
{"push":{"channel":"news","pub":{"data":{"event":"e","data":null},"info":{"user":"ada","client":"x"}}}})");
    QCOMPARE(endOf(listener), 0);
    QCOMPARE(listener.out, QByteArray{R"({"channel":"news","event":"e","data":{"z":1,"a":12345678901234567890}}
{"channel":"news","event":"message","data":{"status":"purchased"}}
{"channel":"news","event":"message","data":{"event":"e","data":1,"more":2}}
{"channel":"news","event":"message","data":"text"}
{"channel":"news","event":"e","user_id":"ada","data":null}
)"});
    QVERIFY(listener.err.contains("subscribed to news"));
    QVERIFY(!hello().contains("token"));
}

void CliListenCentrifugoTest::membersArePrintedWithTheProtocolsOwnEvents()
{
    auto listener = listen({"room:1", "--all", "--count", "2"});
    welcome("room:1");
    m_server->send(
        R"({"push":{"channel":"room:1","join":{"info":{"user":"ada","client":"x","conn_info":{"name":"Ada"}}}}})");
    m_server->send(R"({"push":{"channel":"room:1","leave":{"info":{"user":"ada","client":"x"}}}})");
    QCOMPARE(endOf(listener), 0);
    QCOMPARE(
        listener.out,
        QByteArray{
            R"({"channel":"room:1","event":"pusher_internal:member_added","data":{"user_id":"ada","user_info":{"name":"Ada"},"client":"x"}}
{"channel":"room:1","event":"pusher_internal:member_removed","data":{"user_id":"ada","client":"x"}}
)"});
}

void CliListenCentrifugoTest::onlyTheNamedEventCounts()
{
    auto listener = listen({"news", "--event", "wanted", "--count", "1"});
    welcome();
    m_server->send(R"({"push":{"channel":"news","pub":{"data":{"event":"other","data":1}}}})");
    m_server->send(R"({"push":{"channel":"news","pub":{"data":{"event":"wanted","data":2}}}})");
    QCOMPARE(endOf(listener), 0);
    QCOMPARE(listener.out, QByteArray{"{\"channel\":\"news\",\"event\":\"wanted\",\"data\":2}\n"});
}

void CliListenCentrifugoTest::theTokenNamesTheActor()
{
    auto listener = listen({"news", "--actor", "ada", "--count", "1"}, {{"token_secret", secret}});
    welcome();
    const QJsonObject claimed = claims(hello()["token"].toString());
    QCOMPARE(claimed["sub"].toString(), QStringLiteral("ada"));
    QVERIFY(claimed["exp"].toInt() > 0);
    m_server->send(R"({"push":{"channel":"news","pub":{"data":1}}})");
    QCOMPARE(endOf(listener), 0);
}

void CliListenCentrifugoTest::aGivenTokenGoesOutAsItIs()
{
    auto listener = listen({"news", "--count", "1"}, {{"token", secret}, {"token_secret", "unused"}});
    welcome();
    QCOMPARE(hello()["token"].toString(), secret);
    m_server->send(R"({"push":{"channel":"news","pub":{"data":1}}})");
    QCOMPARE(endOf(listener), 0);
}

void CliListenCentrifugoTest::aRefusalSaysWhatToConfigure_data()
{
    QTest::addColumn<QJsonObject>("options");
    QTest::addColumn<QByteArray>("advice");
    QTest::newRow("no token") << QJsonObject{}
                              << QByteArray{"give connection \"live\" the option token_secret (the server's "
                                            "client.token.hmac_secret_key) or token"};
    QTest::newRow("secret") << QJsonObject{{"token_secret", secret}}
                            << QByteArray{"token_secret of connection \"live\" must be the server's"};
    QTest::newRow("token") << QJsonObject{{"token", secret}}
                           << QByteArray{"does not take the token of connection \"live\""};
}

void CliListenCentrifugoTest::aRefusalSaysWhatToConfigure()
{
    QFETCH(QJsonObject, options);
    QFETCH(QByteArray, advice);
    auto listener = listen({"news"}, options);
    QTRY_COMPARE(m_server->received().size(), 1);
    m_server->close(3500, QStringLiteral("invalid token"));
    QCOMPARE(endOf(listener), 1);
    QVERIFY2(listener.err.contains("connection \"live\": invalid token (3500); the server refuses this client for "
                                   "good"),
             listener.err.constData());
    QVERIFY2(listener.err.contains(advice), listener.err.constData());
}

void CliListenCentrifugoTest::aGivenTokenIsNotTriedAgainAfterItsEnd()
{
    auto listener = listen({"news"}, {{"token", secret}});
    QTRY_COMPARE(m_server->received().size(), 1);
    m_server->send(R"({"id":1,"error":{"code":109,"message":"token expired"}})");
    QCOMPARE(endOf(listener), 1);
    QCOMPARE(m_server->clients(), 1);
}

void CliListenCentrifugoTest::aRefusedSubscriptionIsAFailure()
{
    auto listener = listen({"closed:1"});
    QTRY_COMPARE(m_server->received().size(), 1);
    m_server->send(R"({"id":1,"connect":{"client":"c"}})");
    QTRY_COMPARE(m_server->received().size(), 2);
    m_server->send(R"({"id":2,"error":{"code":103,"message":"permission\u001b denied"}})");
    QCOMPARE(endOf(listener), 1);
    QVERIFY2(listener.err.contains("cannot subscribe to closed:1: permission\\x1b denied (103)"),
             listener.err.constData());
}

void CliListenCentrifugoTest::anEndOfTimeIsAFailureOnlyWithACount()
{
    auto patient = listen({"news", "--timeout", "0.3"});
    welcome();
    QCOMPARE(endOf(patient), 0);
    auto counting = listen({"news", "--timeout", "0.3", "--count", "2"});
    QCOMPARE(endOf(counting), 1);
    QVERIFY(counting.err.contains("time is up after 0 of 2 events"));
}

void CliListenCentrifugoTest::optionsOfTheWrongKindAreToldBefore()
{
    auto listener = listen({"news"}, {{"token_secret", QJsonArray{secret}}});
    QVERIFY(endOf(listener) > 0);
    QVERIFY2(listener.err.contains("token_secret"), listener.err.constData());
    QCOMPARE(m_server->clients(), 0);
}

void CliListenCentrifugoTest::aRealServerIsHeard()
{
    if (CentrifugoServer::program().isEmpty())
        QSKIP("no Centrifugo here; CASTDECK_CENTRIFUGO names one");
    const CentrifugoServer server;
    QVERIFY(server.isRunning());
    configure(server.url(), {{"api_key", CentrifugoServer::apiKey}, {"token_secret", CentrifugoServer::tokenSecret}});
    ListenProcess listener{
        .process = m_cli.start({"listen", "--connection", "live", "room:1", "--all", "--actor", "ada", "--count", "2"}),
        .out = {},
        .err = {}};
    QTRY_VERIFY(listener.hasSaid("subscribed to room:1"));
    QTRY_VERIFY((listener.read(), listener.out.contains("member_added")));
    QCOMPARE(m_cli.run({"emit", "--connection", "live", "room:1", "headline", R"({"text":"Hello"})"}).exitCode, 0);
    QCOMPARE(endOf(listener), 0);
    QVERIFY2(listener.out.contains(R"("data":{"user_id":"ada","user_info":{"name":"ada"},"client":)"), listener.out);
    QVERIFY2(listener.out.contains(R"({"channel":"room:1","event":"headline","data":{"text":"Hello"}})"), listener.out);
}

void CliListenCentrifugoTest::aRealServerRefuses()
{
    if (CentrifugoServer::program().isEmpty())
        QSKIP("no Centrifugo here; CASTDECK_CENTRIFUGO names one");
    const CentrifugoServer server;
    QVERIFY(server.isRunning());
    configure(server.url(), {{"token_secret", secret}});
    ListenProcess listener{.process = m_cli.start({"listen", "--connection", "live", "news"})};
    QCOMPARE(endOf(listener), 1);
    QVERIFY2(listener.err.contains("hmac_secret_key"), listener.err);
}

QTEST_GUILESS_MAIN(CliListenCentrifugoTest)
#include "cli_listen_centrifugo_test.moc"
