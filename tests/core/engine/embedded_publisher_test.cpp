#include "core/engine/embedded_publisher.h"

#include "core/broadcast/manager.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/failure.h"

#include <QTest>

#include <atomic>
#include <functional>
#include <future>
#include <thread>

using namespace castdeck;
using namespace castdeck::broadcast;
using namespace castdeck::test;

/// The `local` driver's way into a running engine.
class EmbeddedPublisherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theReportTellsHowManyReceivedIt();
    void theBytesOfThePayloadArrive();
    void successiveCallsArriveInTheirOrder();
    void theExcludedSocketGetsNothing();
    void aPublicationMayNameMoreChannelsThanARequest();
    void noIdStandsForTheFirstApplication();
    void whatCannotBePublishedIsRefused_data();
    void whatCannotBePublishedIsRefused();
    void channelsAndMembersAreListed();
    void aTerminatedUserIsDisconnected();
    void whatItSignsIsAccepted();
    void aStoppedServerIsUnreachable();
    void anEngineThatIsGoneIsUnreachable();
    void everyCallIsAnsweredOnceWhileTheEngineEnds();
};

namespace {

OutgoingEvent eventFor(std::vector<std::string> channels, std::string data = "{}", std::string exceptSocket = {})
{
    return {.name = "e",
            .data = std::move(data),
            .isPlainText = false,
            .channels = std::move(channels),
            .exceptSocketId = std::move(exceptSocket)};
}

/// What `call` hands to its `done`, once that has come.
template <class T> T answerOf(const std::function<void(std::function<void(T)>)>& call)
{
    const auto promise = std::make_shared<std::promise<T>>();
    std::future<T> answer = promise->get_future();
    call([promise](T value) { promise->set_value(std::move(value)); });
    if (answer.wait_for(patience) == std::future_status::ready)
        return answer.get();
    fail("done was not called", std::source_location::current());
    return {};
}

LocalPublisher::Outcome publish(LocalPublisher& publisher, OutgoingEvent event, const std::string& appId = "app")
{
    return answerOf<LocalPublisher::Outcome>(
        [&](auto done) { publisher.publish(appId, std::move(event), std::move(done)); });
}

Listing<ChannelInfo> channels(LocalPublisher& publisher, const std::string& prefix, const std::string& appId = "app")
{
    return answerOf<Listing<ChannelInfo>>([&](auto done) { publisher.listChannels(appId, prefix, std::move(done)); });
}

Listing<MemberInfo> members(LocalPublisher& publisher, const std::string& channel)
{
    return answerOf<Listing<MemberInfo>>([&](auto done) { publisher.listMembers("app", channel, std::move(done)); });
}

void checkUnreachable(LocalPublisher& publisher)
{
    const Failure wanted{Code::Unreachable, "the embedded server is not running"};
    const auto check = [&](const Failure& failure) {
        QCOMPARE(failure.code, wanted.code);
        QCOMPARE(failure.text, wanted.text);
    };
    QVERIFY(!publisher.isRunning());
    check(publish(publisher, eventFor({"news"})).failure);
    check(channels(publisher, {}).failure);
    check(members(publisher, "presence-a").failure);
    check(answerOf<Failure>([&](auto done) { publisher.terminateUser("app", "ann", std::move(done)); }));
}

} // namespace

void EmbeddedPublisherTest::theReportTellsHowManyReceivedIt()
{
    EngineFixture fixture;
    auto first = fixture.connect();
    auto second = fixture.connect();
    first.join("news");
    second.join("news");
    second.join("sport");
    ConnectionsConfig config;
    config.environmentDefault = "local";
    config.connections = {{"local", Options{{"driver", R"("local")"}}}};
    Services services;
    services.local = fixture.engine().localPublisher();
    Manager manager{config, services};
    const Report report = manager.channel({"news", "nobody", "sport"}, "e").get();
    QVERIFY2(report.isSuccess(), report.summary().c_str());
    QCOMPARE(report.entries.size(), 3U);
    QCOMPARE(report.entries[0].receivers.value_or(99), 2U);
    QCOMPARE(report.entries[1].receivers.value_or(99), 0U);
    QCOMPARE(report.entries[2].receivers.value_or(99), 1U);
    first.expectEvent("e", "news");
    second.expectEvent("e", "news");
    second.expectEvent("e", "sport");
}

