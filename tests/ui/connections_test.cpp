#include "ui/models/connection_choices.h"

#include "tests/ui/fake_server.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/models/report_words.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/receipt.h"
#include "ui/workspace.h"

#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QComboBox>

using namespace castdeck;
using namespace castdeck::ui;
using broadcast::Code;
using broadcast::Entry;
using broadcast::Report;
using broadcast::Status;

/// Sending through the connections of the configuration: the picker, the report in words, and the bridge.
class ConnectionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEmbeddedServerComesFirst();
    void withoutALocalConnectionTheServerIsStillOffered();
    void theDefaultIsChosenAndSaysWhy();
    void aDriverAliasIsLookedThrough();
    void thePageSendsThroughTheChosenConnection();
    void thePageSendsHereWhenTheServerIsChosen();
    void subscribersAreCountedOnlyHere();
    void aMessageComesBackWithItsConnection();
    void reportsReadAsSentences_data();
    void reportsReadAsSentences();
    void anUnknownConnectionIsARefusalInWords();
    void theLogDriverWritesIntoTheLiveLog();
    void reportsAfterTheBridgeAreDropped();
};

namespace {

class Recorder : public ServerView {
public:
    void showSnapshot(std::shared_ptr<const engine::Snapshot>) override {}
    void addEvents(std::vector<engine::Event> batch, std::size_t) override
    {
        std::ranges::move(batch, std::back_inserter(events));
    }
    void showOutcome(const engine::PublishOutcome&) override {}
    void showReport(std::uint64_t id, const Report& report) override { reports.emplace_back(id, report); }
    void showChannels(std::uint64_t, ChannelListing) override {}
    void showMembers(std::uint64_t, MemberListing) override {}
    void addDecisions(std::vector<engine::Decision>, std::size_t) override {}
    void showVerdict(const engine::AuthorizationVerdict&) override {}

    std::vector<engine::Event> events;
    std::vector<std::pair<std::uint64_t, Report>> reports;
};

QStringList textsOf(const ConnectionChoices& choices)
{
    QStringList texts;
    for (const ConnectionChoice& choice : choices.list)
        texts << choice.text;
    return texts;
}

Entry entry(Status status, std::string channel = "a")
{
    Entry entry = Entry::sent(std::move(channel));
    entry.connection = "eu";
    entry.status = status;
    return entry;
}

Entry failure(Code code, std::string text, std::string channel = "a")
{
    Entry entry = Entry::failed(std::move(channel), {code, std::move(text)});
    entry.connection = "eu";
    return entry;
}

broadcast::Emission emissionTo(const std::string& connection)
{
    broadcast::Emission emission;
    emission.event = "note";
    emission.payload = R"({"n":1})";
    emission.channels = {"orders"};
    emission.options.connection = connection;
    return emission;
}

const Draft draft{QStringLiteral("orders, private-x"), QStringLiteral("note"), R"({"n": 1.0})", PayloadMode::Json};

} // namespace

void ConnectionsTest::theEmbeddedServerComesFirst()
{
    const ConnectionChoices choices = connectionChoices(test::sampleSettings().connections, {});
    QCOMPARE(textsOf(choices),
             (QStringList{QStringLiteral("local (this server)"), QStringLiteral("eu-prod (pusher)"),
                          QStringLiteral("null (null)"), QStringLiteral("alerts (alias of eu-prod)")}));
    QVERIFY(choices.list.front().isEmbedded);
    QCOMPARE(choices.preferred, 0);
}

void ConnectionsTest::withoutALocalConnectionTheServerIsStillOffered()
{
    broadcast::ConnectionsConfig config;
    config.connections = {{"eu", {{"driver", R"("pusher")"}}}};
    QCOMPARE(textsOf(connectionChoices(config, {})),
             (QStringList{QStringLiteral("This server"), QStringLiteral("eu (pusher)")}));
}

