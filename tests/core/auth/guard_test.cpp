#include "core/auth/guard.h"

#include "core/base/ascii.h"
#include "tests/core/auth/config.h"

#include <QTest>

#include <stdexcept>

using namespace castdeck;
using namespace castdeck::auth;
using test::ada;
using test::bob;
using test::configWith;
using test::guardFor;
using test::nobody;
using test::requestFor;

namespace {

const std::string adminsOnly =
    R"("topics":[{"pattern":"private-admins","when":{"value":"actor.role","is":"equals","to":"admin"}}])";
const std::string onePerUser =
    R"("topics":[{"pattern":"private-{id:[0-9]+}","when":{"value":"actor.id","is":"equals","to":"{id}"}}])";
const std::string secretHeader =
    R"("topics":[{"pattern":"topic","when":{"value":"header.SECRET","is":"equals","to":"secret"}}])";
const std::string orderOwner =
    R"("topics":[{"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"}}])";

/// "no_actor", and that it is allowed exactly if the reason says so.
std::string reasonOf(const AuthorizationStatus& status)
{
    return status.allowed == isAllowed(status.reason) ? std::string{toText(status.reason)} : "contradiction";
}

Guard guardWith(RuleFunction function, const std::string& pattern = "*")
{
    std::vector<Rule> rules;
    rules.push_back({*ChannelPattern::compile(pattern), std::move(function)});
    std::vector<Problem> problems;
    return Guard{RuleSet{std::move(rules)}, ActorDirectory{test::readConfig(configWith(""), problems).actors}, {}};
}

} // namespace

class GuardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decisionsAreThoseOfTheScenarios_data();
    void decisionsAreThoseOfTheScenarios();
    void everyReasonHasItsHttpStatus_data();
    void everyReasonHasItsHttpStatus();
    void theStatusHasEveryField();
    void aRefusalSaysWhy();
    void anUnknownTokenIsToldOf();
    void theFirstMatchingRuleDecidesAlone();
    void aRuleMayNarrowTheSources();
    void allOfAListMustBeAllowed();
    void namesAreCheckedBeforeAnythingElse_data();
    void namesAreCheckedBeforeAnythingElse();
    void centrifugoHasNamesOfItsOwn();
    void AU6_socketIdsAreDigitsAndADot_data();
    void AU6_socketIdsAreDigitsAndADot();
    void ambiguousRequestsAreRefused();
    void memberDataIsThatOfTheRule_data();
    void memberDataIsThatOfTheRule();
    void memberDataHasALimit();
    void aFunctionMayDecide();
    void aFunctionMayAnswerWithAStatus();
    void aFunctionThatThrowsRefuses();
    void aFunctionCannotLetTheAnonymousIntoPresence();
    void aPatternWithoutEndRefuses();
    void usersAreKnownByTheirIdentity();
    void connectionsFollowTheirOwnCondition();
    void withoutAGuardNothingIsChecked();
    void observersLearnOfEveryDecisionFirst();
    void noSecretReachesStatusOrObserver();
};

