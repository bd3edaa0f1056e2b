#include "app/castdeck/live_profiles.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/log_model.h"

#include <QtTest/QTest>

#include <algorithm>
#include <random>
#include <set>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int steps = 600; // Ten minutes of somebody who does something every second.
const QString farSecret = QStringLiteral("far-marker-secret-5e21");

using Names = std::multiset<std::string>;

engine::PublishCommand message(const std::string& channel, const std::string& event)
{
    return {.appId = {}, .channels = {channel}, .event = event, .data = "{}", .excludeSocketId = {}};
}

Names eventsIn(const ui::Workspace& workspace)
{
    Names names;
    const ui::LogStore& log = workspace.logModel()->store();
    for (auto i = log.first(); i < log.end(); ++i) {
        if (log.at(i).kind == engine::EventKind::ApiMessage)
            names.insert(log.at(i).event);
    }
    return names;
}

} // namespace

/// J18: a server of this program and one elsewhere are live side by side.
class TwoServersJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsNeverMixAndClosingOneLeavesTheOther();

private:
    static ui::Profile startFar(NodeActor& outside);
    /// One thing that somebody does; a message goes into `sent` of the server that it is for.
    void act(Harness& harness, NodeActor& outside, int step);

    std::mt19937 m_random{18};
    ui::Profile m_far;
    Names m_sentHere;
    Names m_sentThere;
};

ui::Profile TwoServersJourney::startFar(NodeActor& outside)
{
    const QJsonObject app{{QStringLiteral("id"), QStringLiteral("847")},
                          {QStringLiteral("key"), QStringLiteral("far-key")},
                          {QStringLiteral("secret"), farSecret}};
    const QJsonObject answer =
        outside.ask(QStringLiteral("startServer"),
                    {{QStringLiteral("server"), QStringLiteral("far")}, {QStringLiteral("app"), app}});
    ui::Profile profile;
    profile.id = "far";
    profile.name = QStringLiteral("Far");
    profile.scheme = QStringLiteral("http");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = static_cast<std::uint16_t>(answer[QLatin1String{"port"}].toInt());
    profile.appId = QStringLiteral("847");
    profile.key = QStringLiteral("far-key");
    return profile;
}

void TwoServersJourney::act(Harness& harness, NodeActor& outside, int step)
{
    ui::MainWindow& window = harness.window();
    // Both servers have channels and events of the same names: only the number of the step tells them apart.
    const std::string channel = "orders." + std::to_string(m_random() % 5);
    const std::string event = "step-" + std::to_string(step);
    switch (m_random() % 6) {
    case 0:
        window.workspace(ui::Profile::localId)->server().publish(message(channel, event));
        m_sentHere.insert(event);
        break;
    case 1:
        window.workspace("far")->server().publish(message(channel, event));
        m_sentThere.insert(event);
        break;
    case 2:
        outside.tell(QStringLiteral("tellFrom"), {{QStringLiteral("server"), QStringLiteral("far")},
                                                  {QStringLiteral("channel"), QStringLiteral("watched")},
                                                  {QStringLiteral("event"), QString::fromStdString(event)},
                                                  {QStringLiteral("data"), QStringLiteral("{}")}});
        m_sentThere.insert(event);
        break;
    case 3: window.showNextWorkspace(); break;
    case 4: window.showPage(static_cast<int>(ui::MainWindow::Send) + static_cast<int>(m_random() % 6)); break;
    default: window.workspace()->logModel()->setPaused(m_random() % 2 == 0); break;
    }
    settle();
}

void TwoServersJourney::rowsNeverMixAndClosingOneLeavesTheOther()
{
    Journey journey{{.id = QStringLiteral("J18"),
                     .title = QStringLiteral("Two servers live side by side"),
                     .actions = 0,
                     .block = 250ms}}; // Pages are shown for the first time.
    Harness harness{journey};
    harness.addSecret(farSecret.toLatin1());
    harness.open();
    NodeActor& outside = harness.actor();
    m_far = startFar(outside);
    harness.console().profiles().open(m_far, farSecret.toStdString());
    ui::MainWindow& window = harness.window();
    ui::RemoteBridge& far = *harness.console().profiles().bridge("far");
    far.watch("watched");
    QVERIFY(waitUntil([&] {
        const auto& channels = window.workspace("far")->snapshot()->channels;
        return std::ranges::any_of(channels, [](const auto& each) { return each.name == "watched"; });
    }));

    journey.begin();
    for (int step = 0; step < steps; ++step)
        act(harness, outside, step);
    for (ui::Workspace* live : window.workspaces())
        live->logModel()->setPaused(false);
    const bool isComplete = waitUntil([&] {
        return eventsIn(*window.workspace(ui::Profile::localId)) == m_sentHere &&
               eventsIn(*window.workspace("far")) == m_sentThere;
    });
    journey.step(QStringLiteral("after a long time"));
    QVERIFY2(isComplete, "rows are missing, mixed or doubled");
    journey.addFigure(QStringLiteral("messages here"), static_cast<double>(m_sentHere.size()));
    journey.addFigure(QStringLiteral("messages there"), static_cast<double>(m_sentThere.size()));
    for (const auto& channel : window.workspace(ui::Profile::localId)->snapshot()->channels)
        QVERIFY(channel.name != "watched");

    harness.console().profiles().close("far");
    QCOMPARE(window.workspaces().size(), std::size_t{1});
    QVERIFY(harness.port() != 0);
    window.workspace()->server().publish(message("orders.1", "still"));
    QVERIFY(waitUntil([&] { return eventsIn(*window.workspace()).contains("still"); }));

    harness.console().profiles().open(m_far, farSecret.toStdString());
    QVERIFY(waitUntil([&] { return window.workspace("far")->stateWords() == QLatin1String{"Connected"}; }));
    window.workspace(ui::Profile::localId)->server().stopServer();
    QVERIFY(waitUntil([&] { return harness.port() == 0; }));
    QCOMPARE(window.workspace("far")->stateWords(), QStringLiteral("Connected"));
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(TwoServersJourney)
#include "j18_two_servers_test.moc"
