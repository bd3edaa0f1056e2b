#include "tests/app/answering_server.h"
#include "tests/app/cli_runner.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

using castdeck::test::AnsweringServer;
using castdeck::test::CliRunner;

namespace {

const QString model = "3456678:478b45309560f3456211:ab4229346et64aa8908";
const QByteArray key = "478b45309560f3456211";
const QByteArray adminsAuth = key + ":7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e";
const QByteArray chatAuth = key + ":d31f9053e41874e5d502583e011e792b81f611bb9c245cdab60042e720647563";
const QByteArray userAuth = key + ":5e997b465727be83aa0be351142cf829b7b8948871a456d0c709cc80c2e6a839";

const QByteArray rules = R"({
    "authorize": {"policy": "open", "topics": [
        {"pattern": "private-admins", "when": {"value": "actor.role", "is": "equals", "to": "admin"}},
        {"pattern": "private-{id:[0-9]+}", "when": {"value": "actor.id", "is": "equals", "to": "{id}"}},
        {"pattern": "topic", "when": {"value": "header.SECRET", "is": "equals", "to": "zqx-marker-header"}}]},
    "actors": [{"id": "1", "name": "Ada", "role": "admin", "token": "zqx-marker-ada"},
               {"id": "2", "name": "Bob", "role": "basic"}],
    "server": {"apps": [{"app_id": "3456678", "client": "478b45309560f3456211", "secret": "ab4229346et64aa8908"}]}})";

} // namespace

class CliAuthorizeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_cli.writeFile("broadcasting.json", rules); }
    void theRulesDecide_data();
    void theRulesDecide();
    void aDecisionIsToldInWords();
    void aRefusalNamesTheComparedValues();
    void knownSignaturesAreMade_data();
    void knownSignaturesAreMade();
    void anActorThatNobodyKnowsIsTold();
    void withoutAConfigurationThePolicyIsOpen();
    void whatCannotBeSignedLetsNobodyIn();
    void aForwardedQuestionIsPointedOut();
    void wrongUsageIsCode2_data();
    void wrongUsageIsCode2();
    void anEndpointIsAskedAsClientsAskIt();
    void answersOfEndpointsAreJudged_data();
    void answersOfEndpointsAreJudged();
    void withoutTheSecretASignatureStaysUnchecked();
    void anEndpointsAnswerIsShownBoundedAndHarmless();
    void nobodyThereIsToldWithWhatWasTried();
    void secretsOfTheRequestAreNotEchoed();

private:
    CliRunner::Outcome authorize(const QStringList& arguments) const
    {
        return m_cli.run(QStringList{"authorize"} + arguments);
    }

    CliRunner m_cli;
};

void CliAuthorizeTest::theRulesDecide_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* name, const QStringList& arguments, const char* reason, const char* rule) {
        QTest::newRow(name) << arguments << QString{reason} << QString{rule};
    };
    row("an admin", {"--channel", "private-admins", "--actor", "1"}, "rule_allowed", "private-admins");
    row("a basic user", {"--channel", "private-admins", "--actor", "2"}, "rule_refused", "private-admins");
    row("nobody", {"--channel", "private-admins"}, "rule_refused", "private-admins");
    row("by token", {"--channel", "private-admins", "--header", "Authorization: Bearer zqx-marker-ada"}, "rule_allowed",
        "private-admins");
    row("one's own channel", {"--channel", "private-2", "--actor", "2"}, "rule_allowed", "private-{id:[0-9]+}");
    row("another's channel", {"--channel", "private-1", "--actor", "2"}, "rule_refused", "private-{id:[0-9]+}");
    row("text is compared", {"--channel", "private-01", "--actor", "1"}, "rule_refused", "private-{id:[0-9]+}");
    row("no rule, private", {"--channel", "private-abc"}, "policy_open", "");
    row("no rule, presence", {"--channel", "presence-chat", "--actor", "2"}, "policy_open", "");
    row("presence wants somebody", {"--channel", "presence-chat"}, "no_actor", "");
    row("no rule, public", {"--channel", "news"}, "public_channel", "");
    row("a header", {"--channel", "topic", "--header", "secret:zqx-marker-header"}, "rule_allowed", "topic");
    row("the wrong header", {"--channel", "topic", "--header", "SECRET: zqx-marker"}, "rule_refused", "topic");
    row("a bad name", {"--channel", "private-a b", "--actor", "1"}, "bad_channel", "");
    row("a bad socket", {"--channel", "private-1", "--actor", "1", "--socket", "x"}, "bad_socket_id", "");
    row("a user", {"--actor", "1", "--socket", "4821.9047"}, "user_known", "");
    row("no user", {"--socket", "4821.9047"}, "no_actor", "");
    row("the first refused of several", {"--channel", "news", "--channel", "private-admins", "--actor", "2"},
        "rule_refused", "private-admins");
}

