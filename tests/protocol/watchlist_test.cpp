#include "tests/support/engine_fixture.h"

#include <QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "Watchlists".
class WatchlistTest : public QObject {
    Q_OBJECT
private slots:
    void WL1_theStateOfTheWatchlistFollowsTheSignIn();
    void WL1_anEmptyGroupIsLeftOut();
    void WL1_withoutAWatchlistNothingFollows();
    void WL2_aUserIsOnlineWithTheFirstConnectionAndOfflineAfterTheLast();
    void WL2_aReturnWithinTheDelayIsNoTransition();
    void WL3_aTooLongWatchlistIsCutAndSaid();
    void WL4_presenceAloneIsNotOnline();
    void signingInAgainReplacesTheWatchlist();
    void anotherAppsUsersAreOthers();
};

namespace {

constexpr const char* watchlistEvents = "pusher_internal:watchlist_events";

std::string userData(const std::string& id, const std::vector<std::string>& watchlist = {})
{
    return nlohmann::json{{"id", id}, {"watchlist", watchlist}}.dump();
}

void signInAs(PusherClient& client, const std::string& id, const std::vector<std::string>& watchlist = {},
              std::source_location place = std::source_location::current())
{
    client.signIn(userData(id, watchlist));
    client.expectEvent("pusher:signin_success", {}, place);
}

/// {"events":[...]} of the next message, which must be a watchlist event.
nlohmann::json nextEvents(PusherClient& client, std::source_location place = std::source_location::current())
{
    return client.expectEvent(watchlistEvents, {}, place).payload();
}

nlohmann::json transition(const char* name, const char* user)
{
    return {{"events", {{{"name", name}, {"user_ids", {user}}}}}};
}

#define COMPARE_JSON(actual, expected) QCOMPARE((actual).dump(), (expected).dump())

} // namespace

void WatchlistTest::WL1_theStateOfTheWatchlistFollowsTheSignIn()
{
    EngineFixture server;
    PusherClient friendly = server.connect();
    signInAs(friendly, "u-7");
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", {"u-7", "u-9"});
    const Message message = watcher.expectEvent(watchlistEvents);
    QVERIFY(!message.json.contains("channel"));
    QCOMPARE(message.data(), std::string{R"({"events":[{"name":"online","user_ids":["u-7"]},)"
                                         R"({"name":"offline","user_ids":["u-9"]}]})"});
    watcher.expectSilence();
}

void WatchlistTest::WL1_anEmptyGroupIsLeftOut()
{
    EngineFixture server;
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", {"u-9"});
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-9"));
    PusherClient other = server.connect();
    signInAs(other, "u-7", {"u-42"});
    COMPARE_JSON(nextEvents(other), transition("online", "u-42"));
}

void WatchlistTest::WL1_withoutAWatchlistNothingFollows()
{
    EngineFixture server;
    PusherClient client = server.connect();
    client.signIn(R"({"id":"u-42"})");
    client.expectEvent("pusher:signin_success");
    client.expectSilence();
}

void WatchlistTest::WL2_aUserIsOnlineWithTheFirstConnectionAndOfflineAfterTheLast()
{
    EngineFixture server;
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", {"u-7"});
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-7"));

    PusherClient phone = server.connect();
    signInAs(phone, "u-7");
    COMPARE_JSON(nextEvents(watcher), transition("online", "u-7"));
    PusherClient laptop = server.connect();
    signInAs(laptop, "u-7");
    watcher.expectSilence();

    phone.close();
    laptop.reset();
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-7"));
    watcher.expectSilence();
}

void WatchlistTest::WL2_aReturnWithinTheDelayIsNoTransition()
{
    EngineFixture server;
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", {"u-7", "u-9"});
    nextEvents(watcher);
    PusherClient page = server.connect();
    signInAs(page, "u-7");
    COMPARE_JSON(nextEvents(watcher), transition("online", "u-7"));
    PusherClient other = server.connect();
    signInAs(other, "u-9");
    COMPARE_JSON(nextEvents(watcher), transition("online", "u-9"));

    page.close();
    PusherClient reloaded = server.connect();
    signInAs(reloaded, "u-7");
    // Leaves after the reload, so its delay ends after the one that must have been called off.
    other.close();
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-9"));
    watcher.expectSilence();
}

void WatchlistTest::WL3_aTooLongWatchlistIsCutAndSaid()
{
    std::vector<std::string> users;
    for (int i = 1; i <= 101; ++i)
        users.push_back("w-" + std::to_string(i));
    EngineFixture server;
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", users);
    nlohmann::json first;
    bool hasError = false;
    for (int i = 0; i < 2; ++i) {
        const Message message = watcher.expectMessage();
        if (message.event() == watchlistEvents)
            first = message.payload();
        else
            hasError = message.event() == "pusher:error" && message.payload()["code"] == 4302;
    }
    QVERIFY(hasError);
    const nlohmann::json watched(std::vector<std::string>(users.begin(), users.begin() + 100));
    COMPARE_JSON(first["events"][0]["user_ids"], watched);

    PusherClient last = server.connect();
    signInAs(last, "w-101");
    PusherClient hundredth = server.connect();
    signInAs(hundredth, "w-100");
    COMPARE_JSON(nextEvents(watcher), transition("online", "w-100"));

    PusherClient exact = server.connect();
    users.pop_back();
    signInAs(exact, "u-43", users);
    nextEvents(exact);
    exact.expectSilence();
}

void WatchlistTest::WL4_presenceAloneIsNotOnline()
{
    EngineFixture server;
    PusherClient member = server.connect();
    member.join("presence-x", memberData("u-7"));
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", {"u-7"});
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-7"));
    PusherClient second = server.connect();
    second.join("presence-x", memberData("u-7"));
    watcher.expectSilence();
}

void WatchlistTest::signingInAgainReplacesTheWatchlist()
{
    EngineFixture server;
    PusherClient watcher = server.connect();
    signInAs(watcher, "u-42", {"u-7"});
    nextEvents(watcher);
    signInAs(watcher, "u-42", {"u-9"});
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-9"));

    PusherClient former = server.connect();
    signInAs(former, "u-7");
    PusherClient current = server.connect();
    signInAs(current, "u-9");
    COMPARE_JSON(nextEvents(watcher), transition("online", "u-9"));
    watcher.expectSilence();
}

void WatchlistTest::anotherAppsUsersAreOthers()
{
    engine::EngineOptions options;
    options.apps = {makeApp("a"), makeApp("b")};
    EngineFixture server{options};
    PusherClient foreign = server.connect(1);
    signInAs(foreign, "u-7");
    PusherClient watcher = server.connect(0);
    signInAs(watcher, "u-42", {"u-7"});
    COMPARE_JSON(nextEvents(watcher), transition("offline", "u-7"));
}

QTEST_GUILESS_MAIN(WatchlistTest)
#include "watchlist_test.moc"
