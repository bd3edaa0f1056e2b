#include "core/auth/demo_login.h"

#include "tests/core/auth/config.h"
#include "tests/core/auth/web_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using test::configWith;
using test::cookiesSetBy;
using test::headerOf;
using test::post;
using test::request;
using test::valueSetFor;
using test::WebFixture;
using test::with;

namespace {

http::Request by(const WebFixture::Browser& browser, const http::Request& request)
{
    return with(with(request, "Cookie", browser.cookies), "X-CSRF-TOKEN", browser.csrfToken);
}

} // namespace

class DemoLoginTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aVisitorGetsASessionAndKeepsIt();
    void aLoginMakesTheBrowserAnActor();
    void aLoginChangesTheSession();
    void aLogoutEndsTheSession();
    void withoutTheTokenNothingHappens();
    void onlyKnownActorsCanLogIn_data();
    void onlyKnownActorsCanLogIn();
    void requestsAreJudgedBeforeTheyAreAnswered_data();
    void requestsAreJudgedBeforeTheyAreAnswered();
    void behindTlsCookiesAreForTlsAlone();
    void beyondLoopbackTheDemoMustBeExposed();
};

void DemoLoginTest::aVisitorGetsASessionAndKeepsIt()
{
    const WebFixture fixture{configWith("")};
    const auto first = fixture.askDemo(request("GET", "/demo/session"));
    const std::string token = valueSetFor("csrf_token", *first);
    QCOMPARE(first->body, R"({"actor":null,"csrf_token":")" + token + "\"}");
    const auto cookies = cookiesSetBy(*first);
    QCOMPARE(cookies.size(), std::size_t{2});
    QVERIFY(cookies[0].starts_with("SESSID="));
    QVERIFY(cookies[0].ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"));
    QVERIFY(cookies[1].ends_with("; Path=/; Max-Age=43200; SameSite=Lax"));
    QVERIFY(valueSetFor("SESSID", *first) != token);
    QCOMPARE(headerOf(*first, "Cache-Control"), std::string{"no-store"});

    const std::string session = valueSetFor("SESSID", *first);
    const auto second = fixture.askDemo(with(request("GET", "/demo/session"), "Cookie", "SESSID=" + session));
    QCOMPARE(second->body, first->body);
    QCOMPARE(valueSetFor("SESSID", *second), session);
    QCOMPARE(fixture.sessions.count(), std::size_t{1});
}

void DemoLoginTest::aLoginMakesTheBrowserAnActor()
{
    const WebFixture fixture{configWith("")};
    const auto browser = fixture.browser();
    for (const char* const form : {"actor=1", R"({"actor":"1"})"}) {
        http::Request login = post("/demo/login", form);
        if (*form == '{')
            login.headers.front().value = "application/json";
        const auto answer = fixture.askDemo(by(fixture.browser(), login));
        QCOMPARE(answer->status, 200);
        const std::string start = R"({"actor":{"id":"1","name":"Ada"},"csrf_token":)";
        QVERIFY2(answer->body.starts_with(start), answer->body.c_str());
        QVERIFY(answer->body.find("ada-token") == std::string::npos);
    }
    const auto ada = fixture.browser("1");
    const auto shown = fixture.askDemo(with(request("GET", "/demo/session"), "Cookie", ada.cookies));
    QVERIFY(shown->body.starts_with(R"({"actor":{"id":"1","name":"Ada"})"));
    const auto other = fixture.askDemo(with(request("GET", "/demo/session"), "Cookie", browser.cookies));
    QVERIFY(other->body.starts_with(R"({"actor":null)"));
}

void DemoLoginTest::aLoginChangesTheSession()
{
    const WebFixture fixture{configWith("")};
    const auto before = fixture.browser();
    const auto answer = fixture.askDemo(by(before, post("/demo/login", "actor=1")));
    QVERIFY(before.cookies.find(valueSetFor("SESSID", *answer)) == std::string::npos);
    QVERIFY(valueSetFor("csrf_token", *answer) != before.csrfToken);
    QCOMPARE(fixture.sessions.count(), std::size_t{1});
    QCOMPARE(fixture.askDemo(by(before, post("/demo/logout", "")))->status, 419);
}

void DemoLoginTest::aLogoutEndsTheSession()
{
    WebFixture fixture{configWith(R"("policy":"closed","topics":{"private-x":{"value":"actor","is":"exists"}})")};
    const auto ada = fixture.browser("1");
    const http::Request asked =
        with(post("/pusher/auth", "socket_id=1.1&channel_name=private-x"), "Cookie", ada.cookies);
    QCOMPARE(fixture.ask(asked)->status, 200);
    const auto answer = fixture.askDemo(by(ada, post("/demo/logout", "")));
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, std::string{"{}"});
    for (const std::string& cookie : cookiesSetBy(*answer))
        QVERIFY(cookie.find("=; Path=/; Max-Age=0;") != std::string::npos);
    QCOMPARE(fixture.sessions.count(), std::size_t{0});
    QCOMPARE(fixture.ask(asked)->status, 403);
}