void GuardTest::decisionsAreThoseOfTheScenarios_data()
{
    QTest::addColumn<std::string>("config");
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const std::string& config, const char* channel, const std::string& token,
                        const char* expected) {
        QTest::addRow("%s: %s for %s", name, channel, token.empty() ? "nobody" : token.c_str())
            << config << std::string{channel} << token << std::string{expected};
    };
    const std::string closed = R"(,"policy":"closed")";
    const std::string strict = R"(,"policy":"strict")";

    row("admins", adminsOnly, "private-admins", ada, "rule_allowed");
    row("admins", adminsOnly, "private-admins", bob, "rule_refused");
    row("admins", adminsOnly, "private-admins", nobody, "rule_refused");
    row("admins", adminsOnly, "private-anything-else", bob, "policy_open");
    row("admins", adminsOnly, "private-anything-else", nobody, "policy_open");
    row("admins", adminsOnly, "private-encrypted-x", nobody, "policy_open");

    row("one per user", onePerUser, "private-1", ada, "rule_allowed");
    row("one per user", onePerUser, "private-1", bob, "rule_refused");
    row("one per user", onePerUser, "private-2", bob, "rule_allowed");
    row("one per user", onePerUser, "private-1", nobody, "rule_refused");
    row("one per user", onePerUser, "private-01", ada, "rule_refused");
    row("one per user", onePerUser, "private-abc", ada, "policy_open");
    row("one per user", onePerUser, "private-a-b", ada, "policy_open");
    row("one per user, closed", onePerUser + closed, "private-abc", ada, "policy_closed");
    row("one per user, closed", onePerUser + closed, "private-a-b", ada, "policy_closed");

    row("header", secretHeader, "topic", ada, "rule_refused");
    row("owner", orderOwner, "order.5", "5-token", "rule_allowed");
    row("owner", orderOwner, "private-order.5", "5-token", "rule_allowed");
    row("owner", orderOwner, "order.5", "6-token", "rule_refused");
    row("owner", orderOwner, "order.5", nobody, "rule_refused");
    for (const char* const channel : {"order.5.6", "order.", "ORDER.5"}) {
        row("owner", orderOwner, channel, "5-token", "public_channel");
        row("owner, closed", orderOwner + closed, channel, "5-token", "public_channel");
        row("owner, strict", orderOwner + strict, channel, "5-token", "policy_closed");
    }

    for (const std::string& policy : {std::string{R"("policy":"open")"}, closed.substr(1), strict.substr(1)})
        row(policy.c_str(), policy, "presence-chat", nobody, "no_actor");
    row("open", "", "presence-chat", ada, "policy_open");
    row("closed", closed.substr(1), "presence-chat", ada, "policy_closed");
    row("closed", closed.substr(1), "private-encrypted-x", ada, "policy_closed");
    row("a rule for all", R"("topics":{"*":true})", "presence-chat", nobody, "no_actor");
    row("a rule for none", R"("topics":{"*":false})", "presence-chat", nobody, "rule_refused");
    row("open", "", "Private-x", nobody, "public_channel");
}

void GuardTest::decisionsAreThoseOfTheScenarios()
{
    QFETCH(std::string, config);
    QFETCH(std::string, channel);
    QFETCH(std::string, token);
    QFETCH(std::string, expected);
    const AuthorizationStatus status = guardFor(configWith(config)).decide(requestFor(channel, token));
    QCOMPARE(reasonOf(status), expected);
    QCOMPARE(status.topics, std::optional{std::vector{channel}});
    QVERIFY(!status.explanation.empty());
}

void GuardTest::everyReasonHasItsHttpStatus_data()
{
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("http");
    const auto row = [](Reason reason, const char* text, int http) {
        QTest::newRow(text) << reason << std::string{text} << http;
    };
    row(Reason::RuleAllowed, "rule_allowed", 200);
    row(Reason::RuleRefused, "rule_refused", 403);
    row(Reason::PolicyOpen, "policy_open", 200);
    row(Reason::PolicyClosed, "policy_closed", 403);
    row(Reason::PublicChannel, "public_channel", 200);
    row(Reason::NoGuard, "no_guard", 200);
    row(Reason::UserKnown, "user_known", 200);
    row(Reason::NoActor, "no_actor", 403);
    row(Reason::MissingChannel, "missing_channel", 403);
    row(Reason::BadChannel, "bad_channel", 403);
    row(Reason::Ambiguous, "ambiguous", 400);
    row(Reason::BadSocketId, "bad_socket_id", 400);
    row(Reason::RuleError, "rule_error", 500);
    row(Reason::Csrf, "csrf", 419);
    row(Reason::ForwardRefused, "forward_refused", 403);
    row(Reason::ForwardFailed, "forward_failed", 502);
}

void GuardTest::everyReasonHasItsHttpStatus()
{
    QFETCH(Reason, reason);
    QFETCH(std::string, text);
    QFETCH(int, http);
    QCOMPARE(std::string{toText(reason)}, text);
    QCOMPARE(httpStatusOf(reason), http);
    QCOMPARE(AuthorizationStatus::of(reason, "x").allowed, http == 200);
}

