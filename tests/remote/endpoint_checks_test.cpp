#include "core/remote/endpoint_checks.h"

#include "core/pusher/signature.h"
#include "core/remote/endpoint_probe.h"
#include "tests/remote/raw_server.h"
#include "tests/support/engine_fixture.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrlQuery>

using namespace castdeck;
using namespace castdeck::remote;
using castdeck::test::EngineFixture;
using castdeck::test::RawServer;

namespace {

constexpr const char* marker = "zqx-marker-of-the-app";
constexpr const char* shopSecret = "zqx-marker-of-the-shop";
constexpr const char* cookie = "laravel_session=zqx-marker-cookie";
constexpr const char* orders = "private-orders.5";

std::vector<KnownApp> apps()
{
    return {{"demo", "demo-key", marker}, {"shop", "shop-key", shopSecret}};
}

QByteArray response(int status, const QByteArray& body,
                    const QByteArray& headers = "Content-Type: application/json\r\n")
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Answer\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

std::string fieldOf(const QByteArray& request, const char* name)
{
    const QUrlQuery form{QString::fromUtf8(request.mid(request.indexOf("\r\n\r\n") + 4))};
    return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded).toStdString();
}

/// An application's endpoint with one thing wrong.
class FaultyEndpoint {
public:
    explicit FaultyEndpoint(std::string fault) : m_fault{std::move(fault)}
    {
        m_server.onRequest = [this](QTcpSocket& socket) {
            if (m_fault == "slow")
                return;
            socket.write(answer());
            socket.disconnectFromHost();
            m_server.received.clear();
        };
    }
    std::string url() const { return m_server.url("/broadcasting/auth?ticket=zqx-marker-ticket"); }
    std::uint16_t port() const { return m_server.port(); }

private:
    QByteArray answer()
    {
        const std::string socketId = fieldOf(m_server.received, "socket_id");
        const std::string channel = fieldOf(m_server.received, "channel_name");
        const bool isPresence = channel.starts_with("presence-");
        if (m_fault == "no session")
            return response(403, "{}");
        if (m_fault == "CSRF")
            return response(419, "<html>Page Expired</html>", "Content-Type: text/html\r\n");
        if (m_fault == "login")
            return response(302, "", "Location: http://127.0.0.1/login?next=zqx-marker-next\r\n");
        if (m_fault == "stack page")
            return response(500, "<html>" + QByteArray{cookie} + "</html>", "Content-Type: text/html\r\n");
        if (m_fault == "HTML")
            return response(200, "<!doctype html><html><form><input type=\"password\"></form></html>",
                            "Content-Type: text/html\r\n");
        if (m_fault == "no auth")
            return response(200, R"({"ok":true})");
        std::string data = isPresence ? R"({"user_id":"5","user_info":{"name":"Ana / Bo"}})" : "";
        if (m_fault == "number")
            data = R"({"user_id":5})";
        std::string text = (m_fault == "other socket" ? "87.65" : socketId) + ":" + channel;
        if (!data.empty() && m_fault != "left out")
            text += ":" + (m_fault == "rewritten" ? R"({"user_id": "5", "user_info": {"name": "Ana / Bo"}})" : data);
        if (m_fault == "white space")
            text += "\n";
        const std::string secret = m_fault == "other secret"     ? shopSecret
                                   : m_fault == "unknown secret" ? "zqx-marker-unknown"
                                   : m_fault == "secret line"    ? std::string{marker} + "\n"
                                                                 : marker;
        std::string auth = (m_fault == "other key" ? "shop-key:" : "demo-key:") + pusher::Signer{"", secret}.sign(text);
        if (m_fault == "upper case")
            std::ranges::transform(auth.begin() + 9, auth.end(), auth.begin() + 9, [](char c) {
                return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            });
        QByteArray body = "{\"auth\":\"" + QByteArray::fromStdString(auth) + "\"";
        if (m_fault == "object")
            body += R"(,"channel_data":{"user_id":"5"})";
        else if (!data.empty())
            body += ",\"channel_data\":\"" + QByteArray::fromStdString(data).replace("\"", "\\\"") + "\"";
        return response(200, body + "}");
    }

    const std::string m_fault;
    RawServer m_server;
};

} // namespace

class EndpointChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void J6_everySeededFaultIsNamed_data();
    void J6_everySeededFaultIsNamed();
    void J6_aSlowEndpointIsCancelledAtOnce();
    void whatIsRightPassesEveryCheck_data();
    void whatIsRightPassesEveryCheck();
    void aSilentPortAndABadNameAreTold();
    void withoutAnAppSignaturesStayUnchecked();
    void theServerAcceptsTheSubscription();
    void aServerOfAnotherAppRefusesAtTheEnd();
    void theTokenOfAPageIsSentAlong();
    void theSignatureShowsItsFirstDifference();

