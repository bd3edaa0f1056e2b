#include "tests/support/app.h"
#include "tests/support/authorization.h"
#include "tests/support/engine_fixture.h"

#include "core/pusher/encryption.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

namespace {

const std::string ada = "ada-token";
const std::string bob = "bob-token";
const std::string nobody{};
const std::string forbidden = "{\"error\":\"Forbidden\"}";

std::string signedBody(const std::string& rest)
{
    return "{\"auth\":\"478b45309560f3456211:" + rest;
}

std::string formFor(const std::string& channel, const std::string& socketId = "4821.9047")
{
    return "socket_id=" + socketId + "&channel_name=" + channel;
}

/// The member of a JSON answer.
std::string member(const HttpReply& reply, const char* name)
{
    const auto json = reply.json();
    return json.is_object() ? json.value(name, std::string{}) : std::string{};
}

} // namespace

/// The worked scenarios over real connections, and how the server guards public names.
class AuthorizeTest : public QObject {
    Q_OBJECT
private slots:
    void AU1_AU2_AU6_scenariosAreAnsweredToTheByte_data();
    void AU1_AU2_AU6_scenariosAreAnsweredToTheByte();
    void AU1_AU6_aHeaderOrAQueryDecides_data();
    void AU1_AU6_aHeaderOrAQueryDecides();
    void AU3_encryptedAndUserAnswersAreComplete();
    void AU4_aCallbackIsAnsweredWithAScript();
    void AU5_aPreflightIsAnsweredAndNotTakenForRest();
    void AU6_underStrictAPublicNameIsRefused();
    void AU6_aWrongSocketIdIs400();
    void AU7_theDefaultPathsAnswerAlike_data();
    void AU7_theDefaultPathsAnswerAlike();
    void aPathPrefixIsStripped();
    void administratorsGetTheAlertAndOthersDoNot();
    void aPresenceChannelListsWhoIsInside();
    void aPublicNameUnderARuleIsRefused_data();
    void aPublicNameUnderARuleIsRefused();
    void theHandshakeIsAnIdentityForPublicNames();
    void theSignedInUserIsAnIdentityForPublicNames();
    void aPublicNameWithoutARuleIsFree();
    void underStrictNothingPublicIsFree();
    void aConnectionWithoutPermissionIsClosed();
    void theApplicationIsTheOneThatIsMeant();
    void theLoginOfTheDemoIsAnIdentity();
};

void AuthorizeTest::AU1_AU2_AU6_scenariosAreAnsweredToTheByte_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, const char* channel, const std::string& token, int status,
                        const std::string& body) {
        QTest::newRow(name) << std::string{channel} << token << status << body;
    };
    const auto signature = [](const std::string& hex) { return signedBody(hex + "\"}"); };
    row("12.2 Ada", "private-admins", ada, 200,
        signature("7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e"));
    row("12.2 Bob", "private-admins", bob, 403, forbidden);
    row("12.2 nobody", "private-admins", nobody, 403, forbidden);
    for (const auto& [name, token] : {std::pair{"12.2 Bob elsewhere", bob}, {"12.2 nobody elsewhere", nobody}})
        row(name, "private-anything-else", token, 200,
            signature("569ef1c4fd06fba23cb0b1f0aed971806eda40ad2bff49524be8fa26e21e5d50"));
    row("12.3 own", "private-1", ada, 200,
        signature("fa06e0da21e9cdd30f3a9552d35b2cfff80403bcb2121552a7028fae355d3b00"));
    row("12.3 another's", "private-1", bob, 403, forbidden);
    row("12.3 Bob's own", "private-2", bob, 200,
        signature("648bfcd1bbcaee6db433377ba6d14de7d14c6f24063a33f0cd94a64cdb436318"));
    row("12.3 nobody", "private-1", nobody, 403, forbidden);
    row("12.3 compared as text", "private-01", ada, 403, forbidden);
    row("12.3 no number", "private-abc", ada, 200,
        signature("d98b181b5bcbcd4616dec7ea2348e3c904f9f94b30c76b227d54298ad57cddea"));
    row("12.3 hyphens", "private-a-b", ada, 200,
        signature("36a730f4c5bda261e563dad0c48d42380c84f9e876260432cc47bef3332a739b"));
    row("12.4 Ada", "presence-chat", ada, 200,
        signedBody(R"(d31f9053e41874e5d502583e011e792b81f611bb9c245cdab60042e720647563","channel_data":")"
                   R"({\"user_id\":\"1\",\"user_info\":{\"name\":\"Ada\"}}"})"));
    row("12.4 nobody", "presence-chat", nobody, 403, forbidden);
    row("12.5 owner", "order.5", "5-token", 200, "{}");
    row("12.5 another", "order.5", "6-token", 403, forbidden);
    row("12.5 nobody", "order.5", nobody, 403, forbidden);
    row("12.5 no rule", "order.5.6", nobody, 200, "{}");
    row("12.5 nothing named", "order.", nobody, 200, "{}");
    row("12.5 other case", "ORDER.5", nobody, 200, "{}");
}

