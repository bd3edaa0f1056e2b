#include "ui/bridge/remote_bridge.h"

#include "tests/support/engine_fixture.h"
#include "ui/bridge/profile_endpoint.h"
#include "ui/bridge/remote_requests.h"
#include "ui/text/shown_text.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;
using castdeck::test::EngineFixture;
using engine::EventKind;
using engine::ServerState;

namespace {

/// Keeps what the bridge tells.
class View : public ServerView {
public:
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot) override { latest = std::move(snapshot); }
    void addEvents(std::vector<engine::Event> events, std::size_t) override
    {
        rows.insert(rows.end(), events.begin(), events.end());
    }
    void showOutcome(const engine::PublishOutcome& outcome) override { outcomes.push_back(outcome); }
    void showReport(std::uint64_t, const broadcast::Report& report) override { reports.push_back(report); }
    void showChannels(std::uint64_t, ChannelListing listing) override { listings.push_back(std::move(listing)); }
    void showMembers(std::uint64_t, MemberListing) override {}
    void addDecisions(std::vector<engine::Decision>, std::size_t) override {}
    void showVerdict(const engine::AuthorizationVerdict& verdict) override { verdicts.push_back(verdict); }

    const engine::Event* row(EventKind kind, const std::string& channel = {}) const
    {
        const auto found = std::ranges::find_if(rows, [&](const engine::Event& event) {
            return event.kind == kind && (channel.empty() || event.channel == channel);
        });
        return found == rows.end() ? nullptr : &*found;
    }
    bool isIn(ServerState state) const { return latest && latest->server.state == state; }

    std::shared_ptr<const engine::Snapshot> latest;
    std::vector<engine::Event> rows;
    std::vector<engine::PublishOutcome> outcomes;
    std::vector<broadcast::Report> reports;
    std::vector<ChannelListing> listings;
    std::vector<engine::AuthorizationVerdict> verdicts;
};

Profile profileOf(std::uint16_t port)
{
    const hub::AppConfig app = test::makeApp();
    Profile profile;
    profile.id = "remote-1";
    profile.name = QStringLiteral("Staging");
    profile.scheme = QStringLiteral("http");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = port;
    profile.appId = toQt(app.id);
    profile.key = toQt(app.key);
    return profile;
}

std::unique_ptr<RemoteBridge> bridgeTo(const Profile& profile, const std::string& secret = test::makeApp().secret)
{
    return std::make_unique<RemoteBridge>(profile, endpointOf(profile, secret).value());
}

} // namespace

class RemoteBridgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<EngineFixture>();
        m_view = std::make_unique<View>();
        m_bridge = bridgeTo(profileOf(m_server->port()));
        m_bridge->setView(m_view.get());
    }
    void cleanup() { m_bridge.reset(); }
    void itConnectsAndSaysSo();
    void whatIsSentArrivesAndIsCounted();
    void aRefusedEventSaysWhy();
    void watchedChannelsBecomeRows();
    void membersOfAWatchedChannelAreSeen();
    void channelsAreListedAsTheServerTells();
    void sendingByTheConnectionWorks();
    void aServerThatGoesIsWaitedFor();
    void aWrongKeyEndsIt();
    void anUnknownRuleIsRefusedWithWords();
    void twoServersNeverMix();

private:
    void connectBridge()
    {
        m_bridge->startServer();
        QTRY_VERIFY(m_view->isIn(ServerState::Running));
    }

    std::unique_ptr<EngineFixture> m_server;
    std::unique_ptr<View> m_view;
    std::unique_ptr<RemoteBridge> m_bridge;
};

void RemoteBridgeTest::itConnectsAndSaysSo()
{
    QCOMPARE(m_bridge->stateWords(), QStringLiteral("Not connected"));
    QVERIFY(m_view->isIn(ServerState::Stopped));
    connectBridge();
    QCOMPARE(m_bridge->stateWords(), QStringLiteral("Connected"));
    QTRY_VERIFY(m_view->row(EventKind::Connection) != nullptr);
    QVERIFY(!m_view->row(EventKind::Connection)->socketId.empty());
    QTRY_VERIFY(m_bridge->capabilities().isComplete());
    for (const remote::Capability& capability : m_bridge->capabilities().all())
        QVERIFY2(capability.state == remote::Capability::State::Told, capability.answer.c_str());
    m_bridge->stopServer();
    QTRY_VERIFY(m_view->isIn(ServerState::Stopped));
    QCOMPARE(m_bridge->stateWords(), QStringLiteral("Disconnected"));
}

