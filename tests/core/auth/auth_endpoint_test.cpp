#include "core/auth/auth_endpoint.h"

#include "core/auth/jsonp.h"
#include "tests/core/auth/config.h"
#include "tests/core/auth/web_fixture.h"

#include <QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::auth;
using test::ada;
using test::bob;
using test::configWith;
using test::headerOf;
using test::nobody;
using test::post;
using test::request;
using test::WebFixture;
using test::with;

namespace {

/// Those of the worked scenarios.
const std::string rules =
    R"("explain":"never",
       "topics":[{"pattern":"private-admins","when":{"value":"actor.role","is":"equals","to":"admin"}},
                 {"pattern":"private-{id:[0-9]+}","when":{"value":"actor.id","is":"equals","to":"{id}"}},
                 {"pattern":"topic","when":{"value":"header.SECRET","is":"equals","to":"secret"}},
                 {"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"}}])";
const std::string forbidden = "{\"error\":\"Forbidden\"}";

std::string signedBody(const std::string& rest)
{
    return "{\"auth\":\"478b45309560f3456211:" + rest;
}
const std::string adasAlerts = signedBody("7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e\"}");
const std::string adasChat = signedBody("d31f9053e41874e5d502583e011e792b81f611bb9c245cdab60042e720647563\","
                                        "\"channel_data\":\"") +
                             R"({\"user_id\":\"1\",\"user_info\":{\"name\":\"Ada\"}})" + "\"}";
const std::string adasLogin = signedBody("5e997b465727be83aa0be351142cf829b7b8948871a456d0c709cc80c2e6a839\","
                                         "\"user_data\":\"") +
                              R"({\"id\":\"1\",\"user_info\":{\"name\":\"Ada\"}})" + "\"}";

std::string formFor(const std::string& channel, const std::string& socketId = "4821.9047")
{
    return "socket_id=" + socketId + "&channel_name=" + channel;
}

http::Request json(const std::string& path, const std::string& body, const std::string& token)
{
    http::Request result = request("POST", path);
    result.headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Authorization", "Bearer " + token}};
    result.body = body;
    return result;
}

http::Request preflight(const std::string& path, const std::string& origin)
{
    return with(with(with(request("OPTIONS", path), "Origin", origin), "Access-Control-Request-Method", "POST"),
                "Access-Control-Request-Headers", "x-csrf-token");
}

std::string withCsrfEverywhere(const std::string& authorize)
{
    const std::string config = configWith(authorize);
    return config.substr(0, config.rfind('}')) + ",\"csrf\":{\"exempt\":[]}}";
}

} // namespace

class AuthEndpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void AU1_AU2_scenariosAreAnsweredToTheByte_data();
    void AU1_AU2_scenariosAreAnsweredToTheByte();
    void AU1_formJsonAndQueryAreTheSame();
    void AU3_secretsAndUserDataAreSent();
    void AU4_callbacksAreAnsweredAsScripts();
    void AU4_namesOfCallbacksAreJudgedWhole_data();
    void AU4_namesOfCallbacksAreJudgedWhole();
    void AU4_cookiesDoNotCountForScripts();
    void AU5_aPreflightIsAnswered_data();
    void AU5_aPreflightIsAnswered();
    void AU6_refusalsHaveTheirStatus_data();
    void AU6_refusalsHaveTheirStatus();
    void AU7_theDefaultPathsBehaveAlike();
    void wrongMethodsAreToldTheRightOnes_data();
    void wrongMethodsAreToldTheRightOnes();
    void otherPathsAreLeftToOthers();
    void beyondLoopbackOnlyTheExposedAnswers();
    void onlyAllowedOriginsAreAnswered_data();
    void onlyAllowedOriginsAreAnswered();
    void csrfIsAskedForWhereItIsNotExempt();
    void aSessionCookieIsAnIdentity();
    void hostileRequestsAreRefused_data();
    void hostileRequestsAreRefused();
    void secretsAreInNoNoteAndNoBody();
};