void CliAuthorizeTest::theRulesDecide()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, rule);
    const auto outcome = authorize(arguments + QStringList{"--json"});
    const QJsonObject decision = outcome.json();
    QVERIFY2(!decision.isEmpty(), (outcome.out + outcome.err).constData());
    QTEST(decision["reason"].toString(), "reason");
    QCOMPARE(decision["rule"].toString(), rule);
    QCOMPARE(decision["allowed"].toBool(), decision["http_status"].toInt() == 200);
    QCOMPARE(outcome.exitCode, decision["allowed"].toBool() ? 0 : 1);
    QVERIFY(!decision["explanation"].toString().isEmpty());
}

void CliAuthorizeTest::aDecisionIsToldInWords()
{
    const auto outcome = authorize({"--channel", "private-2", "--actor", "2", "--socket", "4821.9047"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out.split('\n').mid(0, 5),
             (QList<QByteArray>{"allowed: private-2", "reason: rule_allowed (HTTP 200)",
                                "rule: 2 \"private-{id:[0-9]+}\"", "parameter id: 2", "actor: 2 \"Bob\", by header"}));
    QVERIFY2(outcome.out.contains("\nanswer: {\"auth\":\"" + key +
                                  ":648bfcd1bbcaee6db433377ba6d14de7d14c6f24063a33f0cd94a64cdb436318\"}\n"),
             outcome.out.constData());
    QVERIFY(outcome.err.isEmpty());
}

void CliAuthorizeTest::aRefusalNamesTheComparedValues()
{
    const auto outcome = authorize({"--channel", "private-admins", "--actor", "2", "--socket", "4821.9047"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains(
                 "explanation: refused by rule 1 \"private-admins\": actor.role is \"basic\", wanted \"admin\"\n"),
             outcome.out.constData());
    QVERIFY(!outcome.out.contains("auth\":"));
}

void CliAuthorizeTest::knownSignaturesAreMade_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("auth");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("data");
    QTest::newRow("private") << QStringList{"--channel", "private-admins"} << adminsAuth << QString{} << QString{};
    QTest::newRow("presence") << QStringList{"--channel", "presence-chat"} << chatAuth << QString{"channel_data"}
                              << QString{R"({"user_id":"1","user_info":{"name":"Ada"}})"};
    QTest::newRow("user") << QStringList{} << userAuth << QString{"user_data"}
                          << QString{R"({"id":"1","user_info":{"name":"Ada"}})"};
}

void CliAuthorizeTest::knownSignaturesAreMade()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, auth);
    QFETCH(QString, member);
    const QStringList more{"--actor", "1", "--socket", "4821.9047", "--json"};
    const QJsonObject answer = authorize(arguments + more).json()["answer"].toObject();
    QCOMPARE(answer["auth"].toString(), auth);
    if (!member.isEmpty())
        QTEST(answer[member].toString(), "data");
    // The application of the command line takes the place of the configured one.
    const auto other = authorize(arguments + more + QStringList{"--app", "1:other:" + model.section(':', 2)});
    QCOMPARE(other.json()["answer"].toObject()["auth"].toString(), "other" + auth.mid(key.size()));
}