void RemoteBridgeTest::whatIsSentArrivesAndIsCounted()
{
    connectBridge();
    test::PusherClient listener = m_server->connect();
    listener.subscribe("orders");
    QVERIFY(m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 1; }));
    const std::string payload = R"({"big":18446744073709551615,"a":"\u00e9\/"})";
    const std::uint64_t id = m_bridge->publish(
        {.appId = {}, .channels = {"orders", "empty"}, .event = "shipped", .data = payload, .excludeSocketId = {}});
    QTRY_COMPARE(m_view->outcomes.size(), std::size_t{1});
    const engine::PublishOutcome& outcome = m_view->outcomes.front();
    QVERIFY2(outcome.isAccepted, outcome.error.c_str());
    QCOMPARE(outcome.commandId, id);
    QCOMPARE(outcome.channels.front().receivers, std::size_t{1});
    QCOMPARE(outcome.channels.back().receivers, std::size_t{0});
    QTRY_VERIFY(m_view->row(EventKind::ApiMessage, "orders") != nullptr);
    QCOMPARE(*m_view->row(EventKind::ApiMessage, "orders")->payload, payload);
}

void RemoteBridgeTest::aRefusedEventSaysWhy()
{
    connectBridge();
    m_bridge->publish({.appId = {}, .channels = {"orders/1"}, .event = "shipped", .data = "{}", .excludeSocketId = {}});
    QTRY_COMPARE(m_view->outcomes.size(), std::size_t{1});
    QVERIFY(!m_view->outcomes.front().isAccepted);
    QVERIFY2(m_view->outcomes.front().error.starts_with("400: "), m_view->outcomes.front().error.c_str());
    QTRY_VERIFY(m_view->row(EventKind::ApiError) != nullptr);
    QCOMPARE(m_view->row(EventKind::ApiError)->code, 400);
}

void RemoteBridgeTest::watchedChannelsBecomeRows()
{
    m_bridge->watch("private-orders"); // Before there is a connection.
    connectBridge();
    QTRY_VERIFY(m_view->row(EventKind::Subscribed, "private-orders") != nullptr);
    const std::string payload = R"({"z":1,"a":1.0})";
    QCOMPARE(m_server->publish("private-orders", "shipped", payload).status, 200);
    QTRY_VERIFY(m_view->row(EventKind::ApiMessage, "private-orders") != nullptr);
    QCOMPARE(*m_view->row(EventKind::ApiMessage, "private-orders")->payload, payload);
    QCOMPARE(m_view->row(EventKind::ApiMessage, "private-orders")->event, std::string{"shipped"});
    m_bridge->unwatch("private-orders");
    QTRY_VERIFY(m_view->row(EventKind::Unsubscribed) != nullptr);
    QVERIFY(m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 0; }));
}

void RemoteBridgeTest::membersOfAWatchedChannelAreSeen()
{
    connectBridge();
    m_bridge->watch("presence-room");
    QTRY_VERIFY(m_view->row(EventKind::Subscribed, "presence-room") != nullptr);
    test::PusherClient ana = m_server->connect();
    ana.subscribe("presence-room", test::memberData("ana"));
    QTRY_VERIFY(std::ranges::count(m_view->rows, "ana", &engine::Event::userId) > 0);
    QTRY_VERIFY(!m_view->latest->channels.empty() && m_view->latest->channels.front().members.size() == 2);
}

void RemoteBridgeTest::channelsAreListedAsTheServerTells()
{
    test::PusherClient listener = m_server->connect();
    listener.subscribe("orders");
    QVERIFY(m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 1; }));
    connectBridge();
    QTRY_COMPARE(m_view->latest->channels.size(), std::size_t{1});
    QCOMPARE(m_view->latest->channels.front().name, std::string{"orders"});
    QTRY_COMPARE(m_view->latest->channels.front().subscriptions, std::size_t{1});
    listener.subscribe("more");
    QVERIFY(m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 2; }));
    m_bridge->refresh();
    QTRY_COMPARE(m_view->latest->channels.size(), std::size_t{2});
}

