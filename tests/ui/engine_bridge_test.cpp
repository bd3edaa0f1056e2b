#include "ui/bridge/engine_bridge.h"

#include "ui/text/snippets.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;

class EngineBridgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theServerStartsStopsAndStartsAgain();
    void eachStartAsksForAPortThatIsFree();
    void aPublishedMessageIsAnsweredAndLogged();
    void aRefusedMessageSaysWhy();
    void nothingArrivesOnceTheViewIsGone();
    void theCurlSnippetPublishesAsItStands();
};

namespace {

class Recorder : public ServerView {
public:
    void showSnapshot(std::shared_ptr<const engine::Snapshot> shown) override { snapshot = std::move(shown); }
    void addEvents(std::vector<engine::Event> batch, std::size_t) override
    {
        std::ranges::move(batch, std::back_inserter(events));
    }
    void showOutcome(const engine::PublishOutcome& outcome) override { outcomes.push_back(outcome); }
    void showReport(std::uint64_t, const broadcast::Report&) override {}
    void showChannels(std::uint64_t, ChannelListing) override {}
    void showMembers(std::uint64_t, MemberListing) override {}
    void addDecisions(std::vector<engine::Decision> batch, std::size_t) override
    {
        std::ranges::move(batch, std::back_inserter(decisions));
    }
    void showVerdict(const engine::AuthorizationVerdict& verdict) override { verdicts.push_back(verdict); }

    engine::ServerState state() const { return snapshot ? snapshot->server.state : engine::ServerState::Stopped; }

    std::shared_ptr<const engine::Snapshot> snapshot;
    std::vector<engine::Event> events;
    std::vector<engine::PublishOutcome> outcomes;
    std::vector<engine::Decision> decisions;
    std::vector<engine::AuthorizationVerdict> verdicts;
};

engine::EngineOptions options()
{
    hub::AppConfig app;
    app.id = "demo";
    app.key = "key";
    app.secret = "secret";
    engine::EngineOptions result;
    result.port = 0;
    result.apps = {app};
    return result;
}

/// Free when asked for.
std::uint16_t freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : std::uint16_t{0};
}

engine::PublishCommand message(const std::string& channel)
{
    engine::PublishCommand command;
    command.appId = "demo";
    command.channels = {channel};
    command.event = "note";
    command.data = "{ \"a\":1.0 }";
    return command;
}

} // namespace

void EngineBridgeTest::theServerStartsStopsAndStartsAgain()
{
    Recorder view;
    EngineBridge bridge{options()};
    bridge.setView(&view);
    bridge.startServer();
    QTRY_COMPARE(view.state(), engine::ServerState::Running);
    QVERIFY(view.snapshot->server.port != 0);
    QCOMPARE(view.snapshot->apps.size(), 1U);
    bridge.stopServer();
    QTRY_COMPARE_WITH_TIMEOUT(view.state(), engine::ServerState::Stopped, 15'000);
    bridge.startServer();
    QTRY_COMPARE(view.state(), engine::ServerState::Running);
    bridge.setView(nullptr);
}

void EngineBridgeTest::eachStartAsksForAPortThatIsFree()
{
    Recorder view;
    EngineBridge bridge{options()};
    bridge.setView(&view);
    std::uint16_t port = freePort();
    bridge.setPortFinder([&port] { return port; });
    for (int i = 0; i < 2; ++i) {
        bridge.startServer();
        QTRY_COMPARE(view.state(), engine::ServerState::Running);
        QCOMPARE(view.snapshot->server.port, port);
        bridge.stopServer();
        QTRY_COMPARE_WITH_TIMEOUT(view.state(), engine::ServerState::Stopped, 15'000);
        port = freePort();
    }
    bridge.setView(nullptr);
}

void EngineBridgeTest::aPublishedMessageIsAnsweredAndLogged()
{
    Recorder view;
    EngineBridge bridge{options()};
    bridge.setView(&view);
    bridge.startServer();
    QTRY_COMPARE(view.state(), engine::ServerState::Running);
    const std::uint64_t id = bridge.publish(message("orders"));
    QTRY_COMPARE(view.outcomes.size(), 1U);
    QCOMPARE(view.outcomes[0].commandId, id);
    QVERIFY2(view.outcomes[0].isAccepted, view.outcomes[0].error.c_str());
    QCOMPARE(view.outcomes[0].channels.size(), 1U);
    const auto isMessage = [](const engine::Event& event) { return event.kind == engine::EventKind::ApiMessage; };
    QTRY_VERIFY(std::ranges::any_of(view.events, isMessage));
    const auto logged = std::ranges::find_if(view.events, isMessage);
    QVERIFY(logged->payload != nullptr);
    QCOMPARE(*logged->payload, std::string{"{ \"a\":1.0 }"});
    bridge.setView(nullptr);
}

void EngineBridgeTest::aRefusedMessageSaysWhy()
{
    Recorder view;
    EngineBridge bridge{options()};
    bridge.setView(&view);
    bridge.startServer();
    bridge.publish(message("not/a/name"));
    QTRY_COMPARE(view.outcomes.size(), 1U);
    QVERIFY(!view.outcomes[0].isAccepted);
    QVERIFY(!view.outcomes[0].error.empty());
    bridge.setView(nullptr);
}

void EngineBridgeTest::nothingArrivesOnceTheViewIsGone()
{
    Recorder view;
    EngineBridge bridge{options()};
    bridge.setView(&view);
    bridge.startServer();
    QTRY_COMPARE(view.state(), engine::ServerState::Running);
    bridge.setView(nullptr);
    const std::size_t before = view.outcomes.size();
    bridge.publish(message("orders"));
    QVERIFY(!QTest::qWaitFor([&] { return view.outcomes.size() > before; }, 500));
    Recorder later;
    bridge.setView(&later);
    const std::uint64_t id = bridge.publish(message("alerts"));
    QTRY_VERIFY(std::ranges::any_of(later.outcomes, [id](const auto& outcome) { return outcome.commandId == id; }));
    QCOMPARE(view.outcomes.size(), before);
    bridge.setView(nullptr);
}

void EngineBridgeTest::theCurlSnippetPublishesAsItStands()
{
    if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty() ||
        QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
        QSKIP("needs curl and openssl");
    Recorder view;
    EngineBridge bridge{options()};
    bridge.setView(&view);
    bridge.startServer();
    QTRY_COMPARE(view.state(), engine::ServerState::Running);
    const ServerAddress server{
        .host = view.snapshot->server.address, .port = view.snapshot->server.port, .isTls = false};
    QProcess shell;
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), curlSnippet(options().apps.front(), server, SecretUse::Reveal)});
    QVERIFY(shell.waitForFinished(20'000));
    QCOMPARE(shell.readAllStandardOutput(), QByteArray{"{}"});
    const auto isHello = [](const engine::Event& event) {
        return event.kind == engine::EventKind::ApiMessage && event.channel == "demo" && event.event == "hello" &&
               event.payload && *event.payload == R"({"text":"Hello"})";
    };
    QTRY_VERIFY(std::ranges::any_of(view.events, isHello));
    bridge.setView(nullptr);
}

QTEST_GUILESS_MAIN(EngineBridgeTest)
#include "engine_bridge_test.moc"
