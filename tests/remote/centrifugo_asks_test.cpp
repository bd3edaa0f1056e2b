#include "tests/remote/centrifugo_server.h"

#include "core/remote/centrifugo_token.h"
#include "core/remote/centrifugo_watcher.h"
#include "tests/support/authorization.h"
#include "tests/support/engine_fixture.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

using namespace castdeck;
using castdeck::test::CentrifugoServer;
using remote::CentrifugoWatcher;

namespace {

const std::string rules =
    R"("policy":"closed",
       "topics":[{"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"}},
                 {"pattern":"room:{name}","when":{"value":"actor","is":"exists"},"member":{"name":"{actor.name}"}}])";

} // namespace

/// A real Centrifugo, where there is one, asks the embedded server who may come in.
class CentrifugoAsksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void channelsAreDecidedByTheRules_data();
    void channelsAreDecidedByTheRules();
    void anUnknownClientIsSentAwayForGood();
    void membersAreShownAsTheRuleSays();
    void everyQuestionIsADecisionOfTheEngine();

private:
    /// Of this user; without one it has no token.
    std::unique_ptr<CentrifugoWatcher> client(const std::string& user = {}) const;

    std::optional<test::EngineFixture> m_engine;
    std::optional<CentrifugoServer> m_centrifugo;
};

void CentrifugoAsksTest::initTestCase()
{
    if (CentrifugoServer::program().isEmpty())
        QSKIP("no Centrifugo: CASTDECK_CENTRIFUGO names none, and none is in the PATH");
    m_engine.emplace(test::scenarioOptions(rules));
    m_centrifugo.emplace(QStringLiteral("http://127.0.0.1:%1").arg(m_engine->port()));
    QVERIFY(m_centrifugo->isRunning());
}

void CentrifugoAsksTest::cleanupTestCase()
{
    m_centrifugo.reset();
    m_engine.reset();
}

std::unique_ptr<CentrifugoWatcher> CentrifugoAsksTest::client(const std::string& user) const
{
    remote::CentrifugoWatcherOptions options{.url = CentrifugoWatcher::socketUrl(m_centrifugo->url())};
    if (!user.empty())
        options.token = [user] { return remote::centrifugo::makeToken(CentrifugoServer::tokenSecret, {.user = user}); };
    return std::make_unique<CentrifugoWatcher>(std::move(options));
}

void CentrifugoAsksTest::channelsAreDecidedByTheRules_data()
{
    QTest::addColumn<std::string>("user");
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char* name, const char* user, const char* channel, bool isAllowed) {
        QTest::newRow(name) << std::string{user} << std::string{channel} << isAllowed;
    };
    row("one's own order", "1", "order.1", true);
    row("another's order", "1", "order.2", false);
    row("a user nobody knows", "77", "order.77", false);
    row("public", "2", "news", true);
    row("closed by the policy", "1", "private-x", false);
    row("a presence name", "2", "presence-x", false);
}

void CentrifugoAsksTest::channelsAreDecidedByTheRules()
{
    QFETCH(std::string, user);
    QFETCH(std::string, channel);
    QFETCH(bool, isAllowed);
    const auto asker = client(user);
    QSignalSpy refused{asker.get(), &CentrifugoWatcher::subscriptionFailed};
    asker->subscribe(channel);
    asker->connectToServer();
    QTRY_VERIFY(asker->isSubscribed(channel) || !refused.isEmpty());
    QCOMPARE(asker->isSubscribed(channel), isAllowed);
    if (!isAllowed)
        QCOMPARE(refused.first().sliced(1), (QVariantList{403, QStringLiteral("permission denied")}));
}

void CentrifugoAsksTest::anUnknownClientIsSentAwayForGood()
{
    const auto nobody = client();
    QSignalSpy lost{nobody.get(), &CentrifugoWatcher::connectionLost};
    nobody->connectToServer();
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{4500, QStringLiteral("unauthorized"), false}));
}

void CentrifugoAsksTest::membersAreShownAsTheRuleSays()
{
    const auto ada = client("1");
    std::vector<std::string> seen;
    connect(ada.get(), &CentrifugoWatcher::joined, this,
            [&](const QString&, const auto& who) { seen.push_back(who.user + " " + who.channelInfo); });
    ada->subscribe("room:tea");
    ada->connectToServer();
    QTRY_COMPARE(seen.size(), std::size_t{1});
    const auto bob = client("2");
    bob->subscribe("room:tea");
    bob->connectToServer();
    const std::vector<std::string> expected{R"(1 {"name":"Ada"})", R"(2 {"name":"Bob"})"};
    QTRY_COMPARE(seen, expected);
}

void CentrifugoAsksTest::everyQuestionIsADecisionOfTheEngine()
{
    m_engine->engine().takeDecisions();
    const auto ada = client("1");
    ada->subscribe("order.1");
    ada->connectToServer();
    QTRY_VERIFY(ada->isSubscribed("order.1"));
    const auto decisions = m_engine->engine().takeDecisions();
    QCOMPARE(decisions.items.size(), std::size_t{1});
    QCOMPARE(decisions.items[0].channel, std::string{"order.1"});
    QCOMPARE(decisions.items[0].path, std::string{"/centrifugo/subscribe"});
    QVERIFY(decisions.items[0].isAllowed);
}

QTEST_GUILESS_MAIN(CentrifugoAsksTest)
#include "centrifugo_asks_test.moc"