void AuthEndpointTest::AU1_AU2_scenariosAreAnsweredToTheByte_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, const char* channel, const std::string& token, int status,
                        const std::string& body) {
        QTest::newRow(name) << std::string{channel} << token << status << body;
    };
    const auto ofChannel = [](const std::string& hex) { return signedBody(hex + "\"}"); };
    row("12.2 Ada", "private-admins", ada, 200, adasAlerts);
    row("12.2 Bob", "private-admins", bob, 403, forbidden);
    row("12.2 nobody", "private-admins", nobody, 403, forbidden);
    row("12.3 own", "private-1", ada, 200,
        ofChannel("fa06e0da21e9cdd30f3a9552d35b2cfff80403bcb2121552a7028fae355d3b00"));
    row("12.3 another's", "private-1", bob, 403, forbidden);
    row("12.3 Bob's own", "private-2", bob, 200,
        ofChannel("648bfcd1bbcaee6db433377ba6d14de7d14c6f24063a33f0cd94a64cdb436318"));
    row("12.3 nobody", "private-1", nobody, 403, forbidden);
    row("12.3 compared as text", "private-01", ada, 403, forbidden);
    row("12.4 Ada", "presence-chat", ada, 200, adasChat);
    row("12.4 nobody", "presence-chat", nobody, 403, forbidden);
    row("12.5 owner", "order.5", "5-token", 200, "{}");
    row("12.5 another", "order.5", "6-token", 403, forbidden);
    row("12.5 nobody", "order.5", nobody, 403, forbidden);
    row("12.5 no rule", "order.5.6", nobody, 200, "{}");
    row("12.5 nothing named", "order.", nobody, 200, "{}");
    row("12.5 other case", "ORDER.5", nobody, 200, "{}");
}

void AuthEndpointTest::AU1_AU2_scenariosAreAnsweredToTheByte()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, token);
    QFETCH(int, status);
    QFETCH(std::string, body);
    WebFixture fixture{configWith(rules)};
    const auto answer = fixture.ask(post("/pusher/auth", formFor(channel), token));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->contentType, std::string{"application/json"});
    QCOMPARE(answer->body, body);
    QCOMPARE(headerOf(*answer, "Cache-Control"), std::string{"no-store"});
    QCOMPARE(fixture.answers, 1);
    QCOMPARE(fixture.decisions.size(), std::size_t{1});
}

void AuthEndpointTest::AU1_formJsonAndQueryAreTheSame()
{
    WebFixture fixture{configWith(rules)};
    const std::string member = R"({"socket_id":"4821.9047","channel_name":"private-admins"})";
    QCOMPARE(fixture.ask(json("/pusher/auth", member, ada))->body, adasAlerts);
    http::Request inQuery = post("/pusher/auth", "", ada);
    inQuery.query = formFor("private-admins");
    QCOMPARE(fixture.ask(inQuery)->body, adasAlerts);
    QCOMPARE(fixture.ask(post("/pusher/auth", formFor("private%2Dadmins"), ada))->body, adasAlerts);

    const http::Request topic = request("GET", "/broadcasting/auth", "channel_name=topic");
    QCOMPARE(fixture.ask(with(topic, "SECRET", "secret"))->body, std::string{"{}"});
    QCOMPARE(fixture.ask(with(topic, "secret", "secret"))->status, 200);
    QCOMPARE(fixture.ask(with(topic, "SECRET", "Secret"))->status, 403);
    QCOMPARE(fixture.ask(topic)->status, 403);
}

