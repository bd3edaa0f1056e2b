#include "core/engine/authorization.h"

#include "core/auth/forwarding.h"
#include "tests/support/app.h"
#include "tests/support/authorization.h"
#include "tests/support/engine_fixture.h"

#include <QScopeGuard>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace castdeck;
using namespace castdeck::test;
using engine::AuthorizationTrial;
using engine::AuthorizationVerdict;
using engine::Decision;
using engine::EventKind;

namespace {

const std::string form = "socket_id=4821.9047&channel_name=private-admins";

/// Another application that answers when the test does.
class HeldForwarder final : public auth::Forwarder {
public:
    void post(const std::string& url, http::Headers headers, std::string body, Done done) override
    {
        const std::lock_guard lock{m_mutex};
        m_questions.push_back({url, std::move(headers), std::move(body), std::move(done)});
    }
    struct Question {
        std::string url;
        http::Headers headers;
        std::string body;
        Done done;
    };
    std::vector<Question> questions() const
    {
        const std::lock_guard lock{m_mutex};
        return m_questions;
    }
    /// What waits for an answer keeps its forwarder: both would keep each other for ever.
    void forget()
    {
        std::vector<Question> questions;
        const std::lock_guard lock{m_mutex};
        questions.swap(m_questions);
    }
    bool waitFor(std::size_t count) const
    {
        return QTest::qWaitFor([&] { return questions().size() >= count; }, static_cast<int>(patience.count()));
    }

private:
    mutable std::mutex m_mutex; ///< Guards m_questions.
    std::vector<Question> m_questions;
};

/// Another application that answers at once, with this status; 0: it cannot be reached.
class PromptForwarder final : public auth::Forwarder {
public:
    explicit PromptForwarder(int status) : m_status{status} {}
    void post(const std::string&, http::Headers, std::string, Done done) override { done({m_status, {}, "why"}); }

private:
    int m_status;
};

std::string forwarding()
{
    return R"("forward_url":"http://127.0.0.1:9/auth","explain":"loopback")";
}

AuthorizationVerdict verdictOf(engine::Engine& engine, AuthorizationTrial trial)
{
    const std::uint64_t id = engine.authorize(std::move(trial));
    std::vector<AuthorizationVerdict> verdicts;
    const bool came = QTest::qWaitFor([&] { return !(verdicts = engine.takeVerdicts()).empty(); },
                                      static_cast<int>(patience.count()));
    return came && verdicts.front().commandId == id ? verdicts.front() : AuthorizationVerdict{};
}

} // namespace

class AuthorizationTest : public QObject {
    Q_OBJECT
private slots:
    void everyDecisionIsToldBeforeItsAnswer();
    void everyReasonReachesTheAskerAndTheLog_data();
    void everyReasonReachesTheAskerAndTheLog();
    void longTextsOfTheAskerAreCut();
    void aHeadlessServerKeepsNoDecisions();
    void aRefusedPageCannotFloodTheLog();
    void rulesChangeWhileClientsStay();
    void aTrialIsAnsweredByTheEndpoint_data();
    void aTrialIsAnsweredByTheEndpoint();
    void aTrialNeedsNoListeningServer();
    void anotherApplicationIsAsked();
    void itsRefusalIsObeyed();
    void aTrialAsksTheOtherApplicationToo();
    void itsAnswerMayComeAfterTheEngine();
    void beyondLoopbackTheRoutesAreOff();
};

