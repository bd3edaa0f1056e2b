#include "core/broadcast/drivers/local_driver.h"

#include "tests/core/broadcast/driver_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::words;

namespace {

class FakeServer final : public LocalPublisher {
public:
    bool isRunning() const override { return running; }
    void publish(std::string appId, OutgoingEvent event, std::function<void(Outcome)> done) override
    {
        lastApp = std::move(appId);
        Outcome outcome;
        outcome.failure = failure;
        for (std::size_t i = 0; i < event.channels.size(); ++i)
            outcome.receivers.push_back(i);
        events.push_back(std::move(event));
        done(outcome);
    }
    void listChannels(std::string, std::string prefix, Driver::Done<Listing<ChannelInfo>> done) override
    {
        done({.failure = {}, .items = {{.name = prefix + "a", .connections = 2, .users = {}}}});
    }
    void listMembers(std::string, std::string, Driver::Done<Listing<MemberInfo>> done) override
    {
        done({.failure = {}, .items = {{.id = "1", .infoJson = "{}", .connections = 2}}});
    }
    void terminateUser(std::string, std::string, Driver::Done<Failure> done) override { done({}); }
    std::shared_ptr<const pusher::Signer> signer(const std::string& appId) const override
    {
        return appId == "gone" ? nullptr
                               : std::make_shared<pusher::Signer>("478b45309560f3456211", "ab4229346et64aa8908");
    }

    bool running = true;
    Failure failure;
    std::string lastApp;
    std::vector<OutgoingEvent> events;
};

} // namespace

class LocalDriverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void receiversAreReportedPerChannel();
    void theEventArrivesAsItWasGiven();
    void messagesBecomeEvents();
    void badChannelsAreLeftOut();
    void limitsHold();
    void aStoppedServerIsUnreachable();
    void aProgramWithoutServerIsUnreachable();
    void aRefusalIsReported();
    void stateAndSignaturesComeFromTheServer();

private:
    std::unique_ptr<Manager> manager(std::initializer_list<Options::Entry> more = {});

    std::shared_ptr<FakeServer> m_server;
};

void LocalDriverTest::init()
{
    m_server = std::make_shared<FakeServer>();
}

std::unique_ptr<Manager> LocalDriverTest::manager(std::initializer_list<Options::Entry> more)
{
    Options options{{"driver", R"("local")"}};
    for (const auto& [name, value] : more)
        options.set(name, value);
    ConnectionsConfig config;
    config.environmentDefault = "local";
    config.connections = {{"local", options}};
    Services services;
    services.local = m_server;
    return std::make_unique<Manager>(config, services);
}

void LocalDriverTest::receiversAreReportedPerChannel()
{
    const Report report = manager()->channel({"a", "b", "c"}, "e").get();
    QCOMPARE(words(report), std::string{"a on local: sent, 0 receivers\nb on local: sent, 1 receiver\n"
                                        "c on local: sent, 2 receivers\n"});
    QVERIFY(report.isSuccess());
}

void LocalDriverTest::theEventArrivesAsItWasGiven()
{
    manager({{"app_id", R"("second")"}})
        ->channel("a", "e", "{ \"n\":12345678901234567890 }", CallOptions{}.toOthers("1.2"));
    QCOMPARE(m_server->lastApp, std::string{"second"});
    QCOMPARE(m_server->events.at(0).data, std::string{"{ \"n\":12345678901234567890 }"});
    QCOMPARE(m_server->events.at(0).exceptSocketId, std::string{"1.2"});
}

void LocalDriverTest::messagesBecomeEvents()
{
    manager()->publish("a", "text");
    manager({{"message_as", R"("event")"}})->publish("a", "text");
    QCOMPARE(m_server->events.at(0).name, std::string{"message"});
    QCOMPARE(m_server->events.at(0).data, std::string{"text"});
    QCOMPARE(m_server->events.at(1).name, std::string{"text"});
    QCOMPARE(m_server->events.at(1).data, std::string{"[]"});
}