void GuardTest::theStatusHasEveryField()
{
    const Guard guard = guardFor(configWith(R"("topics":[{"pattern":"a","when":false},
        {"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"}}])"));
    const AuthorizationStatus status = guard.decide(requestFor("private-order.5", "5-token"));
    QVERIFY(status.allowed);
    QCOMPARE(status.rule, std::string{"order.{uuid}"});
    QCOMPARE(status.ruleIndex, std::size_t{2});
    QCOMPARE(status.params, (Parameters{{"uuid", "5"}}));
    QCOMPARE(status.actor->name, std::string{"Five"});
    QCOMPARE(status.identitySource, std::optional{IdentitySource::Token});
    QVERIFY(status.attributes.empty());
    QVERIFY(!status.response);
    QCOMPARE(status.explanation, std::string{R"(allowed by rule 2 "order.{uuid}")"});

    const AuthorizationStatus byPolicy = guard.decide(requestFor("private-x", bob));
    QVERIFY(byPolicy.rule.empty() && byPolicy.ruleIndex == 0 && byPolicy.params.empty());
    QCOMPARE(byPolicy.explanation, std::string{R"(allowed by the policy "open": no rule matches private-x)"});
}

void GuardTest::aRefusalSaysWhy()
{
    const Guard guard = guardFor(configWith(adminsOnly));
    QCOMPARE(guard.decide(requestFor("private-admins", bob)).explanation,
             std::string{R"(refused by rule 1 "private-admins": actor.role is "basic", wanted "admin")"});
    QCOMPARE(guard.decide(requestFor("private-admins")).explanation,
             std::string{R"(refused by rule 1 "private-admins": actor.role is missing, wanted "admin")"});
    QCOMPARE(guard.decide(requestFor("presence-x")).explanation,
             std::string{"refused: presence-x lists its members, and the request is anonymous"});
}

void GuardTest::anUnknownTokenIsToldOf()
{
    const Guard guard = guardFor(configWith(adminsOnly));
    const AuthorizationStatus status = guard.decide(requestFor("private-admins", "marker-token"));
    QCOMPARE(reasonOf(status), std::string{"rule_refused"});
    QVERIFY(status.explanation.ends_with("; the bearer token is nobody's, so the request counts as anonymous"));
    QVERIFY(guard.decide(requestFor("private-x", "marker-token")).explanation.ends_with("counts as anonymous"));
}

void GuardTest::theFirstMatchingRuleDecidesAlone()
{
    const Guard guard = guardFor(configWith(R"("topics":{"private-a{x}":false,"private-{x}":true})"));
    QCOMPARE(reasonOf(guard.decide(requestFor("private-ab"))), std::string{"rule_refused"});
    QCOMPARE(reasonOf(guard.decide(requestFor("private-b"))), std::string{"rule_allowed"});
}

void GuardTest::aRuleMayNarrowTheSources()
{
    const Guard guard = guardFor(configWith(
        R"("topics":[{"pattern":"private-a","when":{"value":"actor","is":"exists"},"guards":["cookie"]},
                     {"pattern":"private-b","when":{"value":"actor","is":"exists"}}])"));
    AuthorizationRequest request = requestFor("private-a", ada);
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"rule_refused"});
    QCOMPARE(reasonOf(guard.decide(requestFor("private-b", ada))), std::string{"rule_allowed"});
    request.sessionActorId = "2";
    const AuthorizationStatus status = guard.decide(request);
    QCOMPARE(reasonOf(status), std::string{"rule_allowed"});
    QCOMPARE(status.actor->id, std::string{"2"});
    QCOMPARE(status.identitySource, std::optional{IdentitySource::Cookie});
}

