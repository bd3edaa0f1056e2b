#include "core/engine/log_feed.h"

#include "core/base/json.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::engine;
using namespace std::chrono_literals;

class LogFeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreKeptOnlyWhileSomebodyAsks();
    void nobodyAsksNoClock();
    void eachRowIsToldOnceAndToItsApplication();
    void whatWasGivenUpIsCounted();
};

namespace {

Event made(const std::string& appId, const std::string& name)
{
    Event event;
    event.kind = EventKind::ApiMessage;
    event.appId = appId;
    event.event = name;
    event.payload = std::make_shared<const std::string>("{\"id\":18446744073709551615}");
    return event;
}

std::string member(const std::string& answer, const char* name)
{
    return std::string{json::Value::parse(answer)->find(name)->raw()};
}

} // namespace

void LogFeedTest::rowsAreKeptOnlyWhileSomebodyAsks()
{
    test::ManualClock clock;
    LogFeed feed{clock};
    QVERIFY(!feed.isWanted());
    feed.after("a", 0);
    QVERIFY(feed.isWanted());
    clock.advance(31s);
    QVERIFY(!feed.isWanted());
}

/// Each event of a server passes here, whether a window looks on or not.
void LogFeedTest::nobodyAsksNoClock()
{
    struct Counted : Clock {
        SteadyTime steady() const override
        {
            ++reads;
            return {};
        }
        WallTime wall() const override { return {}; }
        mutable int reads = 0;
    } clock;
    LogFeed feed{clock};
    QVERIFY(!feed.isWanted());
    QCOMPARE(clock.reads, 0);
    feed.after("a", 0);
    QVERIFY(feed.isWanted());
}

void LogFeedTest::eachRowIsToldOnceAndToItsApplication()
{
    test::ManualClock clock;
    LogFeed feed{clock};
    feed.put(made("a", "mine"));
    feed.put(made("b", "theirs"));
    const std::string answer = feed.after("a", 0);
    QVERIFY(answer.find("mine") != std::string::npos && answer.find("theirs") == std::string::npos);
    const auto row = json::Value::parse(answer)->find("rows")->elements().front();
    QCOMPARE(row.find("data")->text(), std::string{"{\"id\":18446744073709551615}"});
    QCOMPARE(member(answer, "last"), std::string{"2"});
    QCOMPARE(member(feed.after("a", 2), "rows"), std::string{"[]"});
}

void LogFeedTest::whatWasGivenUpIsCounted()
{
    test::ManualClock clock;
    LogFeed feed{clock};
    for (std::size_t i = 0; i < LogFeed::maxRows + 5; ++i)
        feed.put(made("a", "storm"));
    const std::string answer = feed.after("a", 2);
    QCOMPARE(member(answer, "dropped"), std::string{"3"});
    QCOMPARE(json::Value::parse(answer)->find("rows")->elements().size(), LogFeed::maxRows);
}

QTEST_GUILESS_MAIN(LogFeedTest)
#include "log_feed_test.moc"
