#include "core/auth/centrifugo_proxy.h"

#include "tests/core/auth/config.h"
#include "tests/core/auth/web_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using test::ada;
using test::bob;
using test::configWith;
using test::nobody;
using test::request;
using test::with;

namespace {

const std::string rules =
    R"("topics":[{"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"}},
                 {"pattern":"chat:{room}","when":{"value":"actor","is":"exists"},"member":{"name":"{actor.name}","room":"{room}"}},
                 {"pattern":"topic","when":{"value":"header.SECRET","is":"equals","to":"secret"}},
                 {"pattern":"tokens","when":{"value":"actor","is":"exists"},"guards":["token"]}])";
const std::string allowed = R"({"result":{}})";
const std::string denied = R"({"error":{"code":403,"message":"permission denied"}})";
const std::string malformed = R"({"error":{"code":400,"message":"bad request"}})";
const std::string goneForGood = R"({"disconnect":{"code":4500,"reason":"unauthorized"}})";

/// As Centrifugo sends it.
http::Request question(const std::string& path, const std::string& fields, const std::string& token = {})
{
    http::Request asked = with(request("POST", path), "Content-Type", "application/json");
    asked.body = R"({"client":"9336a229","transport":"websocket","protocol":"json","encoding":"json")" + fields + "}";
    return token.empty() ? asked : with(asked, "Authorization", "Bearer " + token);
}

http::Request connecting(const std::string& token = {})
{
    return question("/centrifugo/connect", R"(,"name":"js","version":"5.8.0")", token);
}

http::Request subscribing(const std::string& channel, const std::string& user, const std::string& token = {})
{
    return question("/centrifugo/subscribe", R"(,"user":")" + user + R"(","channel":")" + channel + "\"", token);
}

http::Request withBody(const std::string& path, const std::string& body)
{
    http::Request asked = question(path, "");
    asked.body = body;
    return asked;
}

std::string userAnswer(const std::string& id)
{
    return R"({"result":{"user":")" + id + R"("}})";
}

struct Asked {
    explicit Asked(const std::string& authorize, Reach reach = Reach::Loopback, bool isExposed = false)
        : web{configWith(authorize), reach}
        , proxy{web.guard, web.sessions, exposed(isExposed), reach}
    {
    }

    static AuthorizationConfig exposed(bool isExposed)
    {
        AuthorizationConfig config;
        config.isExposed = isExposed;
        return config;
    }

    /// The body of an answer with status 200; others fail.
    std::string ask(const http::Request& question)
    {
        const auto answer = proxy.handle(question);
        return !answer ? "nobody answers" : answer->status == 200 ? answer->body : std::to_string(answer->status);
    }

    test::WebFixture web;
    CentrifugoProxy proxy;
};

} // namespace

class CentrifugoProxyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void connectionsGetTheirUser_data();
    void connectionsGetTheirUser();
    void demoUsersAreKnownByTheirCookie();
    void channelsAreDecidedByTheRules_data();
    void channelsAreDecidedByTheRules();
    void whatCannotBeReadIsRefusedWith200_data();
    void whatCannotBeReadIsRefusedWith200();
    void fieldsOfOtherQuestionsAreNotHeard();
    void everyDecisionIsAnnouncedOnce();
    void otherRequestsAreForSomebodyElse();
    void theNetworkIsServedOnlyWhenExposed();
};

void CentrifugoProxyTest::connectionsGetTheirUser_data()
{
    QTest::addColumn<std::string>("authorize");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("answer");
    const std::string closed = R"("policy":"closed")";
    const std::string adminsConnect = R"("connect":{"value":"actor.role","is":"equals","to":"admin"})";
    QTest::newRow("open, known") << std::string{} << ada << userAnswer("1");
    QTest::newRow("open, anonymous") << std::string{} << nobody << userAnswer("");
    QTest::newRow("open, unknown token") << std::string{} << std::string{"stolen"} << userAnswer("");
    QTest::newRow("closed, known") << closed << bob << userAnswer("2");
    QTest::newRow("closed, anonymous") << closed << nobody << goneForGood;
    QTest::newRow("strict, anonymous") << std::string{R"("policy":"strict")"} << nobody << userAnswer("");
    QTest::newRow("rule for connections, allowed") << adminsConnect << ada << userAnswer("1");
    QTest::newRow("rule for connections, refused") << adminsConnect << bob << goneForGood;
    QTest::newRow("closed, rule for everybody, anonymous") << closed + R"(,"connect":true)" << nobody << goneForGood;
}

void CentrifugoProxyTest::connectionsGetTheirUser()
{
    QFETCH(std::string, authorize);
    QFETCH(std::string, token);
    Asked asked{authorize};
    QTEST(asked.ask(connecting(token)), "answer");
}

void CentrifugoProxyTest::demoUsersAreKnownByTheirCookie()
{
    Asked asked{R"("policy":"closed")"};
    const auto browser = asked.web.browser("2");
    QCOMPARE(asked.ask(with(connecting(), "Cookie", browser.cookies)), userAnswer("2"));
}