private:
    EndpointTrial run(EndpointTarget target, const EndpointQuestion& question, ProbeOptions options)
    {
        std::optional<EndpointTrial> outcome;
        m_probe.run(std::move(target), question, std::move(options), {},
                    [&](const EndpointTrial& trial) { outcome = trial; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome, 10'000); }();
        return outcome.value_or(EndpointTrial{});
    }
    static EndpointTarget targetOf(const std::string& url)
    {
        EndpointTarget target;
        target.url = url;
        target.headers = {{"Cookie", cookie}};
        return target;
    }

    EndpointProbe m_probe;
};

void EndpointChecksTest::J6_everySeededFaultIsNamed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("channel");
    QTest::addColumn<int>("check"); // From 1.
    QTest::addColumn<QString>("words");
    const auto row = [](const char* fault, int check, const char* words, const char* channel = orders) {
        QTest::addRow("%s on %s", fault, channel) << QString{fault} << QString{channel} << check << QString{words};
    };
    row("no session", 5, "refused (HTTP 403)");
    row("CSRF", 5, "CSRF");
    row("login", 4, "redirects to http://127.0.0.1/login,");
    row("stack page", 5, "its own log says why");
    row("HTML", 6, "an HTML page, maybe of a login");
    row("no auth", 7, "no \"auth\"");
    row("other key", 9, "the key shop-key, which is \"shop\"");
    row("other secret", 10, "that of the application \"shop\"");
    row("object", 11, "an object");
    row("object", 11, "an object", "presence-room");
    row("number", 11, "a number");
    row("number", 11, "a number", "presence-room");
    row("other socket", 10, "for another socket");
    row("unknown secret", 10, "none that is known here");
    row("white space", 10, "white space follows the");
    row("secret line", 10, "white space follows the secret");
    row("rewritten", 10, "not the exact string", "presence-room");
    row("left out", 10, "channel_data was left out", "presence-room");
    row("upper case", 8, "upper-case");
}

void EndpointChecksTest::J6_everySeededFaultIsNamed()
{
    QFETCH(QString, fault);
    QFETCH(QString, channel);
    QFETCH(int, check);
    QFETCH(QString, words);
    const FaultyEndpoint endpoint{fault.toStdString()};
    QElapsedTimer timer;
    timer.start();
    const EndpointTrial trial =
        run(targetOf(endpoint.url()), {channel.toStdString(), "4821.9047"}, {.apps = apps(), .server = {}});
    QVERIFY(timer.elapsed() < 500);
    const auto failed = trial.report.firstFailed();
    const QString text = QString::fromStdString(reportText(trial));
    QVERIFY2(failed, qPrintable(text));
    QCOMPARE(static_cast<int>(*failed) + 1, check);
    const QString sentence = QString::fromStdString(trial.report.at(*failed).sentence);
    QVERIFY2(sentence.contains(words), qPrintable(sentence));
    QVERIFY2(!trial.report.at(*failed).nextStep.empty(), qPrintable(text));
    for (int i = 0; i < check - 1; ++i)
        QVERIFY2(trial.report.checks[static_cast<std::size_t>(i)].mark != CheckMark::NotReached, qPrintable(text));
    if (check == 10)
        QVERIFY2(text.contains(QStringLiteral("String to sign: 4821.9047:") + channel), qPrintable(text));
    const QString all = text + QString::fromStdString(trial.answerHead + trial.answerBody + checksJson(trial.report));
    QVERIFY2(!all.contains(QStringLiteral("zqx-marker")), qPrintable(all));
}

void EndpointChecksTest::J6_aSlowEndpointIsCancelledAtOnce()
{
    const FaultyEndpoint endpoint{"slow"};
    bool isDone = false;
    m_probe.run(targetOf(endpoint.url()), {orders, "1.1"}, {.apps = apps(), .server = {}}, {},
                [&](const EndpointTrial&) { isDone = true; });
    QTest::qWait(50);
    QElapsedTimer timer;
    timer.start();
    m_probe.cancel();
    QVERIFY(timer.elapsed() < 100);
    QVERIFY(!m_probe.isRunning());
    QTest::qWait(20);
    QVERIFY(!isDone);
}

void EndpointChecksTest::whatIsRightPassesEveryCheck_data()
{
    QTest::addColumn<QString>("channel");
    QTest::newRow("private") << QString{orders};
    QTest::newRow("presence") << QStringLiteral("presence-room");
    QTest::newRow("public") << QStringLiteral("news");
}

void EndpointChecksTest::whatIsRightPassesEveryCheck()
{
    QFETCH(QString, channel);
    const FaultyEndpoint endpoint{"none"};
    const EndpointTrial trial =
        run(targetOf(endpoint.url()), {channel.toStdString(), {}}, {.apps = apps(), .server = {}});
    QVERIFY2(!trial.report.firstFailed(), reportText(trial).c_str());
    QCOMPARE(trial.report.outcome(), EndpointOutcome::Allowed);
    QVERIFY(trial.report.signature == SignatureState::Right);
    QCOMPARE(trial.report.at(Check::Subscription).mark, CheckMark::Unchecked);
}

