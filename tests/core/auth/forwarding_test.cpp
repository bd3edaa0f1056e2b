#include "core/auth/forwarding.h"

#include "tests/core/auth/config.h"
#include "tests/core/auth/web_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using test::configWith;
using test::post;
using test::WebFixture;
using test::with;

namespace {

/// The rules here would refuse what the other application is asked.
const std::string forwarding =
    R"("policy":"closed","explain":"never","forward_url":"http://127.0.0.1:8000/broadcasting/authorize")";
const std::string privateForm = "socket_id=4821.9047&channel_name=private-admins";

} // namespace

class ForwardingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOtherApplicationGetsTheFormAndTheNamedHeaders();
    void aUserIsAskedForWithoutAChannel();
    void itsAnswerDecides_data();
    void itsAnswerDecides();
    void theAnswerMayComeAfterTheEndpointIsGone();
    void whatCanOnlyBeRefusedIsNotForwarded_data();
    void whatCanOnlyBeRefusedIsNotForwarded();
    void withoutAForwarderTheRequestFails();
};

void ForwardingTest::theOtherApplicationGetsTheFormAndTheNamedHeaders()
{
    WebFixture fixture{configWith(forwarding + R"(,"forward_headers":["cookie","X-Team","Content-Length"])")};
    http::Request asked = post("/pusher/auth", "other=1&channel_name=private-a%40b&socket_id=4821.9047", "t");
    for (const auto& [name, value] : http::Headers{
             {"Cookie", "a=1"}, {"COOKIE", "b=2"}, {"x-team", "red"}, {"X-Other", "no"}, {"Content-Length", "9"}})
        asked = with(asked, name, value);
    fixture.ask(asked);
    QCOMPARE(fixture.forwarder->questions, 1);
    QCOMPARE(fixture.forwarder->url, std::string{"http://127.0.0.1:8000/broadcasting/authorize"});
    QCOMPARE(fixture.forwarder->body, std::string{"socket_id=4821.9047&channel_name=private-a%40b"});
    std::string sent;
    for (const http::Header& header : fixture.forwarder->headers)
        sent += header.name + ": " + header.value + "\n";
    QCOMPARE(QString::fromStdString(sent), QString{"Content-Type: application/x-www-form-urlencoded\nCookie: a=1\n"
                                                   "COOKIE: b=2\nx-team: red\n"});
}

void ForwardingTest::aUserIsAskedForWithoutAChannel()
{
    WebFixture fixture{configWith(forwarding)};
    fixture.forwarder->answer.body = R"({"auth":"k:s","user_data":"{}"})";
    const auto answer = fixture.ask(post("/pusher/user-auth", "socket_id=4821.9047"));
    QCOMPARE(fixture.forwarder->body, std::string{"socket_id=4821.9047"});
    QCOMPARE(answer->body, fixture.forwarder->answer.body);
}

void ForwardingTest::itsAnswerDecides_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<int>("answered");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("expected");
    QTest::addColumn<Reason>("reason");
    const std::string own = R"({"auth":"478b45309560f3456211:)"
                            R"(7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e"})";
    const std::string forbidden = R"({"error":"Forbidden"})";
    const std::string failed = R"({"error":"Bad Gateway"})";
    const auto row = [](const char* name, const char* channel, int answered, const std::string& body, int status,
                        const std::string& expected, Reason reason) {
        QTest::newRow(name) << std::string{channel} << answered << body << status << expected << reason;
    };
    const char* const alerts = "private-admins";
    for (const char* const body : {R"({"auth":"k:s"})", R"( {"auth":"k:s", "more":12345678901234567890})"})
        row(body, alerts, 200, body, 200, body, Reason::RuleAllowed);
    row("201 with auth", alerts, 201, R"({"auth":"k:s"})", 200, R"({"auth":"k:s"})", Reason::RuleAllowed);
    for (const char* const body : {"", "{}", "ok", "[]", R"({"auth":5})", R"({"auth":"k:s")"})
        row(*body == '\0' ? "nothing" : body, alerts, 204, body, 200, own, Reason::RuleAllowed);
    row("a public name", "news", 200, "{}", 200, "{}", Reason::RuleAllowed);
    row("presence with auth", "presence-a", 200, R"({"auth":"k:s","channel_data":"{}"})", 200,
        R"({"auth":"k:s","channel_data":"{}"})", Reason::RuleAllowed);
    row("presence without auth", "presence-a", 200, "{}", 502, failed, Reason::ForwardFailed);
    for (const int refused : {302, 400, 401, 403, 404, 419, 500, 503, 199})
        row(std::to_string(refused).c_str(), alerts, refused, R"({"auth":"k:s"})", 403, forbidden,
            Reason::ForwardRefused);
    row("no answer", alerts, 0, "", 502, failed, Reason::ForwardFailed);
}