void GuardTest::allOfAListMustBeAllowed()
{
    const Guard guard = guardFor(configWith(adminsOnly));
    AuthorizationRequest request = requestFor("private-x", bob);
    request.channels = {"private-x", "releases"};
    AuthorizationStatus status = guard.decide(request);
    QVERIFY(status.allowed);
    QCOMPARE(status.topics, std::optional{request.channels});

    request.channels = {"private-x", "private-admins", "bad name"};
    status = guard.decide(request);
    QCOMPARE(reasonOf(status), std::string{"rule_refused"});
    QCOMPARE(status.topics, (std::optional{std::vector<std::string>{"private-admins"}}));

    request.channels.assign(Guard::maxChannelsAtOnce + 1, "private-x");
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"bad_channel"});
}

void GuardTest::namesAreCheckedBeforeAnythingElse_data()
{
    QTest::addColumn<std::string>("channel");
    const auto row = [](const char* name, const std::string& channel) { QTest::newRow(name) << channel; };
    row("forged login", R"(:user::{"id":"admin"})");
    row("forged presence", "presence-a:{}");
    row("empty", "");
    row("blank", "private-a b");
    row("slash", "private-a/b");
    row("line break", "private-a\n");
    row("zero", std::string{"private-a\0", 10});
    row("too long", "private-" + std::string(193, 'a'));
    row("user channel", "#server-to-user-1");
    row("broken UTF-8", "private-\xff\xfe");
    row("UTF-8", "private-ë");
}

void GuardTest::namesAreCheckedBeforeAnythingElse()
{
    QFETCH(std::string, channel);
    const Guard guard = guardFor(configWith(R"("topics":{"*":true})"));
    const AuthorizationStatus status = guard.decide(requestFor(channel, ada));
    QCOMPARE(reasonOf(status), std::string{"bad_channel"});
    QVERIFY(isValidUtf8(status.explanation));
    QVERIFY(status.attributes.empty());
}

void GuardTest::centrifugoHasNamesOfItsOwn()
{
    const Guard guard = guardFor(configWith(R"("topics":{"chat:{room}":{"value":"actor","is":"exists"}})"));
    AuthorizationRequest request = requestFor("chat:1");
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"bad_channel"});
    request.nameRule = NameRule::Centrifugo;
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"rule_refused"});
    request.signedInUserId = "42";
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"rule_allowed"});
    for (const std::string& name :
         {std::string{}, std::string{"a b"}, std::string{"\xc3\xab"}, std::string(256, 'a')}) {
        request.channels = {name};
        QCOMPARE(reasonOf(guard.decide(request)), std::string{"bad_channel"});
    }
}

void GuardTest::AU6_socketIdsAreDigitsAndADot_data()
{
    QTest::addColumn<std::string>("socketId");
    for (const char* const id : {"", "1", "1.", ".1", "1.2.3", "1.2 ", " 1.2", "1.2\n", "a.b", "1:2", "-1.2", "1.2:x"})
        QTest::addRow("'%s'", id) << std::string{id};
}

void GuardTest::AU6_socketIdsAreDigitsAndADot()
{
    QFETCH(std::string, socketId);
    const Guard guard = guardFor(configWith(""));
    AuthorizationRequest request = requestFor("private-x", ada);
    request.socketId = socketId;
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"bad_socket_id"});
    QCOMPARE(reasonOf(guard.decideUser(request)), std::string{"bad_socket_id"});
}

void GuardTest::ambiguousRequestsAreRefused()
{
    const Guard guard = guardFor(configWith(""));
    AuthorizationRequest request = requestFor("private-x", ada);
    request.ambiguousField = "channel_name";
    QCOMPARE(reasonOf(guard.decide(request)), std::string{"ambiguous"});
    QCOMPARE(reasonOf(guard.decideUser(request)), std::string{"ambiguous"});
    request.ambiguousField.clear();
    request.channels.clear();
    const AuthorizationStatus status = guard.decide(request);
    QCOMPARE(reasonOf(status), std::string{"missing_channel"});
    QCOMPARE(status.topics, std::optional{std::vector<std::string>{}});
}