void AuthorizeTest::AU1_AU2_AU6_scenariosAreAnsweredToTheByte()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, token);
    QFETCH(int, status);
    QFETCH(std::string, body);
    EngineFixture server{scenarioOptions(scenarioRules)};
    const HttpReply reply = askPermission(server.port(), "/pusher/auth", formFor(channel), token);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.body, body);
    QCOMPARE(*reply.header("Content-Type"), std::string{"application/json"});
}

void AuthorizeTest::AU1_AU6_aHeaderOrAQueryDecides_data()
{
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, const char* query, const char* header, const char* value, int status) {
        QTest::newRow(name) << std::string{query} << std::string{header} << std::string{value} << status
                            << (status == 200 ? std::string{"{}"} : forbidden);
    };
    row("12.5 the secret", "channel_name=topic", "SECRET", "secret", 200);
    row("12.5 in lower case", "channel_name=topic", "secret", "secret", 200);
    row("12.5 another value", "channel_name=topic", "SECRET", "Secret", 403);
    row("12.5 no such header", "channel_name=topic", "X-Other", "secret", 403);
    row("12.5 no channel", "", "SECRET", "secret", 403);
    row("12.5 owner", "channel_name=order.5", "Authorization", "Bearer 5-token", 200);
    row("12.5 another", "channel_name=order.5", "Authorization", "Bearer 6-token", 403);
    row("12.5 nobody", "channel_name=order.5", "X-Other", "5", 403);
    for (const char* const query : {"channel_name=order.5.6", "channel_name=order.", "channel_name=ORDER.5"})
        row(query, query, "X-Other", "5", 200);
}

void AuthorizeTest::AU1_AU6_aHeaderOrAQueryDecides()
{
    QFETCH(std::string, query);
    QFETCH(std::string, header);
    QFETCH(std::string, value);
    QFETCH(int, status);
    QFETCH(std::string, body);
    EngineFixture server{scenarioOptions(scenarioRules)};
    const HttpReply reply = request(server.port(), "GET", "/broadcasting/auth?" + query, {}, {{header, value}});
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.body, body);
}

void AuthorizeTest::AU3_encryptedAndUserAnswersAreComplete()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    const std::string channel = "private-encrypted-letters";
    const HttpReply encrypted = askPermission(server.port(), "/pusher/auth", formFor(channel));
    QCOMPARE(encrypted.status, 200);
    pusher::EncryptionKey masterKey;
    std::ranges::copy(server.app().encryptionMasterKey, masterKey.bytes.begin());
    QCOMPARE(member(encrypted, "auth"), channelAuth(server.app(), "4821.9047", channel));
    QCOMPARE(member(encrypted, "shared_secret"), pusher::sharedSecret(channel, masterKey).toBase64());

    const HttpReply user = askPermission(server.port(), "/pusher/user-auth", "socket_id=4821.9047", ada);
    QCOMPARE(user.status, 200);
    QCOMPARE(user.body, signedBody(R"(5e997b465727be83aa0be351142cf829b7b8948871a456d0c709cc80c2e6a839","user_data":")"
                                   R"({\"id\":\"1\",\"user_info\":{\"name\":\"Ada\"}}"})"));
    QCOMPARE(askPermission(server.port(), "/pusher/user-auth", "socket_id=4821.9047").status, 403);
}