void AuthorizationTest::everyDecisionIsToldBeforeItsAnswer()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    QCOMPARE(askPermission(server.port(), "/pusher/auth", form, "ada-token").status, 200);
    QCOMPARE(askPermission(server.port(), "/pusher/auth", form, "bob-token").status, 403);
    const auto decisions = server.engine().takeDecisions().items;
    QCOMPARE(decisions.size(), std::size_t{2});
    const Decision& refused = decisions[1];
    QCOMPARE(decisions[0].isAllowed, true);
    QCOMPARE(refused.isAllowed, false);
    QCOMPARE(refused.appId, std::string{"3456678"});
    QCOMPARE(refused.channel, std::string{"private-admins"});
    QCOMPARE(refused.socketId, std::string{"4821.9047"});
    QCOMPARE(refused.remoteIp, std::string{"127.0.0.1"});
    QCOMPARE(refused.method + " " + refused.path, std::string{"POST /pusher/auth"});
    QCOMPARE(refused.actorId + " " + refused.actorName + " " + refused.identitySource, std::string{"2 Bob token"});
    QCOMPARE(refused.reason + " " + refused.rule, std::string{"rule_refused private-admins"});
    QCOMPARE(refused.ruleIndex, std::size_t{1});
    QCOMPARE(refused.httpStatus, 403);
    QCOMPARE(refused.explanation,
             std::string{R"(refused by rule 1 "private-admins": actor.role is "basic", wanted "admin")"});
    std::vector<engine::Event> told;
    for (engine::Event& event : server.engine().takeEvents().items) {
        if (event.kind == EventKind::AuthAllowed || event.kind == EventKind::AuthDenied)
            told.push_back(std::move(event));
    }
    QCOMPARE(told.size(), std::size_t{2});
    QCOMPARE(told[0].kind, EventKind::AuthAllowed);
    QCOMPARE(told[1].kind, EventKind::AuthDenied);
    QCOMPARE(told[1].detail, refused.explanation);
}

void AuthorizationTest::everyReasonReachesTheAskerAndTheLog_data()
{
    QTest::addColumn<std::string>("authorize");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("forwarded");
    QTest::addColumn<int>("status");
    const auto row = [](const char* reason, const std::string& authorize, const std::string& body, int status,
                        int forwarded = 200) { QTest::newRow(reason) << authorize << body << forwarded << status; };
    const auto ask = [](const std::string& channel) { return "socket_id=4821.9047&channel_name=" + channel; };
    row("rule_allowed", R"("topics":{"private-x":true})", ask("private-x"), 200);
    row("rule_refused", R"("topics":{"private-x":false})", ask("private-x"), 403);
    row("policy_open", "", ask("private-x"), 200);
    row("policy_closed", R"("policy":"closed")", ask("private-x"), 403);
    row("public_channel", "", ask("news"), 200);
    row("no_actor", "", ask("presence-x"), 403);
    row("missing_channel", "", "socket_id=4821.9047", 403);
    row("bad_channel", "", ask("private-a%20b"), 403);
    row("ambiguous", "", ask("private-a") + "&channel_name=private-b", 400);
    row("bad_socket_id", "", "socket_id=4821&channel_name=private-x", 400);
    row("rule_error", R"("topics":{"{x:(a+)+}":true})", ask(std::string(150, 'a') + "b"), 500);
    row("csrf", "", ask("private-x"), 419);
    row("forward_refused", forwarding(), ask("private-x"), 403, 404);
    row("forward_failed", forwarding(), ask("private-x"), 502, 0);
}

void AuthorizationTest::everyReasonReachesTheAskerAndTheLog()
{
    QFETCH(std::string, authorize);
    QFETCH(std::string, body);
    QFETCH(int, forwarded);
    QFETCH(int, status);
    const std::string reason = QTest::currentDataTag();
    auto options = scenarioOptions(authorize);
    options.forwarder = std::make_shared<PromptForwarder>(forwarded);
    if (reason == "csrf")
        options.web.csrf.exempt.clear();
    EngineFixture server{options};
    const HttpReply reply = askPermission(server.port(), "/pusher/auth", body);
    QCOMPARE(reply.status, status);
    QCOMPARE(*reply.header("Content-Type"), std::string{"application/json"});
    const auto decisions = server.engine().takeDecisions().items;
    QCOMPARE(decisions.size(), std::size_t{1});
    QCOMPARE(decisions[0].reason, reason);
    QCOMPARE(decisions[0].httpStatus, status);
    QCOMPARE(decisions[0].isAllowed, status == 200);
    QVERIFY(!decisions[0].explanation.empty());
    if (status == 200 || reason == "csrf")
        return;
    QCOMPARE(reply.json().value("reason", ""), reason); // To this machine.
    QCOMPARE(reply.json().value("explanation", ""), decisions[0].explanation);
}