void CliAuthorizeTest::anActorThatNobodyKnowsIsTold()
{
    const auto outcome = authorize({"--channel", "private-abc", "--actor", "3"});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains("the configuration has no actor \"3\"; it has: 1, 2"), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void CliAuthorizeTest::withoutAConfigurationThePolicyIsOpen()
{
    const CliRunner cli;
    const auto outcome = cli.run({"authorize", "--channel", "private-x", "--socket", "1.1"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.out.contains("reason: policy_open"), outcome.out.constData());
    QVERIFY2(outcome.err.contains("nothing was signed: the connection has no secret"), outcome.err.constData());
}

void CliAuthorizeTest::whatCannotBeSignedLetsNobodyIn()
{
    const auto outcome = authorize({"--channel", "private-encrypted-x", "--socket", "1.1", "--json"});
    QCOMPARE(outcome.exitCode, 1);
    const QJsonObject decision = outcome.json();
    QVERIFY(!decision["allowed"].toBool());
    QCOMPARE(decision["http_status"].toInt(), 500);
    QCOMPARE(decision["reason"].toString(), "policy_open");
    QVERIFY2(decision["explanation"].toString().contains("but nothing was signed"), outcome.out.constData());

    const CliRunner cli;
    cli.writeFile("broadcasting.json",
                  R"({"server": {"apps": [{"app_id": "1", "client": "k", "secret": "zqx-marker",
        "encryption_master_key_base64": "enF4LW1hcmtlci16cXgtbWFya2VyLXpxeC1tYXJrZXI="}]}})");
    const auto signedFor = cli.run({"authorize", "--channel", "private-encrypted-x", "--socket", "1.1", "--json"});
    QCOMPARE(signedFor.exitCode, 0);
    QCOMPARE(signedFor.json()["answer"].toObject()["shared_secret"].toString().size(), 44);
}

void CliAuthorizeTest::aForwardedQuestionIsPointedOut()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"authorize": {"forward_url": "http://u:zqx-marker@127.0.0.1:1/auth"}})");
    QVERIFY(cli.run({"authorize", "--channel", "private-x"}).err.contains("authorize.forward_url is set"));
}

void CliAuthorizeTest::wrongUsageIsCode2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("message");
    const QStringList channel{"--channel", "private-x"};
    QTest::newRow("no question") << QStringList{} << QByteArray{"say which channel"};
    QTest::newRow("a header without colon")
        << channel + QStringList{"--header", "zqx-marker"} << QByteArray{"'NAME: VALUE'"};
    QTest::newRow("a header with a bad name")
        << channel + QStringList{"--header", "zqx marker: 1"} << QByteArray{"'NAME: VALUE'"};
    QTest::newRow("a header with a line break")
        << channel + QStringList{"--header", "A: zqx-marker\r\nB: 1"} << QByteArray{"control character"};
    QTest::newRow("a bad address") << channel + QStringList{"--url", "localhost"} << QByteArray{"--url must be"};
    QTest::newRow("an actor for another machine")
        << channel + QStringList{"--url", "http://example.com/auth", "--actor", "1"}
        << QByteArray{"to this machine only"};
    QTest::newRow("several channels at an endpoint")
        << channel + QStringList{"--channel", "b", "--url", "http://127.0.0.1:1/"} << QByteArray{"one channel"};
    QTest::newRow("an unknown connection")
        << channel + QStringList{"--connection", "eu"} << QByteArray{"connection \"eu\" is not defined"};
}

void CliAuthorizeTest::wrongUsageIsCode2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, message);
    const auto outcome = authorize(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(message), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void CliAuthorizeTest::anEndpointIsAskedAsClientsAskIt()
{
    const AnsweringServer server{AnsweringServer::response(200, "{\"auth\":\"" + adminsAuth + "\"}")};
    const auto outcome = authorize({"--channel", "private-admins", "--socket", "4821.9047", "--actor", "1", "--header",
                                    "X-Tenant: blue", "--url", server.url(), "--app", model});
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.err).constData());
    QVERIFY2(outcome.out.startsWith("allowed: private-admins\nhttp status: 200\n"), outcome.out.constData());
    QVERIFY(outcome.out.contains("\nsignature: right\n"));
    const QByteArray request = server.request();
    QVERIFY2(request.startsWith("POST /auth HTTP/1.1\r\n"), request.constData());
    QVERIFY(request.endsWith("\r\n\r\nsocket_id=4821.9047&channel_name=private-admins"));
    QVERIFY(request.toLower().contains("content-type: application/x-www-form-urlencoded\r\n"));
    QVERIFY(request.toLower().contains("x-actor-id: 1\r\n") && request.toLower().contains("x-tenant: blue\r\n"));
}

