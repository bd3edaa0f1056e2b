#include "core/broadcast/manager.h"

#include "tests/core/broadcast/recording_driver.h"
#include "tests/support/manual_clock.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <sstream>
#include <thread>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::Record;
using test::RecordingDriver;

namespace {

struct UserAdded {
    Channels broadcastOn() const { return {Channel("a"), PrivateChannel("b"), PresenceChannel("c")}; }
};

struct Suppressed : UserAdded {
    bool broadcastWhen() const { return false; }
};

struct Everywhere {
    Channels broadcastOn() const { return {"a"}; }
    std::vector<std::string> broadcastConnections() const { return {"us", "eu", "nowhere"}; }
};

struct Nowhere {
    std::vector<Channel> broadcastOn() const { return {}; }
};

struct Order {
    std::string uuid;
    std::string toString() const { return "order." + uuid; }
};
struct Streamed {
    friend std::ostream& operator<<(std::ostream& out, const Streamed&) { return out << "order.streamed"; }
};
struct Invoice {
    friend std::string to_string(const Invoice&) { return "order.found"; }
};

template <class... Messages>
concept IsPublishable = requires(Manager manager, Messages... messages) { manager.publish("topic", messages...); };
static_assert(IsPublishable<std::string> && IsPublishable<std::vector<std::string>> && IsPublishable<const char*>);
// What is not text is refused when the program is compiled.
static_assert(!IsPublishable<int> && !IsPublishable<Json> && !IsPublishable<std::vector<int>> && !IsPublishable<Order>);
static_assert(std::convertible_to<Order, Topics> && !std::convertible_to<int, Topics>);

std::string words(const Report& report)
{
    std::string text;
    for (const Entry& entry : report.entries)
        text += describe(entry) + "\n";
    return text;
}

ConnectionsConfig twoConnections()
{
    ConnectionsConfig config;
    config.defaultJson = R"("eu")";
    config.connections = {{"eu", {{"driver", R"("record")"}, {"tag", R"("eu")"}}},
                          {"us", {{"driver", R"("record")"}, {"tag", R"("us")"}}}};
    return config;
}

/// Implements what it must and nothing else.
class PublishOnly : public Driver {
public:
    Capabilities capabilities() const override { return {}; }
    void publish(const std::vector<std::string>&, const std::string& message, Done<Delivery> done) override
    {
        if (message == "throw")
            throw std::runtime_error{"MARKER is no good"};
        if (message == "forget")
            return;
        Delivery delivery;
        if (message == "fail") {
            delivery.entries.push_back(
                Entry::failed("t", {Code::Rejected, "line one\nMARKER " + std::string(1'000, 'x')}, 400));
            delivery.exchanges.push_back({.connection = {}, .request = "a MARKER b", .answer = "MARKER"});
        }
        done(delivery);
        done(delivery);
    }
};

} // namespace

/// How events and messages go out, and what the report says.
class SendingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyFormSends();
    void theConnectionOfTheCallIsHonoured();
    void privateValuesNeedAnActor();
    void rawNamesAreNeverChecked();
    void theActorComesFromTheCallThenTheScopeThenTheOperator();
    void theCheckCanBeTurnedOff();
    void suppressedEventsAreReportedPerChannel();
    void anEventClassNamesItsConnections();
    void noChannelsIsNoError();
    void everyMessageGoesToEveryTopic();
    void topicsRenderThemselves();
    void emptyListsSendNothing();
    void payloadsThatAreNoJsonAreRefused();
    void fluentCallsCarryEverything();
    void batchesKeepTheirEntriesInOrder();
    void theNextSendWaitsForTheLast();
    void twoThreadsKeepTheirOrder();
    void manySendsThatFinishAtOnceDoNotPileUp();
    void tooManyWaitingSendsAreRefused();
    void reportsArriveWhereTheyAreWanted();
    void whatIsUnderWayIsReportedWhenTheManagerEnds();
    void waitIdleWaits();
    void driversMayMisbehave_data();
    void driversMayMisbehave();
    void whatADriverCannotDoItSays();
    void retriesAreOnlyMadeWhereAsked();
    void reportsSpeakInWords();
    void timesAreMeasured();

private:
    std::shared_ptr<Record> m_record;
    std::unique_ptr<Manager> m_manager;
};

void SendingTest::init()
{
    m_record = std::make_shared<Record>();
    m_manager = std::make_unique<Manager>(twoConnections());
    m_manager->extend("record", RecordingDriver::factory(m_record));
}

void SendingTest::cleanup()
{
    m_manager.reset();
    m_record->forget(); // What is held refers to the driver, and the driver to the record.
}

void SendingTest::everyFormSends()
{
    m_manager->channel("channel_name", "event_name", {{"key", "value"}});
    m_manager->channel({"channel1", "channel2"}, "event_name", {{"key", "value"}});
    m_manager->channel(UserAdded(), CallOptions{}.as({"1"}));
    m_manager->channel({"x", "y"}, UserAdded());
    m_manager->channel(PrivateChannel("z"), UserAdded(), CallOptions{"eu"}.as({"1"}));
    const auto calls = m_record->calls();
    QCOMPARE(calls.size(), std::size_t{5});
    QCOMPARE(calls[0].event.name, std::string{"event_name"});
    QCOMPARE(calls[0].event.data, std::string{R"({"key":"value"})"});
    QCOMPARE(calls[1].event.channels, (std::vector<std::string>{"channel1", "channel2"}));
    QCOMPARE(calls[2].event.channels, (std::vector<std::string>{"a", "private-b", "presence-c"}));
    QCOMPARE(calls[3].event.channels, (std::vector<std::string>{"x", "y"}));
    QCOMPARE(calls[3].event.name, std::string{"UserAdded"});
    QCOMPARE(calls[4].event.channels, (std::vector<std::string>{"private-z"}));
}

void SendingTest::theConnectionOfTheCallIsHonoured()
{
    const Report report = m_manager->channel("a", "e", "{}", "us").get();
    QCOMPARE(m_record->calls()[0].options, std::string{"us"});
    QCOMPARE(report.entries[0].connection, std::string{"us"});
    const Report unknown = m_manager->channel({"a", "b"}, "e", "{}", "nowhere").get();
    QCOMPARE(words(unknown),
             std::string{"a on nowhere: failed, unknown_connection: connection \"nowhere\" is not defined\n"
                         "b on nowhere: failed, unknown_connection: connection \"nowhere\" is not defined\n"});
    QVERIFY(unknown.code() == Code::UnknownConnection);
}

void SendingTest::privateValuesNeedAnActor()
{
    const Report report = m_manager->channel(UserAdded()).get();
    QCOMPARE(words(report), std::string{"a on eu: sent\n"
                                        "private-b on eu: skipped, no actor\n"
                                        "presence-c on eu: skipped, no actor\n"});
    QVERIFY(report.isSuccess());
    QVERIFY(report.code() == Code::None);
    QCOMPARE(m_record->calls()[0].event.channels, std::vector<std::string>{"a"});
    const Report known = m_manager->channel(UserAdded(), CallOptions{}.as({"1"})).get();
    QVERIFY(std::ranges::all_of(known.entries, [](const Entry& entry) { return entry.status == Status::Sent; }));
    // Skipped ones before the sent one: each entry stays at its place.
    const Report mixed = m_manager->channel({PrivateChannel("b"), Channel("a"), PresenceChannel("c"), "d"}, "e").get();
    QCOMPARE(mixed.entries[1].channel, std::string{"a"});
    QVERIFY(mixed.entries[1].status == Status::Sent);
    QVERIFY(mixed.entries[2].status == Status::Skipped);
    QCOMPARE(mixed.entries[3].channel, std::string{"d"});
}

void SendingTest::rawNamesAreNeverChecked()
{
    const Report report =
        m_manager->channel({Channel("private-admins"), "presence-chat"}, "AdminUserAlert", "{}").get();
    QVERIFY(report.entries[0].status == Status::Sent);
    QVERIFY(report.entries[1].status == Status::Sent);
}

void SendingTest::theActorComesFromTheCallThenTheScopeThenTheOperator()
{
    const auto isSent = [this](const CallOptions& options = {}) {
        return m_manager->channel(PrivateChannel("x"), "e", "{}", options).get().entries[0].status == Status::Sent;
    };
    QVERIFY(!isSent());
    m_manager->setOperator({"operator"});
    QVERIFY(isSent());
    QVERIFY(!isSent(CallOptions{}.as(Actor::nobody())));
    {
        const ActorScope anonymous{Actor::nobody()};
        QVERIFY(!isSent());
        QVERIFY(isSent(CallOptions{}.as({"7"})));
        const ActorScope known{{"7"}};
        QVERIFY(isSent());
    }
    QVERIFY(isSent());
}

void SendingTest::theCheckCanBeTurnedOff()
{
    ConnectionsConfig config = twoConnections();
    config.requiresActor = false;
    m_manager->configure(config);
    QVERIFY(m_manager->channel(PrivateChannel("x"), "e").get().entries[0].status == Status::Sent);
}

void SendingTest::suppressedEventsAreReportedPerChannel()
{
    const Report report = m_manager->channel(Suppressed()).get();
    QCOMPARE(report.entries.size(), std::size_t{3});
    QVERIFY(report.entries[1].status == Status::Suppressed);
    QVERIFY(report.isSuccess());
    QVERIFY(m_record->calls().empty());
}

void SendingTest::anEventClassNamesItsConnections()
{
    const Report report = m_manager->channel(Everywhere()).get();
    QCOMPARE(words(report),
             std::string{"a on us: sent\na on eu: sent\n"
                         "a on nowhere: failed, unknown_connection: connection \"nowhere\" is not defined\n"});
    QVERIFY(report.code() == Code::Partial);
    m_manager->channel(Everywhere(), "eu");
    QCOMPARE(m_record->calls().size(), std::size_t{3});
}

void SendingTest::noChannelsIsNoError()
{
    const Report report = m_manager->channel(Nowhere()).get();
    QVERIFY(report.entries.empty());
    QVERIFY(report.isSuccess());
    QCOMPARE(report.note, std::string{"no channels"});
    QVERIFY(m_record->calls().empty());
}

void SendingTest::everyMessageGoesToEveryTopic()
{
    const Report report = m_manager->publish({"topic1", "topic2"}, {"message1", "message2"}).get();
    QCOMPARE(report.entries.size(), std::size_t{4});
    QCOMPARE(report.entries[1].channel, std::string{"topic2"});
    QCOMPARE(report.entries[1].message, std::size_t{1});
    QCOMPARE(report.entries[2].message, std::size_t{2});
    QCOMPARE(report.payloadBytes, std::size_t{16});
    const auto calls = m_record->calls();
    QCOMPARE(calls.size(), std::size_t{2});
    QCOMPARE(calls[0].event.data, std::string{"message1"});
    QCOMPARE(calls[1].event.channels, (std::vector<std::string>{"topic1", "topic2"}));
    const Report unknown = m_manager->publish("t", "m", "nowhere").get();
    QVERIFY(unknown.entries.at(0).code == Code::UnknownConnection);
}

void SendingTest::topicsRenderThemselves()
{
    m_manager->publish({Order{"7"}, Streamed{}, Invoice{}, "plain", Order{"7"}}, "m");
    m_manager->publish(Order{"8"}, "m");
    m_manager->publish(std::vector<Order>{{"1"}, {"2"}}, std::vector<std::string>{"m"});
    const auto calls = m_record->calls();
    QCOMPARE(calls[0].event.channels, (std::vector<std::string>{"order.7", "order.streamed", "order.found", "plain"}));
    QCOMPARE(calls[1].event.channels, std::vector<std::string>{"order.8"});
    QCOMPARE(calls[2].event.channels, (std::vector<std::string>{"order.1", "order.2"}));
}

void SendingTest::emptyListsSendNothing()
{
    QVERIFY(m_manager->publish(std::vector<std::string>{}, "m").get().entries.empty());
    QVERIFY(m_manager->publish("t", std::vector<std::string>{}).get().entries.empty());
    QVERIFY(m_record->calls().empty());
}

void SendingTest::payloadsThatAreNoJsonAreRefused()
{
    const Report report = m_manager->channel("a", "e", Json{{"key", "\xFF"}}).get();
    QVERIFY(report.code() == Code::NotJson);
    QVERIFY(m_record->calls().empty());
}

void SendingTest::fluentCallsCarryEverything()
{
    const Report report = m_manager->privateChannel("x")
                              .as("name")
                              .with({{"k", 1}})
                              .via("us")
                              .toOthers("4821.9047")
                              .by({"1"})
                              .send()
                              .get();
    QCOMPARE(words(report), std::string{"private-x on us: sent\n"});
    const auto call = m_record->calls().at(0);
    QCOMPARE(call.options, std::string{"us"});
    QCOMPARE(call.event.name, std::string{"name"});
    QCOMPARE(call.event.data, std::string{R"({"k":1})"});
    QCOMPARE(call.event.exceptSocketId, std::string{"4821.9047"});
    QCOMPARE(m_manager->on({"a", "b"}).send().get().event, std::string{"AnonymousEvent"});
    QVERIFY(m_manager->presence("x").send().get().entries[0].status == Status::Skipped);
}

void SendingTest::batchesKeepTheirEntriesInOrder()
{
    Emission first{.event = "1", .payload = {}, .channels = {"a", "b"}, .connections = {}, .options = {}};
    Emission second{.event = "2", .payload = {}, .channels = PrivateChannel("c"), .connections = {}, .options = {}};
    Emission third{.event = "3", .payload = {}, .channels = "d", .connections = {}, .options = {}};
    const Report report = m_manager->batch({first, second, third}).get();
    QCOMPARE(words(report),
             std::string{"a on eu: sent\nb on eu: sent\nprivate-c on eu: skipped, no actor\nd on eu: sent\n"});
    QCOMPARE(m_record->calls().size(), std::size_t{2});
}

void SendingTest::theNextSendWaitsForTheLast()
{
    m_record->isHolding = true;
    const PendingReport first = m_manager->channel("a", "1");
    const PendingReport second = m_manager->channel("a", "2");
    const PendingReport elsewhere = m_manager->channel("a", "3", "{}", "us");
    QCOMPARE(m_record->calls().size(), std::size_t{2}); // The other connection does not wait.
    QVERIFY(!first.isReady() && !second.isReady());
    m_record->release();
    QVERIFY(first.isReady() && elsewhere.isReady() && !second.isReady());
    QCOMPARE(m_record->calls()[2].event.name, std::string{"2"});
    // Changed options do not let a later send overtake.
    ConnectionsConfig config = twoConnections();
    config.connections[0].options.set("tag", R"("changed")");
    m_manager->configure(config);
    m_manager->channel("a", "4");
    QCOMPARE(m_record->calls().size(), std::size_t{3});
    m_record->release();
    QCOMPARE(m_record->calls()[3].options, std::string{"changed"});
    m_record->release();
}

void SendingTest::twoThreadsKeepTheirOrder()
{
    constexpr int count = 500;
    const auto sendAll = [this](const std::string& name) {
        for (int i = 0; i < count; ++i)
            m_manager->channel("a", name, Json(i));
    };
    std::thread first{sendAll, "first"};
    std::thread second{sendAll, "second"};
    first.join();
    second.join();
    QVERIFY(m_manager->waitIdle(std::chrono::seconds{10}));
    std::map<std::string, int> next;
    for (const Record::Call& call : m_record->calls())
        QCOMPARE(call.event.data, std::to_string(next[call.event.name]++));
    QCOMPARE(next["first"], count);
    QCOMPARE(next["second"], count);
}

void SendingTest::manySendsThatFinishAtOnceDoNotPileUp()
{
    m_record->isHolding = true;
    m_manager->channel("a", "first");
    m_record->isHolding = false;
    for (int i = 0; i < 9'000; ++i)
        m_manager->channel("a", "next");
    m_record->release();
    QCOMPARE(m_record->calls().size(), std::size_t{9'001});
}

void SendingTest::tooManyWaitingSendsAreRefused()
{
    m_record->isHolding = true;
    PendingReport last;
    for (int i = 0; i < 10'002; ++i)
        last = m_manager->channel("a", "e");
    QVERIFY(last.isReady());
    QVERIFY(last.get().code() == Code::Rejected);
}

void SendingTest::reportsArriveWhereTheyAreWanted()
{
    m_record->isHolding = true;
    const PendingReport pending = m_manager->channel("a", "e");
    QVERIFY(!pending.waitFor(std::chrono::milliseconds{0}));
    int calls = 0;
    std::vector<std::function<void()>> posted;
    pending.then([&](const Report&) { ++calls; });
    pending.then([&](std::function<void()> task) { posted.push_back(std::move(task)); },
                 [&](const Report&) { calls += 10; });
    m_record->release();
    QCOMPARE(calls, 1);
    QCOMPARE(posted.size(), std::size_t{1});
    posted[0]();
    QCOMPARE(calls, 11);
    pending.then([&](const Report& report) { calls += report.entries[0].status == Status::Sent ? 100 : 0; });
    QCOMPARE(calls, 111);
}

void SendingTest::whatIsUnderWayIsReportedWhenTheManagerEnds()
{
    m_record->isHolding = true;
    const PendingReport running = m_manager->channel("a", "1");
    const PendingReport waiting = m_manager->channel("a", "2");
    m_manager.reset();
    QVERIFY(waiting.isReady());
    QVERIFY(waiting.get().code() == Code::Unreachable);
    m_record->forget();
    QVERIFY(running.isReady());
    QVERIFY(running.get().code() == Code::Unreachable);
}

void SendingTest::waitIdleWaits()
{
    m_record->isHolding = true;
    const PendingReport pending = m_manager->channel("a", "1");
    QVERIFY(!m_manager->waitIdle(std::chrono::milliseconds{1}));
    std::thread thread{[this] { m_record->release(); }};
    QVERIFY(m_manager->waitIdle(std::chrono::seconds{10}));
    QVERIFY(pending.isReady());
    thread.join();
}

void SendingTest::driversMayMisbehave_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("expected");
    QTest::newRow("throws") << "throw" << "t on odd: failed, rejected: the driver failed: •••• is no good\n";
    QTest::newRow("forgets to answer")
        << "forget" << "t on odd: failed, unreachable: the send was given up before there was an answer\n";
    QTest::newRow("reports nothing, twice")
        << "empty" << "t on odd: failed, bad_response: the driver reported nothing for this channel\n";
}

void SendingTest::driversMayMisbehave()
{
    QFETCH(QString, message);
    ConnectionsConfig config;
    config.connections = {{"odd", {{"driver", R"("odd")"}, {"api_key", R"("MARKER")"}}}};
    Manager manager{config};
    manager.extend("odd", [](const Options&, const Services&) {
        return Result<std::shared_ptr<Driver>>{std::make_shared<PublishOnly>()};
    });
    QTEST(QString::fromStdString(words(manager.publish("t", message.toStdString(), "odd").get())), "expected");
    // The connection goes on, and what it passes on is one line without secrets.
    const Report report = manager.publish("t", "fail", "odd").get();
    QVERIFY(report.entries[0].text.starts_with("line one •••• xxx"));
    QVERIFY(report.entries[0].text.size() < 520);
    QCOMPARE(report.exchanges[0].request, std::string{"a •••• b"});
    QCOMPARE(report.exchanges[0].answer, std::string{"••••"});
}

void SendingTest::whatADriverCannotDoItSays()
{
    ConnectionsConfig config;
    config.connections = {{"odd", {{"driver", R"("odd")"}}}};
    Manager manager{config};
    manager.extend("odd", [](const Options&, const Services&) {
        return Result<std::shared_ptr<Driver>>{std::make_shared<PublishOnly>()};
    });
    QVERIFY(manager.channel("a", "e", "{}", "odd").get().code() == Code::NotSupported);
    const auto connection = manager.connection("odd").connection;
    std::vector<Code> codes;
    connection->listChannels("", [&](const auto& listing) { codes.push_back(listing.failure.code); });
    connection->listMembers("x", [&](const auto& listing) { codes.push_back(listing.failure.code); });
    connection->terminateUser("1", [&](const Failure& failure) { codes.push_back(failure.code); });
    connection->testConnection([&](const Failure& failure) { codes.push_back(failure.code); });
    codes.push_back(connection->signChannel("1.1", "private-x").failure.code);
    codes.push_back(connection->signUser("1.1", "{}").failure.code);
    QCOMPARE(codes, std::vector<Code>(6, Code::NotSupported));
}

void SendingTest::retriesAreOnlyMadeWhereAsked()
{
    class Flaky : public Driver {
    public:
        explicit Flaky(int& calls) : m_calls{calls} {}
        Capabilities capabilities() const override { return {}; }
        void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override
        {
            ++m_calls;
            done(Delivery::failed(topics, {message == "refused" ? Code::Rejected : Code::Unreachable, "no"}));
        }

    private:
        int& m_calls;
    };
    int calls = 0;
    ConnectionsConfig config;
    config.connections = {{"once", {{"driver", R"("flaky")"}}},
                          {"thrice", {{"driver", R"("flaky")"}, {"retries", "2"}}}};
    Manager manager{config};
    manager.extend("flaky", [&](const Options&, const Services&) {
        return Result<std::shared_ptr<Driver>>{std::make_shared<Flaky>(calls)};
    });
    QVERIFY(manager.publish("t", "m", "once").get().code() == Code::Unreachable);
    QCOMPARE(calls, 1);
    QVERIFY(manager.publish("t", "m", "thrice").get().code() == Code::Unreachable);
    QCOMPARE(calls, 4);
    QVERIFY(manager.publish("t", "refused", "thrice").get().code() == Code::Rejected);
    QCOMPARE(calls, 5);
}

void SendingTest::reportsSpeakInWords()
{
    QCOMPARE(m_manager->channel(UserAdded()).get().summary(),
             std::string{"\"UserAdded\": 1 sent, 2 skipped (no actor)."});
    QCOMPARE(m_manager->channel(Nowhere()).get().summary(), std::string{"\"Nowhere\": no channels."});
    QCOMPARE(m_manager->channel("a", "e", "{}", "x").get().summary(),
             std::string{"\"e\": 1 failed (unknown_connection: connection \"x\" is not defined)."});
    Entry entry = Entry::sent("a");
    entry.connection = "local";
    entry.receivers = 1;
    entry.notes = {"except ignored"};
    QCOMPARE(describe(entry), std::string{"a on local: sent, 1 receiver; except ignored"});
}

void SendingTest::timesAreMeasured()
{
    const auto clock = std::make_shared<test::ManualClock>();
    Services services;
    services.clock = clock;
    Manager manager{twoConnections(), services};
    manager.extend("record", RecordingDriver::factory(m_record));
    m_record->isHolding = true;
    const PendingReport pending = manager.channel("a", "e", "12345");
    clock->advance(std::chrono::milliseconds{250});
    m_record->release();
    QCOMPARE(pending.get().duration.count(), 250);
    QCOMPARE(pending.get().payloadBytes, std::size_t{5});
    QCOMPARE(std::chrono::system_clock::to_time_t(pending.get().start), std::time_t{1'700'000'000});
}

QTEST_APPLESS_MAIN(SendingTest)
#include "sending_test.moc"