void LocalDriverTest::badChannelsAreLeftOut()
{
    const Report report = manager()->channel({"a", "b b", "c"}, "e").get();
    QCOMPARE(m_server->events.at(0).channels, (std::vector<std::string>{"a", "c"}));
    QVERIFY(report.entries[1].code == Code::BadChannel);
    QCOMPARE(report.entries[2].receivers.value_or(9), std::uint64_t{1});
    QVERIFY(manager()->channel("b b", "e").get().code() == Code::BadChannel);
    QCOMPARE(m_server->events.size(), std::size_t{1});
}

void LocalDriverTest::limitsHold()
{
    QVERIFY(manager()->channel("a", "pusher:x").get().code() == Code::BadEvent);
    QVERIFY(manager()->channel("a", "e", std::string(10'241, 'x')).get().code() == Code::PayloadTooLarge);
    QCOMPARE(manager({{"max_payload_bytes", "3"}})->channel("a", "e", "1234").get().entries[0].text,
             std::string{"the payload has 4 bytes, at most 3 are allowed"});
    ConnectionsConfig config;
    config.connections = {{"local", {{"driver", R"("local")"}}}};
    config.maxPayloadBytes = 2;
    Services services;
    services.local = m_server;
    Manager strict{config, services};
    QVERIFY(strict.channel("a", "e", "123", "local").get().code() == Code::PayloadTooLarge);
    config.maxPayloadBytes = 3;
    strict.configure(config);
    QVERIFY(strict.channel("a", "e", "123", "local").get().isSuccess());
}

void LocalDriverTest::aStoppedServerIsUnreachable()
{
    m_server->running = false;
    const auto stopped = manager();
    QCOMPARE(words(stopped->channel("a", "e").get()),
             std::string{"a on local: failed, unreachable: the embedded server is not running\n"});
    std::vector<Code> codes;
    const auto connection = stopped->connection().connection;
    connection->listChannels("", [&](const auto& listing) { codes.push_back(listing.failure.code); });
    connection->listMembers("x", [&](const auto& listing) { codes.push_back(listing.failure.code); });
    connection->terminateUser("1", [&](const Failure& failure) { codes.push_back(failure.code); });
    connection->testConnection([&](const Failure& failure) { codes.push_back(failure.code); });
    QCOMPARE(codes, std::vector<Code>(4, Code::Unreachable));
}

void LocalDriverTest::aProgramWithoutServerIsUnreachable()
{
    m_server.reset();
    QVERIFY(manager()->channel("a", "e").get().code() == Code::Unreachable);
    QVERIFY(manager()->connection().connection->signChannel("1.1", "private-x").failure.code == Code::NotSupported);
}

void LocalDriverTest::aRefusalIsReported()
{
    m_server->failure = {Code::Rejected, "no such application"};
    QCOMPARE(words(manager()->channel("a", "e").get()),
             std::string{"a on local: failed, rejected: no such application\n"});
}

void LocalDriverTest::stateAndSignaturesComeFromTheServer()
{
    const auto owner = manager();
    const auto connection = owner->connection().connection;
    std::vector<std::string> seen;
    connection->listChannels("x-", [&](const auto& listing) { seen.push_back(listing.items.at(0).name); });
    connection->listMembers("x", [&](const auto& listing) { seen.push_back(listing.items.at(0).id); });
    connection->terminateUser("1", [&](const Failure& failure) { seen.emplace_back(toText(failure.code)); });
    QCOMPARE(seen, (std::vector<std::string>{"x-a", "1", ""}));
    QCOMPARE(connection->signChannel("4821.9047", "private-admins").auth,
             std::string{"478b45309560f3456211:7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e"});
    QVERIFY(connection->signUser("1:1", "{}").failure.code == Code::BadOption);
    const auto without = manager({{"app_id", R"("gone")"}});
    QVERIFY(without->connection().connection->signUser("1.1", "{}").failure.code == Code::NotSupported);
}

QTEST_APPLESS_MAIN(LocalDriverTest)
#include "local_driver_test.moc"