void AuthEndpointTest::AU3_secretsAndUserDataAreSent()
{
    WebFixture fixture{configWith(rules)};
    const auto encrypted = fixture.ask(post("/pusher/auth", formFor("private-encrypted-vault"), ada));
    QVERIFY(encrypted->body.ends_with(R"("shared_secret":"wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="})"));
    QVERIFY(fixture.ask(post("/pusher/auth", formFor("private-x"), ada))->body.find("shared_secret") ==
            std::string::npos);
    for (const char* const path : {"/pusher/user-auth", "/broadcasting/user-auth", "/broadcast/auth"})
        QCOMPARE(fixture.ask(post(path, "socket_id=4821.9047", ada))->body, adasLogin);
    for (const char* const path : {"/pusher/user-auth", "/broadcast/auth"})
        QCOMPARE(fixture.ask(post(path, formFor("private-admins"), ada))->body, adasAlerts);
    QCOMPARE(fixture.ask(post("/broadcasting/user-auth", formFor("private-admins"), ada))->body, adasLogin);
    QCOMPARE(fixture.ask(post("/pusher/user-auth", "socket_id=4821.9047"))->body, forbidden);
    QCOMPARE(fixture.ask(post("/pusher/user-auth", "", ada))->status, 400);
}

void AuthEndpointTest::AU4_callbacksAreAnsweredAsScripts()
{
    WebFixture fixture{configWith(rules + R"(,"jsonp":true)")};
    const auto asked = [](const std::string& callback) {
        return request("GET", "/pusher/auth", "callback=" + callback + "&" + formFor("private-anything"));
    };
    const std::string sentByBrowsers = "Pusher.auth_callbacks%5B'1'%5D";
    const auto answer = fixture.ask(asked(sentByBrowsers));
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->contentType, std::string{"application/javascript"});
    QVERIFY(answer->body.starts_with(R"(Pusher.auth_callbacks['1']({"auth":"478b45309560f3456211:)"));
    QVERIFY(answer->body.ends_with("\"});"));
    QCOMPARE(headerOf(*answer, "X-Content-Type-Options"), std::string{"nosniff"});

    QCOMPARE(fixture.ask(asked("alert(1)"))->status, 400);
    QVERIFY(fixture.last->body.find("alert") == std::string::npos);
    QCOMPARE(fixture.ask(asked("a&callback=b"))->status, 400);
    QCOMPARE(fixture.ask(asked(""))->status, 400);
    QCOMPARE(fixture.ask(request("GET", "/pusher/auth", formFor("private-x")))->status, 405);

    http::Request admins = asked("f");
    admins.query = "callback=f&" + formFor("private-admins");
    QCOMPARE(fixture.ask(admins)->status, 403);
    QCOMPARE(fixture.last->body, "f(" + forbidden + ");");

    WebFixture without{configWith(rules)};
    QCOMPARE(without.ask(asked(sentByBrowsers))->status, 405);
}

void AuthEndpointTest::AU4_namesOfCallbacksAreJudgedWhole_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("isRight");
    const auto row = [](const std::string& name, bool isRight) { QTest::newRow(name.c_str()) << name << isRight; };
    QTest::newRow("a line break") << std::string{"a\n"} << false;
    for (const char* const name : {"f", "_", "$", "jQuery1_2", "a.b.c", "Pusher.auth_callbacks['1']", "f['0123']"})
        row(name, true);
    row(std::string(128, 'a'), true);
    row(std::string(129, 'a'), false);
    for (const char* const name : {"",      "1",     ".a",   "alert(1)", "a b",     "a;b",          "f['']",
                                   "f['1",  "f['1'", "f[1]", "f[\"1\"]", "f['1a']", "f['1']x",      "f['1']['2']",
                                   "['1']", "f[']",  "f'1'", "\xC3\xA9", "f['1'];", "f\xE2\x80\xA8"})
        row(name, false);
}

void AuthEndpointTest::AU4_namesOfCallbacksAreJudgedWhole()
{
    QFETCH(std::string, name);
    QFETCH(bool, isRight);
    QCOMPARE(isCallbackName(name), isRight);
}

void AuthEndpointTest::AU4_cookiesDoNotCountForScripts()
{
    const std::string headerRule =
        R"("jsonp":true,"topics":[{"pattern":"private-c","when":{"value":"header.Cookie","is":"exists"}},
                                  {"pattern":"private-admins","when":{"value":"actor","is":"exists"}}])";
    WebFixture fixture{configWith(headerRule)};
    const std::string cookies = fixture.browser("1").cookies;
    for (const char* const channel : {"private-admins", "private-c"}) {
        const std::string query = formFor(channel);
        const auto ask = [&](const std::string& callback) {
            return fixture.ask(with(request("GET", "/broadcasting/auth", callback + query), "Cookie", cookies));
        };
        QCOMPARE(ask("")->status, 200);
        QCOMPARE(ask("callback=f&")->status, 403);
    }
}

