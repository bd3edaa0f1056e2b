#include "core/auth/centrifugo_proxy.h"

#include "tests/support/authorization.h"
#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// A Centrifugo server asks a running server.
class CentrifugoProxyProtocolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void questionsAreAnsweredByTheRules_data();
    void questionsAreAnsweredByTheRules();
    void decisionsAreToldToTheOwner();
    void newRulesCountAtOnce();
};

namespace {

const std::string subscribe = "/centrifugo/subscribe";
const std::string denied = R"({"error":{"code":403,"message":"permission denied"}})";

std::string questionFor(const std::string& channel, const std::string& user)
{
    return R"({"client":"c","transport":"websocket","protocol":"json","encoding":"json","user":")" + user +
           R"(","channel":")" + channel + "\"}";
}

} // namespace

void CentrifugoProxyProtocolTest::questionsAreAnsweredByTheRules_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("answer");
    const std::string connect = "/centrifugo/connect";
    QTest::newRow("connect, known") << connect << std::string{"{}"} << std::string{"ada-token"}
                                    << std::string{R"({"result":{"user":"1"}})"};
    QTest::newRow("connect, anonymous") << connect << std::string{"{}"} << std::string{}
                                        << std::string{R"({"result":{"user":""}})"};
    QTest::newRow("subscribe, its user") << subscribe << questionFor("order.1", "1") << std::string{}
                                         << std::string{R"({"result":{}})"};
    QTest::newRow("subscribe, another user") << subscribe << questionFor("order.1", "2") << std::string{} << denied;
    QTest::newRow("no JSON") << subscribe << std::string{"?"} << std::string{}
                             << std::string{R"({"error":{"code":400,"message":"bad request"}})"};
}

void CentrifugoProxyProtocolTest::questionsAreAnsweredByTheRules()
{
    QFETCH(std::string, path);
    QFETCH(std::string, body);
    QFETCH(std::string, token);
    EngineFixture server{scenarioOptions(scenarioRules)};
    const http::Headers headers = token.empty() ? http::Headers{} : http::Headers{{"Authorization", "Bearer " + token}};
    const HttpReply reply = request(server.port(), "POST", path, body, headers);
    QCOMPARE(reply.status, 200);
    QTEST(reply.body, "answer");
}

void CentrifugoProxyProtocolTest::decisionsAreToldToTheOwner()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    request(server.port(), "POST", subscribe, questionFor("order.1", "2"));
    const auto decisions = server.engine().takeDecisions();
    QCOMPARE(decisions.items.size(), std::size_t{1});
    QCOMPARE(decisions.items[0].channel, std::string{"order.1"});
    QCOMPARE(decisions.items[0].path, subscribe);
    QCOMPARE(decisions.items[0].actorId, std::string{"2"});
    QVERIFY(!decisions.items[0].isAllowed);
}

void CentrifugoProxyProtocolTest::newRulesCountAtOnce()
{
    EngineFixture server{scenarioOptions(scenarioRules)};
    QCOMPARE(request(server.port(), "POST", subscribe, questionFor("news", "")).body, std::string{R"({"result":{}})"});
    server.engine().setAuthorization(authorizationWith(R"("policy":"strict")"), {});
    QTRY_COMPARE(request(server.port(), "POST", subscribe, questionFor("news", "")).body, denied);
}

QTEST_GUILESS_MAIN(CentrifugoProxyProtocolTest)
#include "centrifugo_proxy_test.moc"