void AuthorizationTest::longTextsOfTheAskerAreCut()
{
    EngineFixture server{scenarioOptions({})};
    const std::string longName(60'000, 'x');
    QCOMPARE(askPermission(server.port(), "/pusher/auth", "socket_id=1.1&channel_name=" + longName).status, 403);
    QCOMPARE(askPermission(server.port(), "/pusher/auth", "socket_id=1.1&channel_name=%FF%FE").status, 403);
    const auto decisions = server.engine().takeDecisions().items;
    QCOMPARE(decisions.size(), std::size_t{2});
    QCOMPARE(decisions[0].channel, std::string(256, 'x'));
    QCOMPARE(decisions[1].channel, std::string{"(not valid UTF-8)"});
}

void AuthorizationTest::aHeadlessServerKeepsNoDecisions()
{
    auto options = scenarioOptions(scenarioRules);
    options.recordsEvents = false;
    EngineFixture server{options};
    QCOMPARE(askPermission(server.port(), "/pusher/auth", form, "ada-token").status, 200);
    QVERIFY(server.engine().takeDecisions().items.empty());
}

void AuthorizationTest::aRefusedPageCannotFloodTheLog()
{
    std::atomic<int> lines{0};
    auto options = scenarioOptions({});
    options.notice = [&](const std::string& line) { lines += line.find("http://elsewhere") != std::string::npos; };
    EngineFixture server{options};
    HttpConnection page{server.port()};
    for (int i = 0; i < 50; ++i)
        QCOMPARE(page.request("POST", "/pusher/auth", "{}", {{"Origin", "http://elsewhere"}}).status, 403);
    QCOMPARE(lines.load(), 20);
}

void AuthorizationTest::rulesChangeWhileClientsStay()
{
    EngineFixture server{scenarioOptions({})};
    PusherClient client = server.connect();
    client.join("topic");
    server.engine().setAuthorization(authorizationWith(scenarioRules), {});
    QVERIFY(
        QTest::qWaitFor([&] { return askPermission(server.port(), "/pusher/auth", form, "bob-token").status == 403; },
                        static_cast<int>(patience.count())));
    QCOMPARE(server.publish("topic", "e", "d").status, 200);
    client.expectEvent("e", "topic"); // Who is in stays in.
    client.subscribe("order.5");      // What is asked from then on follows the rules.
    client.expectRefusal("order.5", "AuthError", 401);
    client.join("news");
}

void AuthorizationTest::aTrialIsAnsweredByTheEndpoint_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("actor");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isSigned");
    QTest::newRow("allowed") << std::string{"private-admins"} << std::string{"1"} << 200 << true;
    QTest::newRow("refused") << std::string{"private-admins"} << std::string{"2"} << 403 << false;
    QTest::newRow("presence") << std::string{"presence-chat"} << std::string{"2"} << 200 << true;
    QTest::newRow("public") << std::string{"news"} << std::string{} << 200 << false;
    QTest::newRow("user") << std::string{} << std::string{"1"} << 200 << true;
    QTest::newRow("nobody") << std::string{} << std::string{} << 403 << false;
}

void AuthorizationTest::aTrialIsAnsweredByTheEndpoint()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, actor);
    QFETCH(int, status);
    QFETCH(bool, isSigned);
    EngineFixture server{scenarioOptions(scenarioRules)};
    const auto verdict = verdictOf(server.engine(), {"3456678", channel, "4821.9047", actor, {}});
    QCOMPARE(verdict.httpStatus, status);
    QCOMPARE(verdict.decision.isAllowed, status == 200);
    QCOMPARE(verdict.decision.channel, channel);
    QCOMPARE(verdict.isSignatureRight, isSigned);
    // The header is believed for the trial only.
    QCOMPARE(request(server.port(), "POST", "/pusher/auth", form,
                     {{"Content-Type", "application/x-www-form-urlencoded"}, {"X-Actor-Id", "1"}})
                 .status,
             403);
}

void AuthorizationTest::aTrialNeedsNoListeningServer()
{
    engine::Engine engine{scenarioOptions(scenarioRules), [] {}};
    const auto verdict = verdictOf(engine, {"3456678", "private-7", "1.1", "6", {}});
    QCOMPARE(verdict.httpStatus, 403);
    QCOMPARE(verdict.params.size(), std::size_t{1});
    QCOMPARE(verdict.params[0].first + "=" + verdict.params[0].second, std::string{"id=7"});
}