void AuthorizeTest::AU4_aCallbackIsAnsweredWithAScript()
{
    EngineFixture server{scenarioOptions(R"("jsonp":true)")};
    const std::string target = "/pusher/auth?" + formFor("private-x") + "&callback=";
    const HttpReply script = request(server.port(), "GET", target + "Pusher.auth_callbacks%5B%271%27%5D");
    QCOMPARE(script.status, 200);
    QVERIFY(script.header("Content-Type")->starts_with("application/javascript"));
    QVERIFY(script.body.starts_with("Pusher.auth_callbacks['1']({\"auth\":\"478b45309560f3456211:"));
    QVERIFY(script.body.ends_with("});"));
    QCOMPARE(request(server.port(), "GET", target + "alert(1)//").status, 400);
    EngineFixture without{scenarioOptions({})};
    QCOMPARE(request(without.port(), "GET", target + "f").status, 405);
}

void AuthorizeTest::AU5_aPreflightIsAnsweredAndNotTakenForRest()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    const http::Headers question{{"Origin", "http://localhost:8080"},
                                 {"Access-Control-Request-Method", "POST"},
                                 {"Access-Control-Request-Headers", "x-csrf-token"}};
    const HttpReply reply = request(server.port(), "OPTIONS", "/pusher/auth", {}, question);
    QCOMPARE(reply.status, 204);
    QCOMPARE(*reply.header("Access-Control-Allow-Methods"), std::string{"GET, POST"});
    QVERIFY(reply.header("Access-Control-Allow-Headers")->find("x-csrf-token") != std::string::npos);
    QCOMPARE(*reply.header("Access-Control-Allow-Origin"), std::string{"http://localhost:8080"});
    const HttpReply rest = request(server.port(), "OPTIONS", "/apps/3456678/events", {}, question);
    QCOMPARE(rest.status, 204);
    QVERIFY(rest.header("Access-Control-Allow-Origin") == nullptr);
}

void AuthorizeTest::AU6_underStrictAPublicNameIsRefused()
{
    EngineFixture server{scenarioOptions(R"("policy":"strict","explain":"loopback")")};
    const HttpReply reply = askPermission(server.port(), "/pusher/auth", formFor("news"));
    QCOMPARE(reply.status, 403);
    QCOMPARE(member(reply, "reason"), std::string{"policy_closed"});
}

void AuthorizeTest::AU6_aWrongSocketIdIs400()
{
    EngineFixture server{scenarioOptions({})};
    for (const char* socketId : {"1", "1.2.3", "a.b", "1.2%0A", ""})
        QCOMPARE(askPermission(server.port(), "/pusher/auth", formFor("private-x", socketId)).status, 400);
}

void AuthorizeTest::AU7_theDefaultPathsAnswerAlike_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("token");
    QTest::newRow("allowed") << std::string{"private-admins"} << ada;
    QTest::newRow("refused") << std::string{"private-admins"} << bob;
    QTest::newRow("presence") << std::string{"presence-chat"} << bob;
    QTest::newRow("public") << std::string{"news"} << nobody;
}

void AuthorizeTest::AU7_theDefaultPathsAnswerAlike()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, token);
    EngineFixture server{scenarioOptions(scenarioRules)};
    const HttpReply one = askPermission(server.port(), "/pusher/auth", formFor(channel), token);
    for (const char* path : {"/broadcasting/auth", "/broadcasting/authorize", "/broadcast/auth", "/pusher/user-auth"}) {
        const HttpReply other = askPermission(server.port(), path, formFor(channel), token);
        QCOMPARE(other.status, one.status);
        QCOMPARE(other.body, one.body);
    }
    QCOMPARE(askPermission(server.port(), "/pusher/auth/", formFor(channel), token).status, 404);
}

void AuthorizeTest::aPathPrefixIsStripped()
{
    auto options = scenarioOptions(scenarioRules);
    options.pathPrefix = "/realtime";
    EngineFixture server{options};
    QCOMPARE(askPermission(server.port(), "/realtime/pusher/auth", formFor("private-1"), ada).status, 200);
}