void RemoteBridgeTest::sendingByTheConnectionWorks()
{
    QCOMPARE(m_bridge->defaultConnection().name, std::string{remoteConnectionName});
    m_bridge->listChannels(remoteConnectionName, {});
    QTRY_COMPARE(m_view->listings.size(), std::size_t{1});
    QVERIFY2(!m_view->listings.front().failure.isFailure(), m_view->listings.front().failure.text.c_str());
    for (const broadcast::ConnectionConfig& connection : m_bridge->connectionsShown().connections) {
        for (const auto& [name, value] : connection.options.entries())
            QVERIFY(value.find(test::makeApp().secret) == std::string::npos);
    }
}

void RemoteBridgeTest::aServerThatGoesIsWaitedFor()
{
    connectBridge();
    m_server.reset();
    QTRY_VERIFY(m_view->isIn(ServerState::Starting));
    QTRY_VERIFY2(m_bridge->stateWords().startsWith(QLatin1String{"Reconnecting in "}),
                 qPrintable(m_bridge->stateWords()));
    QVERIFY(m_bridge->stateWords().contains(QLatin1String{"(try "}));
    QTRY_VERIFY(m_view->row(EventKind::Disconnection) != nullptr);
    m_bridge->stopServer();
    QCOMPARE(m_bridge->stateWords(), QStringLiteral("Disconnected"));
}

void RemoteBridgeTest::aWrongKeyEndsIt()
{
    Profile profile = profileOf(m_server->port());
    profile.key = QStringLiteral("nobody");
    m_bridge = bridgeTo(profile);
    m_bridge->setView(m_view.get());
    m_bridge->startServer();
    QTRY_VERIFY(m_view->isIn(ServerState::Failed));
    QVERIFY(m_bridge->stateWords().startsWith(QLatin1String{"Refused: "}));
    QTRY_VERIFY(m_view->row(EventKind::Disconnection) != nullptr);
    QCOMPARE(m_view->row(EventKind::Disconnection)->code, 4001);
}

void RemoteBridgeTest::anUnknownRuleIsRefusedWithWords()
{
    const std::uint64_t id = m_bridge->authorize({});
    QTRY_COMPARE(m_view->verdicts.size(), std::size_t{1});
    QCOMPARE(m_view->verdicts.front().commandId, id);
    QVERIFY(!m_view->verdicts.front().decision.isAllowed && !m_view->verdicts.front().decision.explanation.empty());
}

void RemoteBridgeTest::twoServersNeverMix()
{
    EngineFixture other{test::makeApp("other")};
    Profile profile = profileOf(other.port());
    profile.appId = toQt(other.app().id);
    profile.key = toQt(other.app().key);
    View otherView;
    RemoteBridge otherBridge{profile, endpointOf(profile, other.app().secret).value()};
    otherBridge.setView(&otherView);
    otherBridge.watch("orders");
    otherBridge.startServer();
    m_bridge->watch("orders");
    connectBridge();
    QTRY_VERIFY(otherView.row(EventKind::Subscribed) != nullptr && m_view->row(EventKind::Subscribed) != nullptr);
    m_bridge->publish({.appId = {}, .channels = {"orders"}, .event = "here", .data = "{}", .excludeSocketId = {}});
    otherBridge.publish({.appId = {}, .channels = {"orders"}, .event = "there", .data = "{}", .excludeSocketId = {}});
    QTRY_VERIFY(std::ranges::count(m_view->rows, "here", &engine::Event::event) == 1);
    QTRY_VERIFY(std::ranges::count(otherView.rows, "there", &engine::Event::event) == 1);
    QCOMPARE(std::ranges::count(m_view->rows, "there", &engine::Event::event), 0);
    m_bridge->stopServer();
    QTRY_VERIFY(m_view->isIn(ServerState::Stopped));
    QVERIFY(otherView.isIn(ServerState::Running));
    otherBridge.publish({.appId = {}, .channels = {"orders"}, .event = "still", .data = "{}", .excludeSocketId = {}});
    QTRY_VERIFY(std::ranges::count(otherView.rows, "still", &engine::Event::event) == 1);
}

QTEST_GUILESS_MAIN(RemoteBridgeTest)
#include "remote_bridge_test.moc"