void DemoLoginTest::withoutTheTokenNothingHappens()
{
    const WebFixture fixture{configWith("")};
    const auto ada = fixture.browser("1");
    const auto other = fixture.browser();
    for (const char* const path : {"/demo/login", "/demo/logout"}) {
        const http::Request asked = with(post(path, "actor=2"), "Cookie", ada.cookies);
        QCOMPARE(fixture.askDemo(asked)->body, std::string{R"({"error":"csrf","reason":"missing"})"});
        QCOMPARE(fixture.askDemo(with(asked, "X-CSRF-TOKEN", other.csrfToken))->body,
                 std::string{R"({"error":"csrf","reason":"invalid"})"});
    }
    const auto shown = fixture.askDemo(with(request("GET", "/demo/session"), "Cookie", ada.cookies));
    QVERIFY(shown->body.starts_with(R"({"actor":{"id":"1")"));
}

void DemoLoginTest::onlyKnownActorsCanLogIn_data()
{
    QTest::addColumn<std::string>("form");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown") << std::string{"actor=99"} << 403;
    QTest::newRow("empty") << std::string{"actor="} << 403;
    QTest::newRow("missing") << std::string{"id=1"} << 400;
    QTest::newRow("invalid UTF-8") << std::string{"actor=%FF"} << 403;
    QTest::newRow("too much") << "actor=1&x=" + std::string(70'000, 'x') << 413;
}

void DemoLoginTest::onlyKnownActorsCanLogIn()
{
    QFETCH(std::string, form);
    QFETCH(int, status);
    const WebFixture fixture{configWith("")};
    const auto answer = fixture.askDemo(by(fixture.browser(), post("/demo/login", form)));
    QCOMPARE(answer->status, status);
    QVERIFY(cookiesSetBy(*answer).empty());
}

void DemoLoginTest::requestsAreJudgedBeforeTheyAreAnswered_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("origin");
    QTest::addColumn<int>("status"); // 0: left to others.
    const auto row = [](const char* method, const char* path, const char* origin, int status) {
        QTest::addRow("%s %s %s", method, path, origin)
            << std::string{method} << std::string{path} << std::string{origin} << status;
    };
    row("GET", "/demo/login", "", 405);
    row("GET", "/demo/logout", "", 405);
    row("POST", "/demo/session", "", 405);
    row("OPTIONS", "/demo/login", "http://localhost:1", 405);
    row("GET", "/demo/session", "http://localhost:1", 200);
    row("GET", "/demo/session", "https://evil.example", 403);
    row("POST", "/demo/login", "https://evil.example", 403);
    row("POST", "/demo/login", "null", 403);
    row("GET", "/demo/session/", "", 0);
    row("GET", "/demo", "", 0);
    row("GET", "/pusher/auth", "", 0);
}

void DemoLoginTest::requestsAreJudgedBeforeTheyAreAnswered()
{
    QFETCH(std::string, method);
    QFETCH(std::string, path);
    QFETCH(std::string, origin);
    QFETCH(int, status);
    const WebFixture fixture{configWith("")};
    http::Request asked = request(method, path);
    if (!origin.empty())
        asked = with(asked, "Origin", origin);
    const auto answer = fixture.askDemo(asked);
    QCOMPARE(answer ? answer->status : 0, status);
    QVERIFY(!answer || headerOf(*answer, "Access-Control-Allow-Origin").empty());
    QCOMPARE(fixture.sessions.count(), std::size_t{status == 200 ? 1U : 0U});
}

void DemoLoginTest::behindTlsCookiesAreForTlsAlone()
{
    const WebFixture fixture{configWith("")};
    http::Request asked = request("GET", "/demo/session");
    asked.isTls = true;
    const auto answer = fixture.askDemo(asked);
    for (const std::string& cookie : cookiesSetBy(*answer))
        QVERIFY(cookie.ends_with("; Secure"));
}

void DemoLoginTest::beyondLoopbackTheDemoMustBeExposed()
{
    const http::Request asked = request("GET", "/demo/session");
    const std::string config = configWith("");
    const WebFixture hidden{config, Reach::Network};
    QVERIFY(!hidden.askDemo(asked));
    const WebFixture exposed{config.substr(0, config.rfind('}')) + R"(,"demo":{"expose":true}})", Reach::Network};
    QVERIFY(exposed.askDemo(asked).has_value());
}

QTEST_APPLESS_MAIN(DemoLoginTest)
#include "demo_login_test.moc"