/// Scenario 12.2.
void AuthorizeTest::administratorsGetTheAlertAndOthersDoNot()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    PusherClient admin = server.connect();
    PusherClient basic = server.connect();
    const HttpReply allowed =
        askPermission(server.port(), "/pusher/auth", formFor("private-admins", admin.socketId()), ada);
    admin.subscribeWith("private-admins", member(allowed, "auth"));
    QCOMPARE(
        admin.expectMessage().text,
        std::string{R"({"event":"pusher_internal:subscription_succeeded","channel":"private-admins","data":"{}"})"});

    const std::string form = formFor("private-admins", basic.socketId());
    QCOMPARE(askPermission(server.port(), "/pusher/auth", form, bob).status, 403);
    basic.subscribeWith("private-admins", member(allowed, "auth")); // Somebody else's.
    basic.expectRefusal("private-admins", "AuthError", 401);

    const std::string payload = R"({"message":"Some dependencies are outdated !","level":"warning"})";
    QCOMPARE(server.publish("private-admins", "AdminUserAlert", payload).status, 200);
    QCOMPARE(admin.expectMessage().text,
             std::string{R"({"event":"AdminUserAlert","channel":"private-admins","data":)"
                         R"("{\"message\":\"Some dependencies are outdated !\",\"level\":\"warning\"}"})"});
    basic.expectSilence();
}

/// Scenario 12.4.
void AuthorizeTest::aPresenceChannelListsWhoIsInside()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    const auto join = [&](PusherClient& client, const std::string& token) {
        const HttpReply reply =
            askPermission(server.port(), "/pusher/auth", formFor("presence-chat", client.socketId()), token);
        client.subscribeWith("presence-chat", member(reply, "auth"), member(reply, "channel_data"));
        return client.expectEvent("pusher_internal:subscription_succeeded", "presence-chat").text;
    };
    const auto frame = [](const std::string& event, const std::string& data) {
        return R"({"event":"pusher_internal:)" + event + R"(","channel":"presence-chat","data":")" + data + "\"}";
    };
    PusherClient first = server.connect();
    QCOMPARE(join(first, ada), frame("subscription_succeeded", R"({\"presence\":{\"count\":1,\"ids\":[\"1\"],)"
                                                               R"(\"hash\":{\"1\":{\"name\":\"Ada\"}}}})"));
    PusherClient second = server.connect();
    join(second, bob);
    QCOMPARE(first.expectMessage().text,
             frame("member_added", R"({\"user_id\":\"2\",\"user_info\":{\"name\":\"Bob\"}})"));
    PusherClient secondTab = server.connect();
    join(secondTab, bob);
    first.expectSilence();
    secondTab.leave("presence-chat");
    first.expectSilence();
    second.close();
    QCOMPARE(first.expectMessage().text, frame("member_removed", R"({\"user_id\":\"2\"})"));
}

void AuthorizeTest::aPublicNameUnderARuleIsRefused_data()
{
    QTest::addColumn<std::string>("explain");
    QTest::addColumn<std::string>("text");
    QTest::newRow("without a reason") << std::string{"never"} << std::string{"This client may not join the channel"};
    QTest::newRow("with the reason") << std::string{"loopback"}
                                     << std::string{
                                            "This client may not join the channel: refused by rule 1 \"order.{uuid}\": "
                                            "actor.id is missing, wanted \"5\""};
}

void AuthorizeTest::aPublicNameUnderARuleIsRefused()
{
    QFETCH(std::string, explain);
    QFETCH(std::string, text);
    EngineFixture server{scenarioOptions(R"("topics":[{"pattern":"order.{uuid}",
        "when":{"value":"actor.id","is":"equals","to":"{uuid}"}}],"explain":")" +
                                         explain + "\"")};
    PusherClient client = server.connect();
    client.subscribe("order.5");
    const Message refusal = client.expectRefusal("order.5", "AuthError", 401);
    QCOMPARE(refusal.payloadText("error"), text);
    QCOMPARE(server.publish("order.5", "shipped", "{}").status, 200);
    client.expectSilence();
}

void AuthorizeTest::theHandshakeIsAnIdentityForPublicNames()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    PusherClient owner{server.port(), server.app(), {}, {{"Authorization", "Bearer 5-token"}}};
    owner.join("order.5");
    owner.subscribe("order.6");
    owner.expectRefusal("order.6", "AuthError", 401);
    PusherClient withSecret{server.port(), server.app(), {}, {{"secret", "secret"}}};
    withSecret.join("topic");
    PusherClient without = server.connect();
    without.subscribe("topic");
    without.expectRefusal("topic", "AuthError", 401);
}