void ForwardingTest::itsAnswerDecides()
{
    QFETCH(std::string, channel);
    QFETCH(int, answered);
    QFETCH(std::string, body);
    QFETCH(int, status);
    QFETCH(std::string, expected);
    QFETCH(Reason, reason);
    WebFixture fixture{configWith(forwarding)};
    fixture.forwarder->answer = {answered, body, {}};
    const auto answer = fixture.ask(post("/pusher/auth", "socket_id=4821.9047&channel_name=" + channel));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->body, expected);
    QCOMPARE(answer->contentType, std::string{"application/json"});
    QCOMPARE(fixture.decisions.size(), std::size_t{1});
    QCOMPARE(fixture.decisions.back().reason, reason);
    QCOMPARE(*fixture.decisions.back().topics, std::vector<std::string>{channel});
}

void ForwardingTest::theAnswerMayComeAfterTheEndpointIsGone()
{
    WebFixture fixture{configWith(forwarding)};
    fixture.forwarder->holdsBack = true;
    QVERIFY(!fixture.ask(with(post("/pusher/auth", privateForm), "Origin", "http://localhost:1")));
    QCOMPARE(fixture.answers, 0);
    QVERIFY(fixture.decisions.empty());
    fixture.endpoint.reset();
    fixture.forwarder->release();
    QCOMPARE(fixture.answers, 1);
    QCOMPARE(fixture.last->status, 200);
    QCOMPARE(test::headerOf(*fixture.last, "Access-Control-Allow-Origin"), std::string{"http://localhost:1"});
}

void ForwardingTest::whatCanOnlyBeRefusedIsNotForwarded_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("form");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* path, const char* form, int status) {
        QTest::newRow(name) << std::string{path} << std::string{form} << status;
    };
    row("ambiguous", "/pusher/auth", "socket_id=1.1&channel_name=private-a&channel_name=private-b", 400);
    row("bad socket_id", "/pusher/auth", "socket_id=1&channel_name=private-a", 400);
    row("no channel", "/pusher/auth", "socket_id=1.1", 403);
    row("bad name", "/pusher/auth", "socket_id=1.1&channel_name=%3Auser%3A%3A%7B%7D", 403);
    row("a user's own channel", "/pusher/auth", "socket_id=1.1&channel_name=%23server-to-user-1", 403);
    row("several channels", "/pusher/auth", "socket_id=1.1&channel_name[]=private-a&channel_name[]=private-b", 403);
    row("a user without a socket", "/pusher/user-auth", "", 400);
}

void ForwardingTest::whatCanOnlyBeRefusedIsNotForwarded()
{
    QFETCH(std::string, path);
    QFETCH(std::string, form);
    QFETCH(int, status);
    WebFixture fixture{configWith(forwarding)};
    QCOMPARE(fixture.ask(post(path, form))->status, status);
    QCOMPARE(fixture.forwarder->questions, 0);
    QCOMPARE(fixture.decisions.size(), std::size_t{1});
}

void ForwardingTest::withoutAForwarderTheRequestFails()
{
    WebFixture fixture{configWith(forwarding)};
    std::vector<Problem> problems;
    std::optional<http::Response> answer;
    const AuthEndpoint endpoint{AuthServices{fixture.guard, fixture.sessions, {}, {}, nullptr},
                                test::readConfig(configWith(forwarding), problems),
                                {},
                                {},
                                Reach::Loopback};
    QVERIFY(endpoint.handle(post("/pusher/auth", privateForm), [&](http::Response response) { answer = response; }));
    QCOMPARE(answer->status, 502);
}

QTEST_APPLESS_MAIN(ForwardingTest)
#include "forwarding_test.moc"
