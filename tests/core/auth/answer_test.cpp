#include "core/auth/answer.h"

#include "core/base/json.h"
#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using test::ada;
using test::bob;
using test::configWith;
using test::guardFor;
using test::nobody;
using test::requestFor;

namespace {

const pusher::Signer signer{"478b45309560f3456211", "ab4229346et64aa8908"};
const std::string authStart = "{\"auth\":\"478b45309560f3456211:";

const std::string rules =
    R"("topics":[{"pattern":"private-admins","when":{"value":"actor.role","is":"equals","to":"admin"}},
                 {"pattern":"private-{id:[0-9]+}","when":{"value":"actor.id","is":"equals","to":"{id}"}},
                 {"pattern":"topic","when":{"value":"header.SECRET","is":"equals","to":"secret"}}])";

Answer answerFor(const AuthorizationRequest& request, Explain explain = Explain::Never, SigningKeys keys = {&signer})
{
    const Guard guard = guardFor(configWith(rules));
    return answerTo(request, guard.decide(request), keys, explain);
}

pusher::EncryptionKey masterKey()
{
    return *pusher::EncryptionKey::fromBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
}

} // namespace

class AnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void AU1_AU2_bodiesAreThoseOfTheScenarios_data();
    void AU1_AU2_bodiesAreThoseOfTheScenarios();
    void AU1_theDocumentedSignatureReproduces();
    void headerRulesAnswerAsTheScenarioSays_data();
    void headerRulesAnswerAsTheScenarioSays();
    void AU3_anEncryptedAnswerHasTheSharedSecret();
    void AU3_withoutAMasterKeyThereIsNoAnswerForEncryptedChannels();
    void AU3_aUserAnswerHasTheUserData();
    void AU6_aRefusalIsJsonWithItsStatus_data();
    void AU6_aRefusalIsJsonWithItsStatus();
    void thePublicAndTheUnsignedGetAnEmptyObject();
    void nothingRefusedIsSigned();
    void theReasonIsToldToThoseWhoMayKnow_data();
    void theReasonIsToldToThoseWhoMayKnow();
    void aResponseOfTheRuleGoesOutInstead();
    void aNameThatWasNotCheckedIsNotSigned();
    void presenceWithoutMemberDataIsAnError();
};

void AnswerTest::AU1_AU2_bodiesAreThoseOfTheScenarios_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("socketId");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* channel, const char* socketId, const std::string& token, const std::string& rest) {
        QTest::newRow(channel) << std::string{channel} << std::string{socketId} << token << authStart + rest;
    };
    row("private-admins", "4821.9047", ada, R"(7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e"})");
    row("private-1", "4821.9047", ada, R"(fa06e0da21e9cdd30f3a9552d35b2cfff80403bcb2121552a7028fae355d3b00"})");
    row("private-2", "4821.9047", bob, R"(648bfcd1bbcaee6db433377ba6d14de7d14c6f24063a33f0cd94a64cdb436318"})");
    row("presence-chat", "4821.9047", ada,
        R"(d31f9053e41874e5d502583e011e792b81f611bb9c245cdab60042e720647563",)"
        R"("channel_data":"{\"user_id\":\"1\",\"user_info\":{\"name\":\"Ada\"}}"})");
    row("presence-chat", "5310.2208", bob,
        R"(598948132b80a90148fa606a1f869eae2fb84aaa690726d5d9c7bc93bba236e0",)"
        R"("channel_data":"{\"user_id\":\"2\",\"user_info\":{\"name\":\"Bob\"}}"})");
}

void AnswerTest::AU1_AU2_bodiesAreThoseOfTheScenarios()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, socketId);
    QFETCH(std::string, token);
    QFETCH(std::string, body);
    AuthorizationRequest request = requestFor(channel, token);
    request.socketId = socketId;
    const Answer answer = answerFor(request, Explain::Always);
    QCOMPARE(answer.response.status, 200);
    QCOMPARE(answer.response.contentType, std::string{"application/json"});
    QCOMPARE(answer.response.body, body);
    QVERIFY(answer.note.empty());
}

/// Source: Pusher docs, "Auth signatures".
void AnswerTest::AU1_theDocumentedSignatureReproduces()
{
    const pusher::Signer documented{"278d425bdf160c739803", "7ad3773142a6692b25b8"};
    AuthorizationRequest request = requestFor("private-foobar", ada);
    request.socketId = "1234.1234";
    QCOMPARE(answerFor(request, Explain::Never, {&documented}).response.body,
             std::string{R"({"auth":"278d425bdf160c739803:)"
                         R"(58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"})"});
}