void CentrifugoProxyTest::channelsAreDecidedByTheRules_data()
{
    QTest::addColumn<http::Request>("asked");
    QTest::addColumn<std::string>("answer");
    const std::string member = R"({"result":{"info":{"name":"Ada","room":"tea"}}})";
    QTest::newRow("rule, its user") << subscribing("order.1", "1") << allowed;
    QTest::newRow("rule, another user") << subscribing("order.1", "2") << denied;
    QTest::newRow("rule, anonymous") << subscribing("order.1", "") << denied;
    QTest::newRow("rule, a user nobody knows") << subscribing("order.77", "77") << denied;
    QTest::newRow("member data") << subscribing("chat:tea", "1") << member;
    QTest::newRow("user by token") << subscribing("chat:tea", "", ada) << member;
    QTest::newRow("the token wins") << subscribing("order.2", "2", ada) << denied;
    QTest::newRow("the rule takes tokens only, named user") << subscribing("tokens", "1") << denied;
    QTest::newRow("the rule takes tokens only, token") << subscribing("tokens", "", ada) << allowed;
    QTest::newRow("header") << with(subscribing("topic", ""), "SECRET", "secret") << allowed;
    QTest::newRow("header missing") << subscribing("topic", "") << denied;
    QTest::newRow("no rule, public") << subscribing("news", "") << allowed;
    QTest::newRow("no rule, private") << subscribing("private-x", "1") << denied;
    QTest::newRow("presence, anonymous") << subscribing("presence-x", "") << denied;
    QTest::newRow("name of 255 characters") << subscribing(std::string(255, 'a'), "") << allowed;
    QTest::newRow("name of 256 characters") << subscribing(std::string(256, 'a'), "") << denied;
    QTest::newRow("name with a blank") << subscribing("a b", "") << denied;
    QTest::newRow("no name") << subscribing("", "1") << denied;
}

void CentrifugoProxyTest::channelsAreDecidedByTheRules()
{
    QFETCH(http::Request, asked);
    QTEST(Asked{rules + R"(,"policy":"closed")"}.ask(asked), "answer");
}

void CentrifugoProxyTest::whatCannotBeReadIsRefusedWith200_data()
{
    QTest::addColumn<http::Request>("asked");
    for (const std::string path : {"/centrifugo/connect", "/centrifugo/subscribe"}) {
        QTest::addRow("%s, empty", path.c_str()) << withBody(path, "");
        QTest::addRow("%s, no JSON", path.c_str()) << withBody(path, "channel=news");
        QTest::addRow("%s, no object", path.c_str()) << withBody(path, "[]");
        QTest::addRow("%s, cut off", path.c_str()) << withBody(path, R"({"channel":"news")");
        QTest::addRow("%s, nested too deeply", path.c_str()) << withBody(path, std::string(60'000, '['));
        QTest::addRow("%s, too large", path.c_str())
            << withBody(path, R"({"channel":"news","data":")" + std::string(65'536, 'a') + "\"}");
    }
    QTest::newRow("a channel of another type") << withBody("/centrifugo/subscribe", R"({"channel":["news"]})");
    QTest::newRow("a user of another type") << withBody("/centrifugo/subscribe", R"({"channel":"news","user":1})");
}

void CentrifugoProxyTest::whatCannotBeReadIsRefusedWith200()
{
    QFETCH(http::Request, asked);
    QCOMPARE(Asked{""}.ask(asked), malformed);
}

void CentrifugoProxyTest::fieldsOfOtherQuestionsAreNotHeard()
{
    Asked asked{rules};
    const std::string others = R"(,"socket_id":"x","channel_name":"news","user":"2","channel":"order.1")";
    QCOMPARE(asked.ask(question("/centrifugo/subscribe", others)), denied);
    QCOMPARE(asked.web.decisions.back().topics.value(), std::vector<std::string>{"order.1"});
}

void CentrifugoProxyTest::everyDecisionIsAnnouncedOnce()
{
    Asked asked{R"("policy":"closed","topics":{"order.{uuid}":{"value":"actor.id","is":"equals","to":"{uuid}"}})"};
    std::vector<std::string> reasons;
    asked.ask(connecting(ada));
    asked.ask(connecting());
    asked.ask(subscribing("order.1", "1"));
    asked.ask(subscribing("order.1", "2"));
    for (const AuthorizationStatus& status : asked.web.decisions)
        reasons.emplace_back(toText(status.reason));
    const std::vector<std::string> expected{std::string{toText(Reason::UserKnown)}, "policy_closed", "rule_allowed",
                                            "rule_refused"};
    QCOMPARE(reasons, expected);
    QCOMPARE(asked.web.decisions[0].actor->id, std::string{"1"});
    QCOMPARE(asked.web.decisions[0].identitySource, std::optional{IdentitySource::Token});
    QCOMPARE(asked.web.decisions[2].identitySource, std::optional{IdentitySource::Socket});
}

void CentrifugoProxyTest::otherRequestsAreForSomebodyElse()
{
    Asked asked{""};
    for (const char* const path : {"/centrifugo", "/centrifugo/", "/centrifugo/connect/", "/Centrifugo/connect"})
        QCOMPARE(asked.ask(question(path, "")), std::string{"nobody answers"});
    QCOMPARE(asked.ask(request("GET", "/centrifugo/connect")), std::string{"405"});
}

void CentrifugoProxyTest::theNetworkIsServedOnlyWhenExposed()
{
    QCOMPARE((Asked{"", Reach::Network}.ask(connecting())), std::string{"nobody answers"});
    QCOMPARE((Asked{"", Reach::Network, true}.ask(connecting())), userAnswer(""));
}

QTEST_APPLESS_MAIN(CentrifugoProxyTest)
#include "centrifugo_proxy_test.moc"
