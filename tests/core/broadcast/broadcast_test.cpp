#include "core/broadcast/broadcast.h"

#include "tests/core/broadcast/driver_fixture.h"
#include "tests/core/broadcast/recording_driver.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::Record;
using test::RecordingDriver;
using test::words;

namespace {

struct UserAdded {
    Channels broadcastOn() const { return {Channel("a"), PrivateChannel("b"), PresenceChannel("c")}; }
};

} // namespace

/// The static entry point: everything it does, the manager behind it does.
class BroadcastTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void withoutAManagerEveryCallIsAClearError();
    void everyFormReachesTheManager();
    void namesAreHonoured();
    void aNamedConnectionIsTheManagersInstance();
    void driversAreRegisteredThroughIt();
    void managersMayBeSwappedWhileOthersSend();

private:
    std::shared_ptr<Record> m_record;
};

void BroadcastTest::init()
{
    m_record = std::make_shared<Record>();
    ConnectionsConfig config;
    config.environmentDefault = "eu";
    config.connections = {{"eu", {{"driver", R"("record")"}, {"tag", R"("eu")"}}},
                          {"us", {{"driver", R"("record")"}, {"tag", R"("us")"}}}};
    Broadcast::install(std::make_shared<Manager>(config));
    QVERIFY(Broadcast::extend("record", RecordingDriver::factory(m_record)));
}

void BroadcastTest::cleanup()
{
    Broadcast::install(nullptr);
}

void BroadcastTest::withoutAManagerEveryCallIsAClearError()
{
    Broadcast::install(nullptr);
    const std::string expected = "a on : failed, no_default: no broadcast manager is installed\n";
    QCOMPARE(words(Broadcast::channel("a", "e").get()), expected);
    QCOMPARE(words(Broadcast::publish("a", "m").get()), expected);
    QCOMPARE(words(Broadcast::on("a").send().get()), expected);
    QCOMPARE(
        words(
            Broadcast::batch({{.event = "e", .payload = {}, .channels = "a", .connections = {}, .options = {}}}).get()),
        expected);
    QCOMPARE(Broadcast::channel(UserAdded()).get().entries.size(), std::size_t{3});
    QVERIFY(Broadcast::connection("eu").find().failure.code == Code::NoDefault);
    QVERIFY(!Broadcast::extend("x", RecordingDriver::factory(m_record)));
}

void BroadcastTest::everyFormReachesTheManager()
{
    const CallOptions known = CallOptions{}.as({"1"});
    Broadcast::channel("channel_name", "event_name", {{"key", "value"}});
    Broadcast::channel({"channel1", "channel2"}, "event_name", {{"key", "value"}}, "us");
    Broadcast::channel(UserAdded(), known);
    Broadcast::channel({"x", "y"}, UserAdded(), "us");
    Broadcast::on({"x"}).as("n").send();
    Broadcast::privateChannel("p").by({"1"}).send();
    Broadcast::presence("p").by({"1"}).send();
    Broadcast::encrypted("p").by({"1"}).send();
    Broadcast::publish({"t1", "t2"}, "m");
    std::vector<std::string> seen;
    for (const Record::Call& call : m_record->calls()) {
        std::string line = call.options + " " + call.event.name;
        for (const std::string& channel : call.event.channels)
            line += " " + channel;
        seen.push_back(line);
    }
    QCOMPARE(seen, (std::vector<std::string>{"eu event_name channel_name", "us event_name channel1 channel2",
                                             "eu UserAdded a private-b presence-c", "us UserAdded x y", "eu n x",
                                             "eu AnonymousEvent private-p", "eu AnonymousEvent presence-p",
                                             "eu AnonymousEvent private-encrypted-p", "eu  t1 t2"}));
}

void BroadcastTest::namesAreHonoured()
{
    Broadcast::connection("us").publish("t", "m");
    Broadcast::driver("us").channel("a", "e");
    Broadcast::driver("us").on("a").send();
    Broadcast::connection().channel("a", "e");
    Broadcast::connection("us").channel("a", "e", "{}", "eu");
    std::string tags;
    for (const Record::Call& call : m_record->calls())
        tags += call.options + " ";
    QCOMPARE(tags, std::string{"us us us eu eu "});
    const Report report = Broadcast::connection("nowhere").publish("t", "m").get();
    QCOMPARE(words(report),
             std::string{"t on nowhere: failed, unknown_connection: connection \"nowhere\" is not defined\n"});
}

void BroadcastTest::aNamedConnectionIsTheManagersInstance()
{
    const auto instance = Broadcast::manager()->connection("eu").connection;
    QVERIFY(instance);
    QCOMPARE(Broadcast::connection("eu").find().connection, instance);
    QCOMPARE(Broadcast::driver("eu").find().connection, instance);
    QCOMPARE(Broadcast::connection().find().connection, instance);
}

void BroadcastTest::driversAreRegisteredThroughIt()
{
    const auto other = std::make_shared<Record>();
    QVERIFY(Broadcast::extend("record", RecordingDriver::factory(other)));
    Broadcast::channel("a", "e");
    QCOMPARE(other->calls().size(), std::size_t{1});
}

void BroadcastTest::managersMayBeSwappedWhileOthersSend()
{
    std::atomic<bool> isDone = false;
    std::atomic<int> answers = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 300; ++n)
                Broadcast::channel({"a", "b"}, "e").then([&](const Report& report) {
                    answers += report.entries.size() == 2 ? 1 : 0;
                });
        });
    std::thread swapper{[&] {
        while (!isDone)
            Broadcast::install(std::make_shared<Manager>());
    }};
    for (std::thread& thread : threads)
        thread.join();
    isDone = true;
    swapper.join();
    QCOMPARE(answers.load(), 600);
}

QTEST_APPLESS_MAIN(BroadcastTest)
#include "broadcast_test.moc"