void GuardTest::memberDataIsThatOfTheRule_data()
{
    QTest::addColumn<std::string>("member");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const char* member, const char* expected) {
        QTest::newRow(name) << std::string{member} << std::string{expected};
    };
    row("by default", "", R"({"name":"Ada"})");
    row("empty", R"(,"member":{})", "{}");
    row("placeholders", R"(,"member":{"name":"{actor.name} in {room}","role":"{actor.role}"})",
        R"({"name":"Ada in lobby","role":"admin"})");
    row("order, numbers and levels", R"(,"member":{"z":1,"a":[true,null,"{actor.id}",{"b":1.5}],"e":[]})",
        R"({"z":1,"a":[true,null,"1",{"b":1.5}],"e":[]})");
    row("missing value", R"(,"member":{"team":"{actor.attr.team}"})", R"({"team":""})");
    row("list", R"(,"member":{"roles":"{actor.roles}"})", R"({"roles":"admin"})");
    row("braces of no placeholder", R"(,"member":{"x":"{a b} {}"})", R"({"x":"{a b} {}"})");
}

void GuardTest::memberDataIsThatOfTheRule()
{
    QFETCH(std::string, member);
    QFETCH(std::string, expected);
    const Guard guard = guardFor(configWith(R"("topics":[{"pattern":"presence-{room}","when":true)" + member + "}]"));
    const AuthorizationStatus status = guard.decide(requestFor("presence-lobby", ada));
    QVERIFY2(status.allowed, status.explanation.c_str());
    QCOMPARE(status.attributes.at("user_info"), expected);
    QCOMPARE(status.attributes.at("channel_data"), R"({"user_id":"1","user_info":)" + expected + "}");
    QVERIFY(guard.decide(requestFor("private-presence-lobby", ada)).attributes.contains("user_info") ==
            !member.empty());
}

void GuardTest::memberDataHasALimit()
{
    const auto decide = [](std::size_t bytes) {
        return guardFor(configWith(R"("topics":[{"pattern":"*","when":true,"member":{"a":")" + std::string(bytes, 'x') +
                                   R"("}}])"))
            .decide(requestFor("presence-x", ada));
    };
    const std::size_t around = std::string{R"({"user_id":"1","user_info":{"a":""}})"}.size();
    const AuthorizationStatus largest = decide(Guard::maxMemberBytes - around);
    QVERIFY(largest.allowed);
    QCOMPARE(largest.attributes.at("channel_data").size(), Guard::maxMemberBytes);
    const AuthorizationStatus tooLarge = decide(Guard::maxMemberBytes - around + 1);
    QCOMPARE(reasonOf(tooLarge), std::string{"rule_error"});
    QVERIFY(tooLarge.attributes.empty());
    QVERIFY(tooLarge.explanation.find("1025 bytes") != std::string::npos);
}

void GuardTest::aFunctionMayDecide()
{
    const Guard guard = guardWith(
        [](const AuthorizationRequest& request, const Parameters& parameters, const Actor* actor) -> RuleAnswer {
            return actor != nullptr && parameters.at(0).second == actor->id && request.method == "POST";
        },
        "order.{id}");
    QCOMPARE(reasonOf(guard.decide(requestFor("private-order.1", ada))), std::string{"rule_allowed"});
    const AuthorizationStatus refused = guard.decide(requestFor("private-order.1", bob));
    QCOMPARE(reasonOf(refused), std::string{"rule_refused"});
    QCOMPARE(refused.explanation, std::string{R"(refused by rule 1 "order.{id}": its function said no)"});
    QCOMPARE(reasonOf(guard.decide(requestFor("private-order.1"))), std::string{"rule_refused"});
}