void CliAuthorizeTest::answersOfEndpointsAreJudged_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<bool>("isAllowed");
    QTest::addColumn<QString>("signature");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* channel, int status, const QByteArray& body, bool isAllowed,
                        const char* signature, const char* words, const QByteArray& headers = {}) {
        QTest::newRow(name) << QString{channel} << AnsweringServer::response(status, body, headers) << isAllowed
                            << QString{signature} << QString{words};
    };
    const QByteArray member = R"({\"user_id\":\"1\",\"user_info\":{\"name\":\"Ada\"}})";
    const QByteArray user = R"({\"id\":\"1\",\"user_info\":{\"name\":\"Ada\"}})";
    const QByteArray wrong = key + ":" + QByteArray(64, 'a');
    row("private", "private-admins", 200, "{\"auth\":\"" + adminsAuth + "\"}", true, "right", "allows");
    row("presence", "presence-chat", 200, "{\"auth\":\"" + chatAuth + "\",\"channel_data\":\"" + member + "\"}", true,
        "right", "allows");
    row("user", "", 200, "{\"auth\":\"" + userAuth + "\",\"user_data\":\"" + user + "\"}", true, "right", "allows");
    row("public", "news", 200, "{}", true, "none", "unsigned");
    row("presence without channel_data", "presence-chat", 200, "{\"auth\":\"" + chatAuth + "\"}", false, "unchecked",
        "Invalid auth response");
    row("encrypted without shared_secret", "private-encrypted-x", 200, "{\"auth\":\"" + wrong + "\"}", false,
        "unchecked", "shared_secret");
    row("user without user_data", "", 200, "{\"auth\":\"" + userAuth + "\"}", false, "none", "user_data");
    row("unsigned", "private-admins", 200, "{}", false, "none", "no \"auth\"");
    row("another key", "private-admins", 200, "{\"auth\":\"other:" + adminsAuth.mid(21) + "\"}", false, "wrong",
        "signed for the application with the key other");
    row("another secret", "private-admins", 200, "{\"auth\":\"" + wrong + "\"}", false, "wrong", "another secret");
    row("no signature at all", "private-admins", 200, "{\"auth\":\"yes\"}", false, "wrong", "KEY:SIGNATURE");
    row("no JSON", "private-admins", 200, "False", false, "none", "parse failure");
    row("a list", "private-admins", 200, "[]", false, "none", "parse failure");
    row("refused", "private-admins", 403, "{}", false, "none", "refused");
    row("CSRF", "private-admins", 419, "{}", false, "none", "CSRF");
    row("a login page", "private-admins", 302, "", false, "none", "redirects to http://127.0.0.1/login, which",
        "Location: http://me:zqx-marker@127.0.0.1/login?t=zqx-marker\r\n");
    row("no such path", "private-admins", 404, "", false, "none", "nothing answers at this path");
    row("no POST", "private-admins", 405, "", false, "none", "no POST");
    row("not understood", "private-admins", 422, "", false, "none", "did not understand");
    row("a failure", "private-admins", 500, "Traceback", false, "none", "its own log says why");
    row("another success", "private-admins", 204, "", false, "none", "take only 200");
}

