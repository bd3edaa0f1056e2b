#include "core/rest/queries.h"

#include "tests/support/hub_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;
using pusher::ChannelKind;
using rest::WantedInfo;

class QueriesTest : public QObject {
    Q_OBJECT
private slots:
    void RS8_onlyAttributesThatApplyAreWritten_data();
    void RS8_onlyAttributesThatApplyAreWritten();
    void RS8_theChannelOfAUserHasNoCounts();
    void RS10_theChannelsAreAnObject();
    void RS10_userChannelsAreNotListed();
    void RS13_theTimeToLiveRunsDown();
    void RS13_theDataIsTheStringThatWasPublished();
    void RS14_userIdsAreEscaped();
    void strictNamesAreJudgedByTheApplicationsLimit();
};

namespace {

constexpr WantedInfo both{.userCount = true, .subscriptionCount = true};

} // namespace

void QueriesTest::RS8_onlyAttributesThatApplyAreWritten_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("hasUsers");
    const auto row = [](const char* tag, ChannelKind kind, bool hasUsers) {
        QTest::newRow(tag) << static_cast<int>(kind) << hasUsers;
    };
    row("public", ChannelKind::Public, false);
    row("public cache", ChannelKind::PublicCache, false);
    row("private", ChannelKind::Private, false);
    row("private cache", ChannelKind::PrivateCache, false);
    row("encrypted", ChannelKind::Encrypted, false);
    row("encrypted cache", ChannelKind::EncryptedCache, false);
    row("presence", ChannelKind::Presence, true);
    row("presence cache", ChannelKind::PresenceCache, true);
}

void QueriesTest::RS8_onlyAttributesThatApplyAreWritten()
{
    QFETCH(int, kind);
    QFETCH(bool, hasUsers);
    const hub::ChannelCounts counts{"x", static_cast<ChannelKind>(kind), 5, 2, 0};
    QCOMPARE(rest::countsObject(counts, both),
             std::string{hasUsers ? R"({"user_count":2,"subscription_count":5})" : R"({"subscription_count":5})"});
    QCOMPARE(rest::countsObject(counts, {.userCount = true}), std::string{hasUsers ? R"({"user_count":2})" : "{}"});
    QCOMPARE(rest::countsObject(counts, {}), std::string{"{}"});
}

void QueriesTest::RS8_theChannelOfAUserHasNoCounts()
{
    const hub::ChannelCounts counts{"#server-to-user-u", ChannelKind::ServerToUser, 5, 0, 0};
    QCOMPARE(rest::countsObject(counts, both), std::string{"{}"});
    HubFixture fixture;
    QCOMPARE(rest::describeChannel(fixture.application(), counts.channel, {}).status, 200);
    QCOMPARE(rest::describeChannel(fixture.application(), counts.channel, {{"info", "subscription_count"}}).status,
             400);
}

void QueriesTest::RS10_theChannelsAreAnObject()
{
    QCOMPARE(rest::channelsObject({}, both), std::string{R"({"channels":{}})"});
    const std::vector<hub::ChannelCounts> channels{{"a", ChannelKind::Public, 1, 0, 0},
                                                   {"presence-b", ChannelKind::Presence, 3, 2, 0}};
    QCOMPARE(rest::channelsObject(channels, {}), std::string{R"({"channels":{"a":{},"presence-b":{}}})"});
    QCOMPARE(rest::channelsObject(channels, {.userCount = true}),
             std::string{R"({"channels":{"a":{},"presence-b":{"user_count":2}}})"});
}

void QueriesTest::RS10_userChannelsAreNotListed()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    client->receive(R"({"event":"pusher:signin","data":{"auth":")" +
                    userAuth(makeApp(), client->socketId(), R"({"id":"u"})") + R"(","user_data":"{\"id\":\"u\"}"}})");
    client->subscribe("#server-to-user-u");
    client->subscribe("news");
    fixture.settle();
    QCOMPARE(fixture.application().channels().size(), std::size_t{2});
    QCOMPARE(rest::listChannels(fixture.application(), {}).body, std::string{R"({"channels":{"news":{}}})"});
}

void QueriesTest::RS13_theTimeToLiveRunsDown()
{
    HubFixture fixture;
    const auto cache = [&] {
        return rest::describeChannel(fixture.application(), "cache-x", {{"info", "cache"}}).body;
    };
    QCOMPARE(cache(), std::string{R"({"occupied":false,"cache":null})"});
    fixture.publish("cache-x", "e", "1");
    QCOMPARE(cache(), std::string{R"({"occupied":false,"cache":{"data":"1","ttl":1800}})"});
    fixture.clock().advance(1'799s);
    QCOMPARE(cache(), std::string{R"({"occupied":false,"cache":{"data":"1","ttl":1}})"});
    fixture.clock().advance(1s);
    QCOMPARE(cache(), std::string{R"({"occupied":false,"cache":null})"});
}

void QueriesTest::RS13_theDataIsTheStringThatWasPublished()
{
    HubFixture fixture;
    const auto name = pusher::ChannelName::parse("cache-x");
    (void)fixture.application().publish({"e", {*name}, R"("\u00e9{\"n\":1}")", {}});
    QCOMPARE(rest::describeChannel(fixture.application(), "cache-x", {{"info", "cache"}}).body,
             std::string{R"({"occupied":false,"cache":{"data":"\u00e9{\"n\":1}","ttl":1800}})"});
}

void QueriesTest::RS14_userIdsAreEscaped()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    client->subscribe("presence-x", R"({"user_id":"a \"b\""})");
    fixture.settle();
    QCOMPARE(rest::listUsers(fixture.application(), "presence-x").body, std::string{R"({"users":[{"id":"a \"b\""}]})"});
}

void QueriesTest::strictNamesAreJudgedByTheApplicationsLimit()
{
    hub::AppConfig app = makeApp();
    app.limits.maxChannelNameCharacters = pusher::ChannelName::hostedMaxCharacters;
    HubFixture fixture{app};
    QCOMPARE(rest::describeChannel(fixture.application(), std::string(164, 'x'), {}).status, 200);
    QCOMPARE(rest::describeChannel(fixture.application(), std::string(165, 'x'), {}).status, 400);
    QCOMPARE(rest::listUsers(fixture.application(), "presence-" + std::string(156, 'x')).status, 400);
}

QTEST_APPLESS_MAIN(QueriesTest)
#include "queries_test.moc"