void AnswerTest::headerRulesAnswerAsTheScenarioSays_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("right") << std::string{"SECRET"} << std::string{"secret"} << 200;
    QTest::newRow("name in small letters") << std::string{"secret"} << std::string{"secret"} << 200;
    QTest::newRow("other case") << std::string{"SECRET"} << std::string{"Secret"} << 403;
    QTest::newRow("missing") << std::string{"Other"} << std::string{"secret"} << 403;
}

void AnswerTest::headerRulesAnswerAsTheScenarioSays()
{
    QFETCH(std::string, name);
    QFETCH(std::string, value);
    QFETCH(int, status);
    http::Request incoming;
    incoming.method = "GET";
    incoming.path = "/broadcasting/auth";
    incoming.query = "channel_name=topic";
    incoming.headers = {{name, value}};
    const Answer answer = answerFor(AuthorizationRequest::from(incoming));
    QCOMPARE(answer.response.status, status);
    QCOMPARE(answer.response.body, status == 200 ? std::string{"{}"} : std::string{R"({"error":"Forbidden"})"});
}

void AnswerTest::AU3_anEncryptedAnswerHasTheSharedSecret()
{
    const pusher::EncryptionKey key = masterKey();
    AuthorizationRequest request = requestFor("private-encrypted-vault", ada);
    request.socketId = "4711.815";
    const auto body = [&](const std::string& channel) {
        request.channels = {channel};
        return answerFor(request, Explain::Never, {&signer, &key}).response.body;
    };
    QVERIFY(body("private-encrypted-vault")
                .ends_with(R"(","shared_secret":"wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="})"));
    QVERIFY(body("private-encrypted-cache-vault")
                .ends_with(R"(","shared_secret":"I1qRd7K02IuwO4ry62hz+N90H4dWRix9T6tcfEGHAus="})"));
    QCOMPARE(body("private-vault"), R"({"auth":")" + signer.channelAuth("4711.815", "private-vault") + R"("})");
}

void AnswerTest::AU3_withoutAMasterKeyThereIsNoAnswerForEncryptedChannels()
{
    const Answer answer = answerFor(requestFor("private-encrypted-vault", ada));
    QCOMPARE(answer.response.status, 500);
    QCOMPARE(answer.response.body, std::string{R"({"error":"Internal Server Error"})"});
    QVERIFY(answer.note.find("master key") != std::string::npos);
}

void AnswerTest::AU3_aUserAnswerHasTheUserData()
{
    const Guard guard = guardFor(configWith(rules));
    AuthorizationRequest request = requestFor("", ada);
    request.channels.clear();
    const auto answer = [&](SigningKeys keys) { return answerTo(request, guard.decideUser(request), keys, {}); };
    QCOMPARE(answer({&signer}).response.body,
             authStart + R"(5e997b465727be83aa0be351142cf829b7b8948871a456d0c709cc80c2e6a839",)"
                         R"("user_data":"{\"id\":\"1\",\"user_info\":{\"name\":\"Ada\"}}"})");
    QCOMPARE(answer({}).response.body, std::string{"{}"});
    request.headers.clear();
    QCOMPARE(answer({&signer}).response.status, 403);
}

void AnswerTest::AU6_aRefusalIsJsonWithItsStatus_data()
{
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("error");
    const auto row = [](Reason reason, int status, const char* error) {
        QTest::newRow(toText(reason).data()) << reason << status << std::string{error};
    };
    for (const Reason reason : {Reason::RuleRefused, Reason::PolicyClosed, Reason::NoActor, Reason::MissingChannel,
                                Reason::BadChannel, Reason::ForwardRefused})
        row(reason, 403, "Forbidden");
    row(Reason::Ambiguous, 400, "Bad Request");
    row(Reason::BadSocketId, 400, "Bad Request");
    row(Reason::RuleError, 500, "Internal Server Error");
    row(Reason::Csrf, 419, "csrf");
    row(Reason::ForwardFailed, 502, "Bad Gateway");
}