void CliAuthorizeTest::answersOfEndpointsAreJudged()
{
    QFETCH(QString, channel);
    QFETCH(QByteArray, response);
    QFETCH(bool, isAllowed);
    QFETCH(QString, words);
    const AnsweringServer server{response};
    const QStringList question = channel.isEmpty() ? QStringList{} : QStringList{"--channel", channel};
    const auto outcome =
        authorize(question + QStringList{"--socket", "4821.9047", "--url", server.url(), "--app", model, "--json"});
    const QJsonObject verdict = outcome.json();
    QVERIFY2(!verdict.isEmpty(), (outcome.out + outcome.err).constData());
    QCOMPARE(verdict["allowed"].toBool(), isAllowed);
    QCOMPARE(outcome.exitCode, isAllowed ? 0 : 1);
    QTEST(verdict["signature"].toString(), "signature");
    QCOMPARE(verdict["http_status"].toInt(), response.mid(9, 3).toInt());
    QVERIFY2(verdict["explanation"].toString().contains(words), outcome.out.constData());
    const QJsonArray checks = verdict["checks"].toArray();
    QCOMPARE(checks.size(), 12);
    const auto failed = std::ranges::count_if(checks, [](const QJsonValue& check) {
        return check.toObject()["result"].toString() == QLatin1String{"failed"};
    });
    QCOMPARE(failed, isAllowed ? 0 : 1);
}

void CliAuthorizeTest::withoutTheSecretASignatureStaysUnchecked()
{
    const CliRunner cli;
    const AnsweringServer server{AnsweringServer::response(200, "{\"auth\":\"k:" + QByteArray(64, 'a') + "\"}")};
    const auto outcome =
        cli.run({"authorize", "--channel", "private-x", "--socket", "1.1", "--url", server.url(), "--json"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.json()["signature"].toString(), "unchecked");
}

void CliAuthorizeTest::anEndpointsAnswerIsShownBoundedAndHarmless()
{
    const AnsweringServer server{AnsweringServer::response(500, "\x1b[2J\n" + QByteArray(5'000, 'x'))};
    const auto outcome = authorize({"--channel", "private-x", "--socket", "1.1", "--url", server.url()});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains("\nanswer: \\x1b[2J\\x0axxx"), outcome.out.constData());
    QVERIFY(outcome.out.size() < 3'000);
}

void CliAuthorizeTest::nobodyThereIsToldWithWhatWasTried()
{
    const QStringList question{"--channel", "private-x", "--socket", "1.1", "--url"};
    const auto nobody = authorize(question + QStringList{"http://u:zqx-marker@127.0.0.1:1/auth?t=zqx-marker"});
    QCOMPARE(nobody.exitCode, 1);
    QVERIFY2(nobody.err.contains("tried http://127.0.0.1:1/auth\n"), nobody.err.constData());
    QVERIFY(nobody.out.contains("is the application running"));
    const AnsweringServer silent{{}};
    const auto closed = authorize(question + QStringList{silent.url(), "--json"});
    QCOMPARE(closed.exitCode, 1);
    QCOMPARE(closed.json()["failure"].toString(), "unreachable");
    const AnsweringServer plain{AnsweringServer::response(200, "{}")};
    const auto tls = authorize(question + QStringList{plain.url().replace("http:", "https:"), "--json"});
    QCOMPARE(tls.json()["failure"].toString(), "tls");
}

void CliAuthorizeTest::secretsOfTheRequestAreNotEchoed()
{
    // A page for debugging shows what came in.
    const AnsweringServer server{AnsweringServer::response(
        500, R"({"headers": ["Bearer zqx-marker-token", "SESSID=zqx-marker-cookie"], "secret": "zqx-marker-secret"})")};
    for (const QStringList& form : {QStringList{}, QStringList{"--json"}}) {
        const auto outcome =
            authorize(QStringList{"--channel", "private-x", "--socket", "1.1", "--url", server.url(), "--header",
                                  "Authorization: Bearer zqx-marker-token", "--header",
                                  "Cookie: a=b; SESSID=zqx-marker-cookie", "--app", "1:k:zqx-marker-secret"} +
                      form);
        QCOMPARE(outcome.exitCode, 1); // The runner looks for the marker.
        QVERIFY2(outcome.out.contains("••••"), outcome.out.constData());
    }
}

QTEST_GUILESS_MAIN(CliAuthorizeTest)
#include "cli_authorize_test.moc"