void AuthEndpointTest::AU5_aPreflightIsAnswered_data()
{
    QTest::addColumn<std::string>("authorize");
    QTest::addColumn<std::string>("path");
    for (const char* const path :
         {"/broadcasting/authorize", "/pusher/auth", "/pusher/user-auth", "/broadcasting/auth", "/broadcast/auth"})
        QTest::newRow(path) << std::string{} << std::string{path};
    QTest::newRow("a path that takes any method") << std::string{R"("path":"/own")"} << std::string{"/own"};
}

void AuthEndpointTest::AU5_aPreflightIsAnswered()
{
    QFETCH(std::string, authorize);
    QFETCH(std::string, path);
    WebFixture fixture{configWith(authorize)};
    const auto answer = fixture.ask(preflight(path, "http://localhost:3000"));
    QCOMPARE(answer->status, 204);
    QVERIFY(answer->body.empty());
    QCOMPARE(headerOf(*answer, "Access-Control-Allow-Origin"), std::string{"http://localhost:3000"});
    QCOMPARE(headerOf(*answer, "Access-Control-Allow-Methods"), std::string{"GET, POST"});
    QCOMPARE(headerOf(*answer, "Access-Control-Allow-Headers"),
             std::string{"content-type, authorization, x-csrf-token, x-xsrf-token, x-socket-id, x-actor-id, secret"});
    QCOMPARE(headerOf(*answer, "Vary"), std::string{"Origin"});
    QVERIFY(fixture.decisions.empty());

    const auto refused = fixture.ask(preflight(path, "https://evil.example"));
    QCOMPARE(refused->status, 403);
    QVERIFY(headerOf(*refused, "Access-Control-Allow-Headers").empty());
}

void AuthEndpointTest::AU6_refusalsHaveTheirStatus_data()
{
    QTest::addColumn<std::string>("authorize");
    QTest::addColumn<std::string>("form");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* authorize, const std::string& form, int status) {
        QTest::newRow(name) << std::string{authorize} << form << status;
    };
    row("refused by a rule", R"("topics":{"private-x":false})", formFor("private-x"), 403);
    row("refused by the policy", R"("policy":"closed")", formFor("private-x"), 403);
    row("a public name, strict", R"("policy":"strict")", formFor("news"), 403);
    row("a public name is never signed", "", formFor("news"), 200);
    row("bad socket_id", "", formFor("private-x", "4821"), 400);
    row("socket_id with a line break", "", formFor("private-x", "1.1%0A"), 400);
    row("empty socket_id", "", formFor("private-x", ""), 400);
    row("bad name", "", formFor("private-a%20b"), 403);
    row("a login as a name", "", formFor("%3Auser%3A%3A%7B%22id%22%3A%221%22%7D"), 403);
    row("no channel", "", "socket_id=1.1", 403);
    row("an empty channel", "", formFor(""), 403);
    row("two channels", "", formFor("private-a") + "&channel_name=private-b", 400);
    row("two sockets", "", formFor("private-a") + "&socket_id=2.2", 400);
}

void AuthEndpointTest::AU6_refusalsHaveTheirStatus()
{
    QFETCH(std::string, authorize);
    QFETCH(std::string, form);
    QFETCH(int, status);
    WebFixture fixture{configWith(authorize)};
    const auto answer = fixture.ask(post("/pusher/auth", form));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->contentType, std::string{"application/json"});
    QVERIFY2(answer->body.find("auth\"") == std::string::npos, answer->body.c_str());
}

