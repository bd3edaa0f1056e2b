#include "core/engine/broadcast.h"

#include <QTest>

using namespace castdeck;

class BroadcastTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { Broadcast::installServer(nullptr); }
    void rulesNeedAServer();
    void aRuleIsInForceForTheNextQuestion();
    void aFunctionCanDecide();
    void theSamePatternReplacesTheRule();
    void rulesStayWhenTheConfigurationIsReplaced();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void routesStartWithThePrimaryPath();
};

namespace {

/// What the server of the fixture answers somebody anonymous.
bool mayJoin(engine::Engine& server, const std::string& channel)
{
    server.authorize({.appId = {}, .channel = channel, .socketId = "1.2", .actorId = {}, .headers = {}});
    std::vector<engine::AuthorizationVerdict> verdicts;
    (void)QTest::qWaitFor([&] { return !(verdicts = server.takeVerdicts()).empty(); });
    return !verdicts.empty() && verdicts.front().decision.isAllowed;
}

engine::EngineOptions options()
{
    hub::AppConfig app;
    app.id = "demo";
    app.key = "key";
    app.secret = "secret";
    engine::EngineOptions options;
    options.port = 0;
    options.apps = {app};
    return options;
}

} // namespace

void BroadcastTest::rulesNeedAServer()
{
    const auto added = Broadcast::rule("private-a", "true");
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::Unavailable);
}

void BroadcastTest::aRuleIsInForceForTheNextQuestion()
{
    engine::Engine server{options(), {}};
    Broadcast::installServer(&server);
    QVERIFY(mayJoin(server, "private-a"));
    QVERIFY(Broadcast::rule("private-{id}", R"({"value": "actor.id", "is": "equals", "to": "{id}"})"));
    QVERIFY(!mayJoin(server, "private-a"));
}

void BroadcastTest::aFunctionCanDecide()
{
    engine::Engine server{options(), {}};
    Broadcast::installServer(&server);
    QVERIFY(
        Broadcast::rule("private-{name}",
                        [](const auth::AuthorizationRequest&, const auth::Parameters& parameters,
                           const auth::Actor*) -> auth::RuleAnswer { return parameters.front().second == "open"; }));
    QVERIFY(mayJoin(server, "private-open"));
    QVERIFY(!mayJoin(server, "private-shut"));
}

void BroadcastTest::theSamePatternReplacesTheRule()
{
    engine::Engine server{options(), {}};
    Broadcast::installServer(&server);
    QVERIFY(Broadcast::rule("private-a", "false"));
    QVERIFY(Broadcast::rule("private-*", "true"));
    QVERIFY(!mayJoin(server, "private-a"));
    QVERIFY(Broadcast::rule("private-a", "true"));
    QVERIFY(mayJoin(server, "private-a"));
}

void BroadcastTest::rulesStayWhenTheConfigurationIsReplaced()
{
    engine::Engine server{options(), {}};
    Broadcast::installServer(&server);
    QVERIFY(Broadcast::rule("private-a", "false"));
    server.setAuthorization({}, {});
    QVERIFY(!mayJoin(server, "private-a"));
}

void BroadcastTest::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("pattern") << QByteArray{"{x}.{x}"} << QByteArray{"true"} << QByteArray{"position"};
    QTest::newRow("no JSON") << QByteArray{"a"} << QByteArray{"{"} << QByteArray{"not JSON"};
    QTest::newRow("no condition") << QByteArray{"a"} << QByteArray{"7"} << QByteArray{"must be"};
    QTest::newRow("no such parameter") << QByteArray{"a.{id}"}
                                       << QByteArray{"{\"value\":\"actor.id\",\"is\":\"equals\",\"to\":\"{uuid}\"}"}
                                       << QByteArray{"uuid"};
}

void BroadcastTest::mistakesAreNamed()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, condition);
    QFETCH(QByteArray, says);
    engine::Engine server{options(), {}};
    Broadcast::installServer(&server);
    const auto added = Broadcast::rule(pattern.toStdString(), std::string_view{condition.constData()});
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(added.error().detail.find(says.toStdString()) != std::string::npos, added.error().detail.c_str());
}

void BroadcastTest::routesStartWithThePrimaryPath()
{
    const auto usual = Broadcast::routes();
    QCOMPARE(usual.size(), std::size_t{6});
    QCOMPARE(usual.front().path, std::string{"/broadcasting/authorize"});
    QCOMPARE(usual[1].path, std::string{"/pusher/auth"});
    QCOMPARE(Broadcast::routes("/mine").front().path, std::string{"/mine"});
}

QTEST_GUILESS_MAIN(BroadcastTest)
#include "broadcast_test.moc"