void ConnectionsTest::theDefaultIsChosenAndSaysWhy()
{
    const ConnectionChoices choices =
        connectionChoices(test::sampleSettings().connections,
                          {.name = "alerts", .origin = broadcast::DefaultOrigin::Environment, .failure = {}});
    QCOMPARE(choices.preferred, 3);
    QVERIFY(choices.list[3].origin.contains(QStringLiteral("BROADCAST_CONNECTION")));
    QCOMPARE(choices.list[3].text, QStringLiteral("alerts (alias of eu-prod), default"));
}

void ConnectionsTest::aDriverAliasIsLookedThrough()
{
    broadcast::ConnectionsConfig config;
    config.connections = {{"here", {{"driver", R"("embedded")"}}}};
    config.driverAliases = {{"embedded", "local"}};
    QCOMPARE(textsOf(connectionChoices(config, {})), QStringList{QStringLiteral("here (this server)")});
}

void ConnectionsTest::thePageSendsThroughTheChosenConnection()
{
    test::FakeServer server;
    MemoryDocuments documents;
    SendPage page{server, server, documents, test::sampleSettings(), localProfile()};
    page.setConnection(QStringLiteral("alerts"));
    page.composer()->setDraft(draft);
    page.composer()->send();
    QVERIFY(server.published.empty());
    QCOMPARE(server.sent.size(), std::size_t{1});
    const broadcast::Emission& emission = server.sent.front();
    QCOMPARE(emission.options.connection, std::string{"alerts"});
    QCOMPARE(emission.event, std::string{"note"});
    QCOMPARE(emission.payload.text(), std::string{R"({"n": 1.0})"});
    QCOMPARE(emission.channels.list().size(), std::size_t{2});
    QVERIFY(!emission.channels.list().back().needsActor()); // A raw name.

    Report report;
    report.duration = std::chrono::milliseconds{38};
    report.entries = {entry(Status::Sent, "orders"), entry(Status::Sent, "private-x")};
    page.showReport(1, report);
    QCOMPARE(page.findChild<Receipt*>()->text(), QStringLiteral("Sent through eu in 38 ms: 2 channels."));
}

void ConnectionsTest::thePageSendsHereWhenTheServerIsChosen()
{
    test::FakeServer server;
    MemoryDocuments documents;
    SendPage page{server, server, documents, test::sampleSettings(), localProfile()};
    page.composer()->setDraft(draft);
    page.composer()->send();
    QVERIFY(server.sent.empty());
    QCOMPARE(server.published.size(), std::size_t{1});
}

void ConnectionsTest::subscribersAreCountedOnlyHere()
{
    test::FakeServer server;
    MemoryDocuments documents;
    SendPage page{server, server, documents, test::sampleSettings(), localProfile()};
    page.show();
    page.showSnapshot(test::runningSnapshot());
    page.composer()->setDraft(draft);
    const auto remarks = [&page] {
        QStringList texts;
        for (const auto* chip : page.composer()->findChildren<Chip*>()) {
            if (chip->isVisible())
                texts << chip->remark();
        }
        return texts;
    };
    QCOMPARE(remarks(),
             (QStringList{QStringLiteral("public, 3 subscribers"), QStringLiteral("private, 0 subscribers")}));
    page.setConnection(QStringLiteral("eu-prod"));
    QCOMPARE(remarks(), (QStringList{QStringLiteral("public"), QStringLiteral("private")}));
}

void ConnectionsTest::aMessageComesBackWithItsConnection()
{
    test::FakeServer server;
    MemoryDocuments documents;
    SendPage page{server, server, documents, test::sampleSettings(), localProfile()};
    auto* picker = page.findChild<QComboBox*>(QStringLiteral("send.connection"));
    page.setConnection(QStringLiteral("eu-prod"));
    page.composer()->setDraft(draft);
    page.composer()->send();
    page.setConnection(QStringLiteral("local"));
    auto* history = page.findChild<QAbstractItemView*>(QStringLiteral("history"));
    Q_EMIT history->clicked(history->model()->index(0, 0));
    QCOMPARE(picker->currentData().toString(), QStringLiteral("eu-prod"));
}