void AuthEndpointTest::AU7_theDefaultPathsBehaveAlike()
{
    WebFixture fixture{configWith(rules)};
    for (const char* const channel : {"private-admins", "presence-chat", "private-1", "private-2", "news"}) {
        const auto ask = [&](const char* path) { return fixture.ask(post(path, formFor(channel), ada)); };
        const auto expected = ask("/pusher/auth");
        for (const char* const path : {"/broadcasting/auth", "/broadcasting/authorize"}) {
            QCOMPARE(ask(path)->status, expected->status);
            QCOMPARE(fixture.last->body, expected->body);
        }
        const auto byGet =
            fixture.ask(with(request("GET", "/broadcasting/auth", formFor(channel)), "Authorization", "Bearer " + ada));
        QCOMPARE(byGet->body, expected->body);
    }
}

void AuthEndpointTest::wrongMethodsAreToldTheRightOnes_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("allowed");
    for (const char* const path : {"/broadcasting/authorize", "/pusher/auth", "/pusher/user-auth", "/broadcast/auth"})
        QTest::newRow(path) << std::string{path} << std::string{"POST"};
    for (const char* const path : {"/broadcasting/auth", "/broadcasting/user-auth"})
        QTest::newRow(path) << std::string{path} << std::string{"GET, POST"};
}

void AuthEndpointTest::wrongMethodsAreToldTheRightOnes()
{
    QFETCH(std::string, path);
    QFETCH(std::string, allowed);
    WebFixture fixture{configWith("")};
    for (const std::string method : {"GET", "HEAD", "PUT", "DELETE", "PATCH", "post"}) {
        if (method == "GET" && allowed.starts_with("GET"))
            continue;
        const auto answer = fixture.ask(request(method, path, formFor("private-x")));
        QCOMPARE(answer->status, 405);
        QCOMPARE(headerOf(*answer, "Allow"), allowed);
    }
    QVERIFY(fixture.decisions.empty());

    WebFixture moved{configWith(R"("path":")" + path + "\"")};
    for (const char* const method : {"GET", "PUT", "DELETE", "OPTIONS"})
        QCOMPARE(moved.ask(with(request(method, path, formFor("private-x")), "Authorization", "Bearer " + ada))->status,
                 200);
}

void AuthEndpointTest::otherPathsAreLeftToOthers()
{
    WebFixture fixture{configWith("")};
    for (const char* const path : {"/", "/pusher/auth/", "/apps/1/events", "/demo/login"})
        QVERIFY(!fixture.ask(post(path, formFor("private-x"))));
    WebFixture off{configWith(R"("path":null,"extra_paths":[])")};
    QVERIFY(!off.ask(post("/pusher/auth", formFor("private-x"))));
    QVERIFY(!off.ask(preflight("/broadcasting/authorize", "http://localhost")));
    QCOMPARE(fixture.answers + off.answers, 0);
}

void AuthEndpointTest::beyondLoopbackOnlyTheExposedAnswers()
{
    const http::Request asked = post("/pusher/auth", formFor("private-x"));
    WebFixture hidden{configWith(""), Reach::Network};
    QVERIFY(!hidden.ask(asked));
    QVERIFY(!hidden.askDemo(request("GET", "/demo/session")));
    WebFixture exposed{configWith(R"("expose":true)"), Reach::Network};
    QCOMPARE(exposed.ask(asked)->status, 200);
}