void EmbeddedPublisherTest::theBytesOfThePayloadArrive()
{
    EngineFixture fixture;
    auto client = fixture.connect();
    client.join("news");
    const std::string data = "{ \"n\":12345678901234567890, \"s\":\"\\u00e9\\/\" }";
    publish(*fixture.engine().localPublisher(), eventFor({"news"}, data));
    QCOMPARE(client.expectEvent("e", "news").data(), data);
}

void EmbeddedPublisherTest::successiveCallsArriveInTheirOrder()
{
    constexpr int calls = 500;
    EngineFixture fixture;
    auto client = fixture.connect();
    client.join("news");
    const auto publisher = fixture.engine().localPublisher();
    for (int i = 0; i < calls; ++i)
        publisher->publish("app", eventFor({"news"}, std::to_string(i)), [](const LocalPublisher::Outcome&) {});
    for (int i = 0; i < calls; ++i)
        QCOMPARE(client.expectEvent("e", "news").data(), std::to_string(i));
}

void EmbeddedPublisherTest::theExcludedSocketGetsNothing()
{
    EngineFixture fixture;
    auto sender = fixture.connect();
    auto other = fixture.connect();
    sender.join("news");
    other.join("news");
    const auto outcome = publish(*fixture.engine().localPublisher(), eventFor({"news"}, "{}", sender.socketId()));
    QCOMPARE(outcome.receivers, (std::vector<std::uint64_t>{1}));
    other.expectEvent("e", "news");
    sender.expectSilence();
}

void EmbeddedPublisherTest::aPublicationMayNameMoreChannelsThanARequest()
{
    EngineFixture fixture;
    auto client = fixture.connect();
    client.join("channel-150");
    std::vector<std::string> names;
    for (int i = 1; i <= 150; ++i)
        names.push_back("channel-" + std::to_string(i));
    const auto outcome = publish(*fixture.engine().localPublisher(), eventFor(names));
    QVERIFY2(!outcome.failure.isFailure(), outcome.failure.text.c_str());
    QCOMPARE(outcome.receivers.size(), names.size());
    QCOMPARE(outcome.receivers.back(), 1U);
    client.expectEvent("e", "channel-150");
}

void EmbeddedPublisherTest::noIdStandsForTheFirstApplication()
{
    engine::EngineOptions options;
    options.apps = {makeApp("first"), makeApp("second")};
    EngineFixture fixture{options};
    auto first = fixture.connect(0);
    auto second = fixture.connect(1);
    first.join("news");
    second.join("news");
    const auto publisher = fixture.engine().localPublisher();
    QCOMPARE(publish(*publisher, eventFor({"news"}), "").receivers, (std::vector<std::uint64_t>{1}));
    first.expectEvent("e", "news");
    second.expectSilence();
    QCOMPARE(publisher->signer("")->key(), std::string{"first-key"});
    QCOMPARE(publisher->signer("second")->key(), std::string{"second-key"});
    QCOMPARE(publisher->signer("third"), nullptr);
}