void GuardTest::aFunctionMayAnswerWithAStatus()
{
    const auto answering = [](AuthorizationStatus status) {
        return guardWith([=](const auto&, const auto&, const Actor*) -> RuleAnswer { return status; });
    };
    AuthorizationStatus refusal = AuthorizationStatus::of(Reason::RuleRefused, "not before noon");
    refusal.response = http::Response::error(402, "Pay first");
    const AuthorizationStatus refused = answering(refusal).decide(requestFor("presence-x", ada));
    QCOMPARE(reasonOf(refused), std::string{"rule_refused"});
    QCOMPARE(refused.explanation, std::string{R"(refused by rule 1 "*": not before noon)"});
    QCOMPARE(refused.response->status, 402);
    QCOMPARE(refused.rule, std::string{"*"});

    AuthorizationStatus permission = AuthorizationStatus::of(Reason::RuleAllowed, "\xff");
    permission.attributes["user_info"] = R"({"a":12345678901234567890})";
    const AuthorizationStatus allowed = answering(permission).decide(requestFor("presence-x", ada));
    QVERIFY(allowed.allowed && isValidUtf8(allowed.explanation));
    QCOMPARE(allowed.attributes.at("channel_data"),
             std::string{R"({"user_id":"1","user_info":{"a":12345678901234567890}})"});

    permission.attributes["user_info"] = "no JSON";
    QCOMPARE(reasonOf(answering(permission).decide(requestFor("presence-x", ada))), std::string{"rule_error"});
}

void GuardTest::aFunctionThatThrowsRefuses()
{
    const auto throwing = [](auto thrown) {
        return guardWith([=](const auto&, const auto&, const Actor*) -> RuleAnswer { throw thrown; });
    };
    for (const AuthorizationStatus& status :
         {throwing(std::runtime_error{"marker"}).decide(requestFor("private-x", ada)),
          throwing(5).decide(requestFor("private-x", ada)),
          guardWith(RuleFunction{}).decide(requestFor("private-x", ada))}) {
        QCOMPARE(reasonOf(status), std::string{"rule_error"});
        QCOMPARE(status.ruleIndex, std::size_t{1});
        QVERIFY(status.explanation.find("marker") == std::string::npos);
    }
}

void GuardTest::aFunctionCannotLetTheAnonymousIntoPresence()
{
    const Guard guard = guardWith([](const auto&, const auto&, const Actor*) -> RuleAnswer {
        AuthorizationStatus status = AuthorizationStatus::of(Reason::RuleAllowed, "");
        status.attributes["channel_data"] = R"({"user_id":"forged"})";
        status.response = http::Response{};
        return status;
    });
    const AuthorizationStatus status = guard.decide(requestFor("presence-x"));
    QCOMPARE(reasonOf(status), std::string{"no_actor"});
    QVERIFY(status.attributes.empty() && !status.response);
}

void GuardTest::aPatternWithoutEndRefuses()
{
    const Guard guard = guardFor(configWith(R"("topics":{"{x:(a+)+}":true,"{y}":true})"));
    QCOMPARE(reasonOf(guard.decide(requestFor(std::string(150, 'a') + "b", ada))), std::string{"rule_error"});
    const Guard byCondition = guardFor(
        configWith(R"("topics":{"private-{x}":{"not":{"value":"channel","is":"matches","to":"private-(a+)+"}}})"));
    QCOMPARE(reasonOf(byCondition.decide(requestFor("private-" + std::string(150, 'a') + "b", ada))),
             std::string{"rule_error"});
}

void GuardTest::usersAreKnownByTheirIdentity()
{
    const Guard guard = guardFor(configWith(R"("policy":"strict")"));
    AuthorizationRequest request = requestFor("", ada);
    request.channels.clear();
    const AuthorizationStatus status = guard.decideUser(request);
    QCOMPARE(reasonOf(status), std::string{"user_known"});
    QCOMPARE(status.attributes.at("user_data"), std::string{R"({"id":"1","user_info":{"name":"Ada"}})"});
    request.headers.clear();
    QCOMPARE(reasonOf(guard.decideUser(request)), std::string{"no_actor"});
    request.socketId.reset();
    QCOMPARE(reasonOf(guard.decideUser(request)), std::string{"bad_socket_id"});
}

void GuardTest::connectionsFollowTheirOwnCondition()
{
    AuthorizationRequest request;
    QCOMPARE(reasonOf(guardFor(configWith("")).decideConnection(request)), std::string{"no_guard"});
    const Guard guard =
        guardFor(configWith(R"("connect":{"value":"query.ticket","is":"equals","to":"marker-ticket"})"));
    const AuthorizationStatus refused = guard.decideConnection(request);
    QCOMPARE(reasonOf(refused), std::string{"rule_refused"});
    QCOMPARE(refused.explanation,
             std::string{"refused by the rule for connections: query.ticket is missing, wanted ••••"});
    request.query = {{"ticket", "marker-ticket"}};
    QCOMPARE(reasonOf(guard.decideConnection(request)), std::string{"rule_allowed"});
}