void AuthEndpointTest::onlyAllowedOriginsAreAnswered_data()
{
    QTest::addColumn<std::string>("allowed");
    QTest::addColumn<std::string>("origin");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char* allowed, const char* origin, bool isAllowed) {
        QTest::addRow("%s: %s", allowed, origin) << std::string{allowed} << std::string{origin} << isAllowed;
    };
    for (const char* const origin :
         {"http://localhost", "http://localhost:8000", "https://127.0.0.1:1", "http://[::1]"})
        row(R"(["@loopback"])", origin, true);
    for (const char* const origin : {"null", "https://evil.example", "http://localhost.evil.example",
                                     "http://127.0.0.1.evil.example", "http://evil.example/localhost", "file://"})
        row(R"(["@loopback"])", origin, false);
    row(R"(["@loopback","null"])", "null", true);
    row(R"(["https://shop.example"])", "https://shop.example", true);
    row(R"(["https://shop.example"])", "http://shop.example", false);
    row(R"(["https://shop.example"])", "http://localhost", false);
    row(R"(["*"])", "https://any.example", true);
    row("[]", "http://localhost", false);
}

void AuthEndpointTest::onlyAllowedOriginsAreAnswered()
{
    QFETCH(std::string, allowed);
    QFETCH(std::string, origin);
    QFETCH(bool, isAllowed);
    const std::string config = configWith(rules);
    WebFixture fixture{config.substr(0, config.rfind('}')) + R"(,"cors":{"allowed_origins":)" + allowed + "}}"};
    const http::Request asked = post("/pusher/auth", formFor("private-admins"), ada);
    const auto answer = fixture.ask(with(asked, "Origin", origin));
    QCOMPARE(answer->status, isAllowed ? 200 : 403);
    QCOMPARE(answer->body, isAllowed ? adasAlerts : forbidden);
    QCOMPARE(headerOf(*answer, "Access-Control-Allow-Origin"), isAllowed ? origin : std::string{});
    QCOMPARE(headerOf(*answer, "Vary"), std::string{"Origin"});
    QVERIFY(headerOf(*answer, "Access-Control-Allow-Credentials").empty());
    QCOMPARE(fixture.notes.empty(), isAllowed);
    QVERIFY(fixture.forwarder->questions == 0);

    QCOMPARE(fixture.ask(asked)->status, 200); // Whoever sends no Origin is no browser.
    QVERIFY(headerOf(*fixture.last, "Access-Control-Allow-Origin").empty());
    const auto twice = fixture.ask(with(with(asked, "Origin", origin), "Origin", "https://evil.example"));
    QCOMPARE(twice->status, allowed == R"(["*"])" ? 200 : 403);
}

void AuthEndpointTest::csrfIsAskedForWhereItIsNotExempt()
{
    WebFixture fixture{withCsrfEverywhere(rules)};
    const http::Request asked = post("/pusher/auth", formFor("private-admins"), ada);
    QCOMPARE(fixture.ask(asked)->status, 419);
    QCOMPARE(fixture.last->body, std::string{R"({"error":"csrf","reason":"missing"})"});
    QCOMPARE(fixture.decisions.back().reason, Reason::Csrf);
    QCOMPARE(fixture.ask(with(asked, "X-CSRF-Token", "made-up"))->body,
             std::string{R"({"error":"csrf","reason":"invalid"})"});
    const auto mine = fixture.browser();
    const auto other = fixture.browser();
    QCOMPARE(fixture.ask(with(with(asked, "Cookie", mine.cookies), "X-CSRF-Token", other.csrfToken))->status, 419);
    QCOMPARE(fixture.ask(with(with(asked, "Cookie", mine.cookies), "X-CSRF-Token", mine.csrfToken))->body, adasAlerts);
    http::Request inForm = with(asked, "Cookie", mine.cookies);
    inForm.body += "&_token=" + mine.csrfToken;
    QCOMPARE(fixture.ask(inForm)->body, adasAlerts);
    QCOMPARE(fixture.decisions.size(), std::size_t{5});
}

void AuthEndpointTest::aSessionCookieIsAnIdentity()
{
    WebFixture fixture{configWith(rules)};
    const http::Request asked = post("/pusher/auth", formFor("private-admins"));
    const auto ask = [&](const std::string& cookies) { return fixture.ask(with(asked, "Cookie", cookies)); };
    const auto admin = fixture.browser("1");
    QCOMPARE(ask(admin.cookies)->body, adasAlerts);
    QCOMPARE(fixture.decisions.back().identitySource, IdentitySource::Cookie);
    QCOMPARE(ask(fixture.browser("2").cookies)->status, 403);
    QCOMPARE(ask(fixture.browser().cookies)->status, 403);
    QCOMPARE(ask("SESSID=1")->status, 403);
    QCOMPARE(ask(admin.cookies + "; SESSID=planted")->status, 403);
    const auto both = fixture.ask(with(post("/pusher/auth", formFor("private-admins"), bob), "Cookie", admin.cookies));
    QCOMPARE(both->status, 403); // The token comes first.
    fixture.clock.advance(std::chrono::hours{13});
    QCOMPARE(ask(admin.cookies)->status, 403);
}

void AuthEndpointTest::hostileRequestsAreRefused_data()
{
    QTest::addColumn<std::string>("form");
    QTest::addColumn<int>("status");
    std::string fields;
    std::string names;
    for (int i = 0; i < 1'000; ++i) {
        fields += "field" + std::to_string(i) + "=" + std::to_string(i) + "&";
        names += "channel_name[]=private-" + std::to_string(i) + "&";
    }
    QTest::newRow("1,000 fields around it") << fields + formFor("private-admins") << 200;
    QTest::newRow("1,000 channels") << names + "socket_id=1.1" << 403;
    QTest::newRow("the same twice") << formFor("private-admins") + "&" + formFor("private-admins") << 200;
    QTest::newRow("different ones") << formFor("private-admins") + "&" + formFor("private-1") << 400;
    QTest::newRow("a name and a list") << formFor("private-admins") + "&channel_name[]=private-1" << 400;
    QTest::newRow("invalid escapes") << formFor("private-%zz%") << 403;
    QTest::newRow("a NUL") << formFor("private-admins%00") << 403;
    QTest::newRow("invalid UTF-8") << formFor("private-%FF%FE") << 403;
    QTest::newRow("a very long name") << formFor(std::string(60'000, 'a')) << 403;
    QTest::newRow("only separators") << std::string(60'000, '&') << 403;
    QTest::newRow("only equals signs") << std::string(60'000, '=') << 403;
    QTest::newRow("a body too large") << formFor("private-admins") + std::string(70'000, '&') << 413;
    QTest::newRow("digits without end") << formFor("private-x", std::string(50'000, '1') + ".1") << 200;
}

void AuthEndpointTest::hostileRequestsAreRefused()
{
    QFETCH(std::string, form);
    QFETCH(int, status);
    WebFixture fixture{configWith(rules)};
    const auto answer = fixture.ask(post("/pusher/auth", form, ada));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->contentType, std::string{"application/json"});
    const std::string cookies = std::string(10'000, ';') + "SESSID" + std::string(10'000, '=') + "; " +
                                std::string(10'000, '\xFF') + "=\"; csrf_token";
    QCOMPARE(fixture.ask(with(post("/pusher/auth", form, ada), "Cookie", cookies))->status, status);
}

void AuthEndpointTest::secretsAreInNoNoteAndNoBody()
{
    const std::string marker = "marker-4f1c";
    WebFixture fixture{withCsrfEverywhere(R"("explain":"always","forward_url":"http://127.0.0.1/marker-4f1c")")};
    fixture.forwarder->answer = {0, marker, "connection refused"};
    const auto browser = fixture.browser("1");
    http::Request asked = post("/pusher/auth", formFor("private-x") + "&password=" + marker, marker);
    asked = with(with(asked, "Cookie", browser.cookies + "; other=" + marker), "X-Secret", marker);
    const http::Request withToken = with(asked, "X-CSRF-TOKEN", browser.csrfToken);
    std::string told;
    for (const http::Request& one :
         {asked, with(asked, "X-CSRF-TOKEN", marker), withToken, with(withToken, "Origin", "https://a.example")}) {
        told += fixture.ask(one)->body;
        QVERIFY(fixture.last->status >= 400);
    }
    for (const std::string& note : fixture.notes)
        told += note;
    for (const AuthorizationStatus& status : fixture.decisions)
        told += status.explanation;
    QVERIFY(!fixture.notes.empty());
    for (const std::string& secret : {marker, browser.csrfToken, std::string{"ab4229346et64aa8908"}})
        QVERIFY2(told.find(secret) == std::string::npos, told.c_str());
}

QTEST_APPLESS_MAIN(AuthEndpointTest)
#include "auth_endpoint_test.moc"
