#include "core/remote/pusher_endpoint.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::remote;

class PusherEndpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressesComeFromTheOptions_data();
    void addressesComeFromTheOptions();
    void missingCredentialsAreNamed();
    void hostWithMoreThanANameIsRefused();
    void theConfiguredServerIsReachedWhereItListens_data();
    void theConfiguredServerIsReachedWhereItListens();
    void signedCharactersStayAsTheyAre();
};

void PusherEndpointTest::addressesComeFromTheOptions_data()
{
    QTest::addColumn<QString>("cluster");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("socket");
    QTest::newRow("cluster") << "eu" << "" << 0 << true << "https://api-eu.pusher.com:443/x?q"
                             << "wss://ws-eu.pusher.com:443/app/k";
    QTest::newRow("legacy") << "" << "" << 0 << true << "https://api.pusherapp.com:443/x?q"
                            << "wss://ws.pusherapp.com:443/app/k";
    QTest::newRow("plain") << "eu" << "" << 0 << false << "http://api-eu.pusher.com:80/x?q"
                           << "ws://ws-eu.pusher.com:80/app/k";
    QTest::newRow("host wins") << "eu" << "h.test" << 6001 << false << "http://h.test:6001/x?q"
                               << "ws://h.test:6001/app/k";
    QTest::newRow("IPv6") << "" << "::1" << 6001 << true << "https://[::1]:6001/x?q" << "wss://[::1]:6001/app/k";
}

void PusherEndpointTest::addressesComeFromTheOptions()
{
    QFETCH(QString, cluster);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(bool, tls);
    store::PusherOptions options{.appId = "1",
                                 .key = "k",
                                 .secret = "s",
                                 .cluster = cluster.toStdString(),
                                 .host = host.toStdString(),
                                 .port = {},
                                 .usesTls = tls,
                                 .pathPrefix = {}};
    if (port != 0)
        options.port = static_cast<std::uint16_t>(port);
    const auto endpoint = PusherEndpoint::from(options);
    QVERIFY(endpoint.has_value());
    QTEST(endpoint->restUrl("/x", "q").toString(), "rest");
    QTEST(endpoint->socketUrl().toString(QUrl::RemoveQuery), "socket");
    QVERIFY(endpoint->socketUrl().query().startsWith("protocol=7&client=castdeck&version="));
}

void PusherEndpointTest::hostWithMoreThanANameIsRefused()
{
    for (const char* host : {"http://push.example", "push.example:6001", "push.example/x", "no such host", "[::1]"}) {
        store::PusherOptions options;
        options.appId = options.key = options.secret = "k";
        options.host = host;
        const auto endpoint = PusherEndpoint::from(options);
        QVERIFY2(!endpoint, host);
        QVERIFY(endpoint.error().detail.find("host must be a name") != std::string::npos);
    }
}

void PusherEndpointTest::missingCredentialsAreNamed()
{
    const auto missing = PusherEndpoint::from(store::PusherOptions{
        .appId = "1", .key = "k", .secret = {}, .cluster = {}, .host = {}, .port = {}, .pathPrefix = {}});
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().detail, "the option secret is missing or empty");
}

void PusherEndpointTest::theConfiguredServerIsReachedWhereItListens_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("address");
    QTest::newRow("loopback") << "127.0.0.1" << "http://127.0.0.1:6001";
    QTest::newRow("any") << "0.0.0.0" << "http://127.0.0.1:6001";
    QTest::newRow("any IPv6") << "::" << "http://[::1]:6001";
    QTest::newRow("name") << "localhost" << "http://localhost:6001";
}

void PusherEndpointTest::theConfiguredServerIsReachedWhereItListens()
{
    QFETCH(QString, listen);
    store::ServerConfig server;
    server.listen = listen.toStdString();
    QVERIFY(!PusherEndpoint::from(server).has_value());
    server.apps.resize(1);
    server.apps[0].id = "first";
    QTEST(QString::fromStdString(PusherEndpoint::from(server)->address()), "address");
    QCOMPARE(PusherEndpoint::from(server)->appId, "first");
    server.tls = store::TlsConfig{"c", "k"};
    QVERIFY(PusherEndpoint::from(server)->address().starts_with("https://"));
}

void PusherEndpointTest::signedCharactersStayAsTheyAre()
{
    PusherEndpoint endpoint;
    endpoint.restHost = "h.test";
    endpoint.pathPrefix = "/prefix";
    const QUrl url = endpoint.restUrl("/apps/900/channels/cache-a=b@c,d.e;f/%2Fx", "info=cache%2Csubscription_count");
    QCOMPARE(url.toEncoded(),
             "https://h.test:443/prefix/apps/900/channels/cache-a=b@c,d.e;f/%2Fx?info=cache%2Csubscription_count");
}

QTEST_APPLESS_MAIN(PusherEndpointTest)
#include "pusher_endpoint_test.moc"