void EmbeddedPublisherTest::whatCannotBePublishedIsRefused_data()
{
    QTest::addColumn<std::string>("appId");
    QTest::addColumn<std::size_t>("bytes");
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<int>("code");
    QTest::newRow("unknown application") << std::string{"nobody"} << std::size_t{2} << std::string{"news"}
                                         << static_cast<int>(Code::BadOption);
    QTest::newRow("payload above the application's limit")
        << std::string{"app"} << std::size_t{10'241} << std::string{"news"} << static_cast<int>(Code::PayloadTooLarge);
    QTest::newRow("no channel name") << std::string{"app"} << std::size_t{2} << std::string{"a b"}
                                     << static_cast<int>(Code::Rejected);
}

void EmbeddedPublisherTest::whatCannotBePublishedIsRefused()
{
    QFETCH(const std::string, appId);
    QFETCH(const std::size_t, bytes);
    QFETCH(const std::string, channel);
    QFETCH(const int, code);
    EngineFixture fixture;
    const auto outcome =
        publish(*fixture.engine().localPublisher(), eventFor({channel}, std::string(bytes, 'x')), appId);
    QCOMPARE(static_cast<int>(outcome.failure.code), code);
    QVERIFY(!outcome.failure.text.empty());
    QVERIFY(outcome.receivers.empty());
}

void EmbeddedPublisherTest::channelsAndMembersAreListed()
{
    EngineFixture fixture;
    auto ann = fixture.connect();
    auto annAgain = fixture.connect();
    ann.join("presence-a", memberData("ann", R"({"name":"Ann"})"));
    annAgain.join("presence-a", memberData("ann"));
    annAgain.join("news");
    ann.signIn(R"({"id":"ann"})");
    ann.subscribeWith("#server-to-user-ann", "");
    QTRY_VERIFY(fixture.engine().snapshot()->channels.size() == 3);
    const auto publisher = fixture.engine().localPublisher();
    const auto found = channels(*publisher, "presence-");
    QCOMPARE(found.items.size(), 1U);
    QCOMPARE(found.items[0].name, std::string{"presence-a"});
    QCOMPARE(found.items[0].connections.value_or(99), 2U);
    QCOMPARE(found.items[0].users.value_or(99), 1U);
    QCOMPARE(channels(*publisher, {}).items.size(), 2U);
    QVERIFY(channels(*publisher, {}, "nobody").failure.code == Code::BadOption);
    const auto inside = members(*publisher, "presence-a");
    QCOMPARE(inside.items.size(), 1U);
    QCOMPARE(inside.items[0].id, std::string{"ann"});
    QCOMPARE(inside.items[0].infoJson, std::string{R"({"name":"Ann"})"});
    QCOMPARE(inside.items[0].connections, 2U);
    QVERIFY(members(*publisher, "presence-empty").items.empty());
    QVERIFY(members(*publisher, "news").failure.code == Code::BadChannel);
}

void EmbeddedPublisherTest::aTerminatedUserIsDisconnected()
{
    EngineFixture fixture;
    auto ann = fixture.connect();
    auto bob = fixture.connect();
    ann.signIn(R"({"id":"ann"})");
    bob.signIn(R"({"id":"bob"})");
    ann.expectEvent("pusher:signin_success");
    bob.expectEvent("pusher:signin_success");
    const auto failure = answerOf<Failure>(
        [&](auto done) { fixture.engine().localPublisher()->terminateUser("app", "ann", std::move(done)); });
    QVERIFY(!failure.isFailure());
    QVERIFY(ann.waitForEnd());
    QCOMPARE(ann.closeCode().value_or(0), 4009);
    bob.expectSilence();
}

void EmbeddedPublisherTest::whatItSignsIsAccepted()
{
    EngineFixture fixture;
    auto client = fixture.connect();
    const auto signer = fixture.engine().localPublisher()->signer("app");
    QVERIFY(signer != nullptr);
    client.subscribeWith("private-a", signer->channelAuth(client.socketId(), "private-a"));
    client.expectEvent("pusher_internal:subscription_succeeded", "private-a");
}

void EmbeddedPublisherTest::aStoppedServerIsUnreachable()
{
    EngineFixture fixture;
    const auto publisher = fixture.engine().localPublisher();
    QVERIFY(publisher->isRunning());
    fixture.engine().stop(engine::StopReason::Operator);
    fixture.engine().waitStopped();
    checkUnreachable(*publisher);
    QVERIFY(publisher->signer("app") != nullptr); // Which needs no server.
    fixture.engine().start();
    QTRY_VERIFY(publisher->isRunning());
    QVERIFY(!publish(*publisher, eventFor({"news"})).failure.isFailure());
}

void EmbeddedPublisherTest::anEngineThatIsGoneIsUnreachable()
{
    std::shared_ptr<LocalPublisher> publisher;
    {
        EngineFixture fixture;
        publisher = fixture.engine().localPublisher();
        QVERIFY(publisher->isRunning());
    }
    checkUnreachable(*publisher);
    QCOMPARE(publisher->signer("app"), nullptr);
}

void EmbeddedPublisherTest::everyCallIsAnsweredOnceWhileTheEngineEnds()
{
    auto fixture = std::make_unique<EngineFixture>();
    const auto publisher = fixture->engine().localPublisher();
    std::atomic<bool> isEnding{false};
    std::atomic<int> answers{0};
    int calls = 0;
    std::jthread caller{[&] {
        for (int afterwards = 0; afterwards < 100; afterwards += isEnding ? 1 : 0) {
            ++calls;
            publisher->publish("app", eventFor({"news"}), [&](const LocalPublisher::Outcome&) { ++answers; });
        }
    }};
    QTRY_VERIFY(answers > 100);
    fixture.reset();
    isEnding = true;
    caller.join();
    QCOMPARE(answers.load(), calls);
}

QTEST_GUILESS_MAIN(EmbeddedPublisherTest)
#include "embedded_publisher_test.moc"