void EndpointChecksTest::aSilentPortAndABadNameAreTold()
{
    const EndpointTrial nobody =
        run(targetOf("http://127.0.0.1:1/auth"), {orders, "1.1"}, {.apps = apps(), .server = {}});
    QCOMPARE(nobody.report.firstFailed(), std::optional{Check::Reachable});
    const EndpointTrial badName =
        run(targetOf("http://127.0.0.1:1/auth"), {"private-a b", "1.1"}, {.apps = apps(), .server = {}});
    QCOMPARE(badName.report.firstFailed(), std::optional{Check::NeedsAuth});
    QCOMPARE(badName.report.at(Check::Reachable).mark, CheckMark::NotReached);
    const FaultyEndpoint plain{"none"};
    const EndpointTrial tls = run(targetOf("https://127.0.0.1:" + std::to_string(plain.port())), {orders, "1.1"},
                                  {.apps = apps(), .server = {}});
    QCOMPARE(tls.report.firstFailed(), std::optional{Check::Tls});
}

void EndpointChecksTest::withoutAnAppSignaturesStayUnchecked()
{
    const FaultyEndpoint endpoint{"other secret"};
    const EndpointTrial trial = run(targetOf(endpoint.url()), {orders, "1.1"}, {.apps = {}, .server = {}});
    QCOMPARE(trial.report.outcome(), EndpointOutcome::Allowed);
    QVERIFY(trial.report.signature == SignatureState::Unchecked);
}

void EndpointChecksTest::theServerAcceptsTheSubscription()
{
    hub::AppConfig app = test::makeApp();
    app.key = "demo-key";
    app.secret = marker;
    const EngineFixture fixture{app};
    PusherEndpoint server;
    server.socketHost = "127.0.0.1";
    server.port = fixture.port();
    server.usesTls = false;
    server.key = app.key;
    const FaultyEndpoint endpoint{"none"};
    for (const char* channel : {orders, "presence-room"}) {
        const EndpointTrial trial =
            run(targetOf(endpoint.url()), {channel, {}}, {.apps = apps(), .server = server.socketUrl()});
        QVERIFY2(!trial.report.firstFailed(), reportText(trial).c_str());
        QCOMPARE(trial.report.at(Check::Subscription).mark, CheckMark::Passed);
    }
}

void EndpointChecksTest::aServerOfAnotherAppRefusesAtTheEnd()
{
    hub::AppConfig app = test::makeApp();
    app.key = "demo-key";
    app.secret = "another one";
    const EngineFixture fixture{app};
    PusherEndpoint server;
    server.socketHost = "127.0.0.1";
    server.port = fixture.port();
    server.usesTls = false;
    server.key = app.key;
    const FaultyEndpoint endpoint{"none"};
    const EndpointTrial trial =
        run(targetOf(endpoint.url()), {orders, {}}, {.apps = apps(), .server = server.socketUrl()});
    QCOMPARE(trial.report.firstFailed(), std::optional{Check::Subscription});
}

void EndpointChecksTest::theTokenOfAPageIsSentAlong()
{
    RawServer page{response(200, R"(<html><meta name="csrf-token" content="zqx-marker-token"></html>)",
                            "Set-Cookie: XSRF-TOKEN=zqx%2Dmarker%2Dcookie; Path=/\r\nSet-Cookie: s=1\r\n")};
    RawServer server{response(200, "{}")};
    EndpointTarget target = targetOf(server.url("/auth"));
    target.csrfPage = page.url("/login");
    const EndpointTrial trial = run(target, {orders, "1.1"}, {.apps = apps(), .server = {}});
    const QByteArray request = server.received;
    QVERIFY2(request.contains("X-CSRF-TOKEN: zqx-marker-token\r\n"), request);
    QVERIFY2(request.contains("X-XSRF-TOKEN: zqx-marker-cookie\r\n"), request);
    QVERIFY2(request.contains("XSRF-TOKEN=zqx%2Dmarker%2Dcookie; s=1"), request);
    QVERIFY2(reportText(trial).find("zqx-marker") == std::string::npos, trial.request.c_str());
}

void EndpointChecksTest::theSignatureShowsItsFirstDifference()
{
    const std::string right = pusher::Signer{"demo-key", marker}.channelAuth("1.1", orders);
    std::string wrong = right;
    wrong[9 + 20] = right[9 + 20] == 'a' ? 'b' : 'a';
    EndpointReply reply;
    reply.answer.status = 200;
    reply.answer.body = "{\"auth\":\"" + wrong + "\"}";
    const EndpointReport report = judge({orders, "1.1"}, reply, apps());
    QCOMPARE(report.detail.firstDifference, std::optional<std::size_t>{20});
    QCOMPARE(report.detail.text, std::string{"1.1:private-orders.5"});
}

QTEST_GUILESS_MAIN(EndpointChecksTest)
#include "endpoint_checks_test.moc"