void AnswerTest::AU6_aRefusalIsJsonWithItsStatus()
{
    QFETCH(Reason, reason);
    QFETCH(int, status);
    QFETCH(std::string, error);
    const Answer answer =
        answerTo(requestFor("private-x", ada), AuthorizationStatus::of(reason, "why"), {&signer}, Explain::Never);
    QCOMPARE(answer.response.status, status);
    QCOMPARE(answer.response.contentType, std::string{"application/json"});
    QCOMPARE(answer.response.body, "{\"error\":\"" + error + "\"}");
}

void AnswerTest::thePublicAndTheUnsignedGetAnEmptyObject()
{
    const auto isEmptyObject = [](const Answer& answer) {
        return answer.response.status == 200 && answer.response.body == "{}";
    };
    QVERIFY(isEmptyObject(answerFor(requestFor("releases", ada))));

    AuthorizationRequest request = requestFor("private-admins", ada);
    const Answer withoutSecret = answerFor(request, Explain::Never, {});
    QVERIFY(isEmptyObject(withoutSecret));
    QCOMPARE(withoutSecret.note, std::string{"nothing was signed: the connection has no secret"});

    request.socketId.reset();
    QVERIFY(isEmptyObject(answerFor(request)));

    request = requestFor("private-1", ada);
    request.channels = {"private-1", "private-admins"};
    QVERIFY(isEmptyObject(answerFor(request)));

    QVERIFY(isEmptyObject(answerTo(request, AuthorizationStatus::noGuard(), {&signer}, Explain::Never)));
}

void AnswerTest::nothingRefusedIsSigned()
{
    const pusher::EncryptionKey key = masterKey();
    for (const char* const channel : {"private-admins", "presence-x", "private-1", R"(:user::{"id":"1"})"}) {
        const Answer answer = answerFor(requestFor(channel), Explain::Always, {&signer, &key});
        QVERIFY(answer.response.status != 200);
        QVERIFY2(answer.response.body.find(signer.key()) == std::string::npos, answer.response.body.c_str());
    }
}

void AnswerTest::theReasonIsToldToThoseWhoMayKnow_data()
{
    QTest::addColumn<Explain>("explain");
    QTest::addColumn<bool>("isLoopback");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("never") << Explain::Never << true << false;
    QTest::newRow("loopback, from there") << Explain::Loopback << true << true;
    QTest::newRow("loopback, from elsewhere") << Explain::Loopback << false << false;
    QTest::newRow("always") << Explain::Always << false << true;
}

void AnswerTest::theReasonIsToldToThoseWhoMayKnow()
{
    QFETCH(Explain, explain);
    QFETCH(bool, isLoopback);
    QFETCH(bool, isTold);
    AuthorizationRequest request = requestFor("private-admins", bob);
    request.isLoopback = isLoopback;
    const std::string told = R"({"error":"Forbidden","reason":"rule_refused","explanation":"refused by rule 1 )"
                             R"(\"private-admins\": actor.role is \"basic\", wanted \"admin\""})";
    QCOMPARE(answerFor(request, explain).response.body, isTold ? told : R"({"error":"Forbidden"})");
}

void AnswerTest::aResponseOfTheRuleGoesOutInstead()
{
    AuthorizationStatus status = AuthorizationStatus::of(Reason::RuleRefused, "");
    status.response = http::Response::error(402, "Pay first");
    const Answer answer = answerTo(requestFor("private-x", ada), status, {&signer}, Explain::Always);
    QCOMPARE(answer.response.status, 402);
    QVERIFY(answer.response.body.starts_with("Pay first"));
}

void AnswerTest::aNameThatWasNotCheckedIsNotSigned()
{
    AuthorizationStatus status = AuthorizationStatus::of(Reason::RuleAllowed, "");
    for (const char* const channel : {R"(:user::{"id":"1"})", "private-a:b", "private-a b", "#server-to-user-1"}) {
        status.topics = {channel};
        QCOMPARE(answerTo(requestFor(channel, ada), status, {&signer}, Explain::Never).response.body,
                 std::string{"{}"});
    }
}

void AnswerTest::presenceWithoutMemberDataIsAnError()
{
    AuthorizationStatus status = AuthorizationStatus::of(Reason::RuleAllowed, "");
    status.topics = {"presence-x"};
    QCOMPARE(answerTo(requestFor("presence-x"), status, {&signer}, Explain::Never).response.status, 500);
}

QTEST_APPLESS_MAIN(AnswerTest)
#include "answer_test.moc"