void GuardTest::withoutAGuardNothingIsChecked()
{
    const AuthorizationStatus status = AuthorizationStatus::noGuard();
    QCOMPARE(reasonOf(status), std::string{"no_guard"});
    QVERIFY(!status.topics);
}

void GuardTest::observersLearnOfEveryDecisionFirst()
{
    std::vector<std::string> seen;
    const Observer throwing = [](const auto&, const auto&) { throw std::runtime_error{"full"}; };
    const Observer noting = [&](const RequestSummary& request, const AuthorizationStatus& status) {
        seen.push_back((request.channels.empty() ? "-" : request.channels.front()) + " " + request.socketId + " " +
                       request.remoteIp + " " + request.method + " " + request.path + " " + reasonOf(status));
    };
    const Guard guard = guardFor(configWith(adminsOnly + R"(,"connect":false)"), {throwing, noting});
    const std::string where = " 4821.9047 127.0.0.1 POST /pusher/auth ";
    QVERIFY(guard.decide(requestFor("private-admins", ada)).allowed);
    QCOMPARE(seen, std::vector{"private-admins" + where + "rule_allowed"});
    QVERIFY(!guard.decide(requestFor("bad name", ada)).allowed);
    QVERIFY(!guard.decideUser(requestFor("")).allowed);
    QVERIFY(!guard.decideConnection({}).allowed);
    guard.announce(requestFor("x"), AuthorizationStatus::of(Reason::Csrf, "x"));
    QCOMPARE(seen.size(), std::size_t{5});
    QVERIFY(seen[1].ends_with("bad_channel") && seen[2].ends_with("no_actor") && seen[3].ends_with("rule_refused") &&
            seen[4].ends_with("csrf"));
}

void GuardTest::noSecretReachesStatusOrObserver()
{
    std::string told;
    const Observer observer = [&](const RequestSummary& request, const AuthorizationStatus& status) {
        told += request.path + request.method + request.remoteIp + request.socketId + status.explanation + status.rule;
        for (const auto& [key, value] : status.attributes)
            told += key + value;
        told += status.actor ? status.actor->token + status.actor->name : "";
    };
    std::vector<Problem> problems;
    auto config = test::readConfig(
        R"({"actors":[{"id":"1","name":"Ada","token":"marker-token"}],"authorize":{"topics":{
            "a":{"value":"header.SECRET","is":"equals","to":"marker-wanted"},
            "b":{"any":[{"value":"header.Cookie","is":"matches","to":"marker+"},
                        {"value":"form.password","is":"in","to":["marker-wanted"]},
                        {"value":"query.key","is":"starts-with","to":"marker-wanted"}]},
            "c":{"not":{"value":"header.Authorization","is":"exists"}}}}})",
        problems);
    const Guard guard{RuleSet{std::move(config.rules)}, ActorDirectory{std::move(config.actors)}, {}, {observer}};
    for (const char* const channel : {"a", "b", "c", "presence-x", "bad name"}) {
        AuthorizationRequest request = requestFor(channel, "marker-token");
        request.headers.insert(request.headers.end(),
                               {{"SECRET", "marker-header"}, {"Cookie", "SESSID=xmarker"}, {"X-Actor-Id", "marker"}});
        request.query = {{"key", "marker-query"}};
        request.form = {{"password", "marker-password"}};
        guard.decide(request);
        request.headers[0].value = "Bearer marker-foreign";
        guard.decide(request);
    }
    QVERIFY(told.find("••••") != std::string::npos);
    QVERIFY2(told.find("marker") == std::string::npos, told.c_str());
}

QTEST_APPLESS_MAIN(GuardTest)
#include "guard_test.moc"