void AuthorizationTest::anotherApplicationIsAsked()
{
    const auto other = std::make_shared<HeldForwarder>();
    const auto forgetting = qScopeGuard([&other] { other->forget(); });
    auto options = scenarioOptions(forwarding());
    options.forwarder = other;
    EngineFixture server{options};
    PusherClient client = server.connect();
    const std::string clientForm = "channel_name=private-x&socket_id=" + client.socketId();
    std::thread answering{[&] {
        if (other->waitFor(1))
            other->questions()[0].done({200, "{}", {}});
    }};
    const HttpReply reply = askPermission(server.port(), "/pusher/auth", clientForm, "some token");
    answering.join();
    QCOMPARE(reply.status, 200);
    QCOMPARE(other->questions()[0].url, std::string{"http://127.0.0.1:9/auth"});
    QCOMPARE(other->questions()[0].body, "socket_id=" + client.socketId() + "&channel_name=private-x");
    QCOMPARE(*http::find(other->questions()[0].headers, "Authorization"), std::string{"Bearer some token"});
    client.subscribeWith("private-x", reply.json().value("auth", ""));
    client.expectEvent("pusher_internal:subscription_succeeded", "private-x");
    const auto decisions = server.engine().takeDecisions().items;
    QCOMPARE(decisions.size(), std::size_t{1});
    QCOMPARE(decisions[0].explanation, std::string{"allowed: the other application answered 200"});
}

void AuthorizationTest::itsRefusalIsObeyed()
{
    const auto other = std::make_shared<HeldForwarder>();
    const auto forgetting = qScopeGuard([&other] { other->forget(); });
    auto options = scenarioOptions(forwarding());
    options.forwarder = other;
    EngineFixture server{options};
    std::thread answering{[&] {
        if (other->waitFor(1))
            other->questions()[0].done({401, "no", {}});
        if (other->waitFor(2))
            other->questions()[1].done({0, {}, "refused"});
    }};
    QCOMPARE(askPermission(server.port(), "/pusher/auth", form, "ada-token").status, 403);
    QCOMPARE(askPermission(server.port(), "/pusher/auth", form, "ada-token").status, 502);
    answering.join();
    auto without = scenarioOptions(forwarding());
    EngineFixture alone{without};
    QCOMPARE(askPermission(alone.port(), "/pusher/auth", form, "ada-token").status, 502);
}

void AuthorizationTest::aTrialAsksTheOtherApplicationToo()
{
    const auto other = std::make_shared<HeldForwarder>();
    const auto forgetting = qScopeGuard([&other] { other->forget(); });
    auto options = scenarioOptions(forwarding());
    options.forwarder = other;
    EngineFixture server{options};
    std::thread answering{[&] {
        if (other->waitFor(1))
            other->questions()[0].done({200, R"({"auth":"478b45309560f3456211:00"})", {}});
    }};
    const auto verdict = verdictOf(server.engine(), {"3456678", "private-x", "4821.9047", {}, {}});
    answering.join();
    QCOMPARE(verdict.httpStatus, 200);
    QCOMPARE(verdict.body, std::string{R"({"auth":"478b45309560f3456211:00"})"});
    QVERIFY(!verdict.isSignatureRight);
}

void AuthorizationTest::itsAnswerMayComeAfterTheEngine()
{
    const auto other = std::make_shared<HeldForwarder>();
    const auto forgetting = qScopeGuard([&other] { other->forget(); });
    auto options = scenarioOptions(forwarding());
    options.forwarder = other;
    {
        EngineFixture server{options};
        server.engine().authorize({"3456678", "private-x", "4821.9047", {}, {}});
        QVERIFY(other->waitFor(1));
    }
    other->questions()[0].done({200, "{}", {}});
}

void AuthorizationTest::beyondLoopbackTheRoutesAreOff()
{
    // The fixture listens on loopback, so this engine is run by hand.
    const auto statusOn = [](const char* listen, bool isExposed) {
        auto options = scenarioOptions({});
        options.listen = listen;
        options.port = 0;
        options.authorization.isExposed = isExposed;
        engine::Engine engine{options, [] {}};
        engine.start();
        const bool runs =
            QTest::qWaitFor([&] { return engine.snapshot()->server.state == engine::ServerState::Running; },
                            static_cast<int>(patience.count()));
        return runs ? askPermission(engine.snapshot()->server.port, "/pusher/auth", form).status : 0;
    };
    QCOMPARE(statusOn("127.0.0.1", false), 200);
    QCOMPARE(statusOn("localhost", false), 200);
    QCOMPARE(statusOn("0.0.0.0", false), 404);
    QCOMPARE(statusOn("0.0.0.0", true), 200);
}

QTEST_GUILESS_MAIN(AuthorizationTest)
#include "authorization_test.moc"