void AuthorizeTest::theSignedInUserIsAnIdentityForPublicNames()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    PusherClient client = server.connect();
    client.subscribe("order.5");
    client.expectRefusal("order.5", "AuthError", 401);
    client.signIn(R"({"id":"5"})");
    client.expectEvent("pusher:signin_success");
    client.join("order.5");
}

void AuthorizeTest::aPublicNameWithoutARuleIsFree()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    PusherClient client = server.connect();
    client.join("news");
    client.join("order.5.6");
    QVERIFY(server.engine().takeDecisions().items.empty());
}

void AuthorizeTest::underStrictNothingPublicIsFree()
{
    EngineFixture server{scenarioOptions(R"("policy":"strict","topics":[{"pattern":"news","when":true}])")};
    PusherClient client = server.connect();
    client.join("news");
    client.subscribe("weather");
    client.expectRefusal("weather", "AuthError", 401);
    client.signIn(R"({"id":"1"})");
    client.expectEvent("pusher:signin_success");
    client.join("#server-to-user-1");
}

void AuthorizeTest::aConnectionWithoutPermissionIsClosed()
{
    EngineFixture server{scenarioOptions(R"("connect":{"value":"header.X-Key","is":"equals","to":"sesame"})")};
    PusherClient welcome{server.port(), server.app(), {}, {{"X-Key", "sesame"}}};
    welcome.join("news");
    WebSocketClient stranger = server.open("/app/478b45309560f3456211?protocol=7");
    QCOMPARE(stranger.status(), 101);
    stranger.expectError(4009);
    stranger.expectClose(4009);
    QCOMPARE(stranger.closeReason(), std::string{"Connection is unauthorized"});
}

void AuthorizeTest::theApplicationIsTheOneThatIsMeant()
{
    auto options = scenarioOptions({});
    options.apps.insert(options.apps.begin(), makeApp("disabled"));
    options.apps.front().isEnabled = false;
    options.apps.push_back(makeApp("other"));
    EngineFixture server{options};
    const auto keyFor = [&](const std::string& form) {
        const std::string auth = member(askPermission(server.port(), "/pusher/auth", form), "auth");
        return auth.substr(0, auth.find(':'));
    };
    PusherClient client = server.connect(2);
    const std::string ofNobody = formFor("private-x");
    QCOMPARE(keyFor(ofNobody), std::string{"478b45309560f3456211"});
    QCOMPARE(keyFor(ofNobody + "&app_id=other"), std::string{"other-key"});
    QCOMPARE(keyFor(ofNobody + "&key=other-key"), std::string{"other-key"});
    QCOMPARE(keyFor(ofNobody + "&app_id=disabled"), std::string{"478b45309560f3456211"});
    QCOMPARE(keyFor(formFor("private-x", client.socketId())), std::string{"other-key"});
    QCOMPARE(keyFor(formFor("private-x", client.socketId()) + "&app_id=3456678"), std::string{"478b45309560f3456211"});
}

void AuthorizeTest::theLoginOfTheDemoIsAnIdentity()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    const auto cookiesOf = [](const HttpReply& reply) {
        std::string cookies;
        for (const http::Header& header : reply.headers) {
            if (header.name == "Set-Cookie")
                cookies += header.value.substr(0, header.value.find(';')) + "; ";
        }
        return cookies;
    };
    const HttpReply page = request(server.port(), "GET", "/demo/session");
    const http::Headers headers{{"Cookie", cookiesOf(page)},
                                {"Content-Type", "application/x-www-form-urlencoded"},
                                {"X-CSRF-TOKEN", member(page, "csrf_token")}};
    const HttpReply login = request(server.port(), "POST", "/demo/login", "actor=1", headers);
    QCOMPARE(login.status, 200);
    const http::Headers asAda{{"Cookie", cookiesOf(login)}, {"Content-Type", "application/x-www-form-urlencoded"}};
    // Rules, actors and so on may change; who is logged in stays so.
    server.engine().setAuthorization(authorizationWith(scenarioRules), {});
    QCOMPARE(request(server.port(), "POST", "/pusher/auth", formFor("private-admins"), asAda).status, 200);
}

QTEST_GUILESS_MAIN(AuthorizeTest)
#include "authorize_test.moc"