void ConnectionsTest::reportsReadAsSentences_data()
{
    QTest::addColumn<Report>("report");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* name, std::vector<Entry> entries, const char* sentence, const char* detail = "") {
        Report report;
        report.duration = std::chrono::milliseconds{12};
        report.entries = std::move(entries);
        QTest::newRow(name) << report << QString::fromUtf8(sentence) << QString::fromUtf8(detail);
    };
    Entry counted = entry(Status::Sent);
    counted.receivers = 3;
    Entry skipped = entry(Status::Skipped, "private-b");
    skipped.text = "no actor";
    row("nothing", {}, "Nothing was sent: no channel.");
    row("one", {entry(Status::Sent)}, "Sent through eu in 12 ms: 1 channel.");
    row("receivers", {counted}, "Sent through eu in 12 ms: 1 channel.", "a: sent to 3");
    row("skipped", {entry(Status::Sent), skipped}, "Sent through eu in 12 ms: 1 channel.",
        "a: sent,  private-b: skipped (no actor)");
    row("all skipped", {skipped}, "Nothing was sent through eu.", "private-b: skipped (no actor)");
    row("discarded", {entry(Status::Discarded)}, "Discarded by eu: this connection sends nothing.");
    row("logged", {entry(Status::Logged)}, "Written to the log by eu; nothing was sent.");
    row("unreachable", {failure(Code::Unreachable, "connection refused by api.example:443")},
        "Not sent through eu: connection refused by api.example:443.",
        "Is the server running there? Check host and port of the connection.");
    row("in part", {entry(Status::Sent), failure(Code::Rejected, "unknown channel", "x:8")},
        "Sent in part through eu: 1 of 2 channels failed (unknown channel).",
        "a: sent,  x:8: failed (unknown channel)");
    row("hostile", {failure(Code::Rejected, "a\u202e<b>x</b>\n")}, "Not sent through eu: a\\u202e<b>x</b>\\n.");
}

void ConnectionsTest::reportsReadAsSentences()
{
    QFETCH(Report, report);
    QFETCH(QString, sentence);
    QFETCH(QString, detail);
    QCOMPARE(reportSentence(report), sentence);
    QCOMPARE(reportDetail(report), detail);
}

void ConnectionsTest::anUnknownConnectionIsARefusalInWords()
{
    ConnectionsBridge bridge{{}, {}};
    Recorder view;
    bridge.setView(&view);
    const std::uint64_t id = bridge.send(emissionTo("nowhere"));
    QTRY_COMPARE(view.reports.size(), std::size_t{1});
    QCOMPARE(view.reports.front().first, id);
    QVERIFY(!view.reports.front().second.isSuccess());
    QVERIFY(reportSentence(view.reports.front().second).contains(QStringLiteral("nowhere")));
}

void ConnectionsTest::theLogDriverWritesIntoTheLiveLog()
{
    ConnectionsBridge bridge{{}, {}};
    Recorder view;
    bridge.setView(&view);
    bridge.send(emissionTo("log"));
    QTRY_COMPARE(view.reports.size(), std::size_t{1});
    QCOMPARE(view.reports.front().second.entries.front().status, Status::Logged);
    QCOMPARE(view.events.size(), std::size_t{1});
    QCOMPARE(view.events.front().detail,
             std::string{R"(Broadcasting [note] on channels [orders] with payload: {"n":1})"});
}

void ConnectionsTest::reportsAfterTheBridgeAreDropped()
{
    Recorder view;
    {
        ConnectionsBridge bridge{{}, {}};
        bridge.setView(&view);
        bridge.send(emissionTo("null"));
    }
    QCoreApplication::processEvents();
    QVERIFY(view.reports.empty());
}

QTEST_MAIN(ConnectionsTest)
#include "connections_test.moc"
