#include "ui/pages/channels_page.h"
#include "ui/pages/connections_page.h"

#include "tests/support/app.h"
#include "tests/support/pusher_client.h"
#include "tests/ui/fake_server.h"
#include "tests/ui/processor_time.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/roles.h"
#include "ui/pages/channel_detail.h"
#include "ui/pages/connection_detail.h"
#include "ui/pages/occupancy_samples.h"
#include "ui/widgets/segmented.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::test;
using namespace castdeck::ui;

class OccupancyPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void membersStandWithTheirSocketsAndSince();
    void twoPeopleUnderOneIdAreWarnedOf();
    void closingASocketAsksOnce();
    void cancelClosesNothing();
    void aRemovedSocketIsToldAndLeavesTheList();
    void disconnectedUserIsTerminatedWhenSignedIn();
    void disconnectedGuestIsClosed();
    void theCachedEventIsShownAsPublished();
    void aChannelWithoutMembersShowsItsSubscribers();
    void selectionStaysWhileChannelsComeAndGo();
    void theTreeIsUsedByKeys();
    void connectionTellsItsHandshakeAndTraffic();
    void aClosedConnectionStaysReadable();
    void sortingKeepsTheSelection();
    void followingNamesTheSocket();
    void emptyStatesSayWhatToDo();
    void fiveThousandConnectionsAreFluent();
    void everythingThatTakesFocusHasAName();
};

namespace {

/// A page over a running engine of its own.
template <class Page> class Stage : public ServerView {
public:
    template <class... Arguments> explicit Stage(Arguments&&... arguments) : page{std::forward<Arguments>(arguments)...}
    {
        page.setControl(&bridge);
        page.resize(1'200, 720);
        page.show();
        page.activateWindow();
        bridge.setView(this);
        bridge.startServer();
        isUp = QTest::qWaitFor([this] { return port != 0; });
    }
    ~Stage() override { bridge.setView(nullptr); }

    PusherClient connect(const std::string& client = "js&version=8.6.0")
    {
        return PusherClient{port, app(), "/app/" + app().key + "?protocol=7&client=" + client};
    }
    template <class T> T* find(const char* name) { return page.template findChild<T*>(QString::fromLatin1(name)); }
    QTableView* table(const char* name) { return find<QTableView>(name); }
    QString cell(const char* name, int row, int column)
    {
        return table(name)->model()->index(row, column).data().toString();
    }
    int rows(const char* name) { return table(name)->model()->rowCount(); }
    void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }

    static hub::AppConfig app()
    {
        hub::AppConfig config = makeApp("demo");
        config.allowsClientEvents = true;
        return config;
    }
    static engine::EngineOptions options()
    {
        engine::EngineOptions options;
        options.port = 0;
        options.apps = {app()};
        return options;
    }

    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot) override
    {
        if (snapshot->server.state == engine::ServerState::Running)
            port = snapshot->server.port;
        page.showSnapshot(std::move(snapshot));
    }
    void addEvents(std::vector<engine::Event>, std::size_t) override {}
    void showOutcome(const engine::PublishOutcome&) override {}
    void showReport(std::uint64_t, const broadcast::Report&) override {}
    void showChannels(std::uint64_t, ChannelListing) override {}
    void showMembers(std::uint64_t, MemberListing) override {}
    void addDecisions(std::vector<engine::Decision>, std::size_t) override {}
    void showVerdict(const engine::AuthorizationVerdict&) override {}

    Page page;
    std::uint16_t port = 0;
    bool isUp = false;
    EngineBridge bridge{options()};
};

struct ChannelsStage : FakeServer, Stage<ChannelsPage> {
    ChannelsStage() : Stage{static_cast<ConnectionControl&>(*this), sampleSettings()} {}

    void select(const std::string& channel, ChannelDetail::Tab tab)
    {
        page.selectChannel("demo", channel);
        page.detail()->showTab(tab);
    }
};

using ConnectionsStage = Stage<ConnectionsPage>;

QStringList labels(const QWidget& page)
{
    QStringList texts;
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts;
}

} // namespace

void OccupancyPagesTest::membersStandWithTheirSocketsAndSince()
{
    ChannelsStage stage;
    QVERIFY(stage.isUp);
    PusherClient laptop = stage.connect();
    PusherClient phone = stage.connect("swift&version=10.1.5");
    laptop.join("presence-room", memberData("ana", R"({"name":"Ana"})"));
    phone.join("presence-room", memberData("ana", R"({"name":"Ana"})"));
    QTRY_COMPARE(stage.rows("channels.members"), 3);
    QTRY_VERIFY(!stage.cell("channels.members", 1, 2).isEmpty()); // Only the engine tells since when.
    QCOMPARE(stage.cell("channels.members", 0, 0), QStringLiteral("ana"));
    QCOMPARE(stage.cell("channels.members", 1, 0), QString::fromStdString(laptop.socketId()));
    QCOMPARE(stage.cell("channels.members", 2, 1), QStringLiteral("swift 10.1.5"));
    QVERIFY(
        stage.find<QLabel>("channels.members.note")->text().contains(QStringLiteral("only the first one announces")));
    QVERIFY(!stage.find<QLabel>("channels.members.conflict")->isVisible());
}

void OccupancyPagesTest::twoPeopleUnderOneIdAreWarnedOf()
{
    ChannelsStage stage;
    PusherClient ana = stage.connect();
    PusherClient bo = stage.connect();
    ana.join("presence-room", memberData("1", R"({"name":"Ana"})"));
    bo.join("presence-room", memberData("1", R"({"name":"Bo"})"));
    QTRY_VERIFY(stage.find<QLabel>("channels.members.conflict")->isVisible());
    QVERIFY(stage.cell("channels.members", 2, 1).contains(QStringLiteral("Bo")));
}

void OccupancyPagesTest::closingASocketAsksOnce()
{
    ChannelsStage stage;
    PusherClient client = stage.connect();
    client.join("orders");
    QTRY_COMPARE(stage.rows("channels.tree"), 1);
    stage.page.detail()->showTab(ChannelDetail::Subscribers);
    QVERIFY(!stage.find<QPushButton>("channels.socket.close")->isEnabled());
    stage.table("channels.subscribers")->selectRow(0);
    stage.click("channels.socket.close");
    QVERIFY(stage.find<QPushButton>("channels.socket.ask.cancel")->hasFocus());
    stage.click("channels.socket.ask.confirm");
    client.expectEvent("pusher:error");
    client.expectClose(4100);
}

void OccupancyPagesTest::cancelClosesNothing()
{
    ChannelsStage stage;
    PusherClient client = stage.connect();
    client.join("orders");
    QTRY_COMPARE(stage.rows("channels.tree"), 1);
    stage.page.detail()->showTab(ChannelDetail::Subscribers);
    stage.table("channels.subscribers")->selectRow(0);
    stage.click("channels.socket.close");
    QTest::keyClick(stage.find<QPushButton>("channels.socket.ask.cancel"), Qt::Key_Escape);
    QVERIFY(!stage.find<QWidget>("channels.socket.ask")->isVisible());
    client.expectSilence();
}

void OccupancyPagesTest::aRemovedSocketIsToldAndLeavesTheList()
{
    ChannelsStage stage;
    PusherClient one = stage.connect();
    PusherClient two = stage.connect();
    one.join("orders");
    two.join("orders");
    QTRY_COMPARE(stage.rows("channels.tree"), 1);
    stage.page.detail()->showTab(ChannelDetail::Subscribers);
    QTRY_COMPARE(stage.rows("channels.subscribers"), 2);
    const int row = stage.cell("channels.subscribers", 0, 0) == QString::fromStdString(one.socketId()) ? 0 : 1;
    stage.table("channels.subscribers")->selectRow(row);
    stage.click("channels.socket.remove");
    stage.click("channels.socket.ask.confirm");
    one.expectRefusal("orders", "Removed", 403);
    QTRY_COMPARE(stage.rows("channels.subscribers"), 1);
    two.expectSilence();
}

void OccupancyPagesTest::disconnectedUserIsTerminatedWhenSignedIn()
{
    ChannelsStage stage;
    PusherClient ana = stage.connect();
    ana.signIn(R"({"id":"ana"})");
    ana.expectEvent("pusher:signin_success");
    ana.join("presence-room", memberData("ana"));
    QTRY_COMPARE(stage.rows("channels.members"), 2);
    QTRY_VERIFY(!stage.cell("channels.members", 1, 2).isEmpty());
    stage.table("channels.members")->selectRow(0);
    stage.click("channels.member.disconnect");
    stage.click("channels.member.ask.confirm");
    ana.expectEvent("pusher:error");
    ana.expectClose(4009);
}

void OccupancyPagesTest::disconnectedGuestIsClosed()
{
    ChannelsStage stage;
    PusherClient guest = stage.connect();
    guest.join("presence-room", memberData("guest"));
    QTRY_COMPARE(stage.rows("channels.members"), 2);
    QTRY_VERIFY(!stage.cell("channels.members", 1, 2).isEmpty());
    stage.table("channels.members")->selectRow(0);
    stage.click("channels.member.disconnect");
    QVERIFY(labels(stage.page).filter(QStringLiteral("4100")).size() == 1); // It says what will happen.
    stage.click("channels.member.ask.confirm");
    guest.expectEvent("pusher:error");
    guest.expectClose(4100);
}

void OccupancyPagesTest::theCachedEventIsShownAsPublished()
{
    ChannelsStage stage;
    PusherClient client = stage.connect();
    client.join("cache-prices");
    QTRY_COMPARE(stage.rows("channels.tree"), 1);
    stage.bridge.publish({"demo", {"cache-prices"}, "price.set", R"({"big":18446744073709551615})", {}});
    auto* data = stage.find<QPlainTextEdit>("channels.cache.data");
    QTRY_COMPARE(data->toPlainText(), QStringLiteral("{\n  \"big\": 18446744073709551615\n}"));
    QVERIFY(stage.find<QLabel>("channels.cache.times")->text().contains(QStringLiteral("get it for another")));
}

void OccupancyPagesTest::aChannelWithoutMembersShowsItsSubscribers()
{
    ChannelsStage stage;
    PusherClient client = stage.connect();
    client.join("orders");
    QTRY_COMPARE(stage.rows("channels.tree"), 1);
    QVERIFY(labels(stage.page).contains(QStringLiteral("Only presence- channels have members")));
    stage.click("channels.members.action");
    QTRY_VERIFY(stage.table("channels.subscribers")->isVisible());
}

void OccupancyPagesTest::selectionStaysWhileChannelsComeAndGo()
{
    ChannelsStage stage;
    PusherClient client = stage.connect();
    client.join("m");
    client.join("z");
    QTRY_COMPARE(stage.rows("channels.tree"), 2);
    stage.page.selectChannel("demo", "z");
    client.join("a");
    client.leave("m");
    QTRY_COMPARE(stage.cell("channels.tree", 0, 0), QStringLiteral("a"));
    QTRY_COMPARE(stage.rows("channels.tree"), 2);
    QCOMPARE(stage.table("channels.tree")->currentIndex().row(), 1);
}

void OccupancyPagesTest::theTreeIsUsedByKeys()
{
    ChannelsStage stage;
    PusherClient client = stage.connect();
    for (const char* channel : {"chat.eu", "chat.us", "news"})
        client.join(channel);
    QTRY_COMPARE(stage.rows("channels.tree"), 2);
    QTableView* tree = stage.table("channels.tree");
    tree->selectRow(0);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Right);
    QCOMPARE(tree->model()->rowCount(), 4);
    QTest::keyClick(tree, Qt::Key_Down);
    QTest::keyClick(tree, Qt::Key_Left);
    QCOMPARE(tree->currentIndex().row(), 0);
    QTest::keyClick(tree, Qt::Key_Left);
    QCOMPARE(tree->model()->rowCount(), 2);
    QSignalSpy sent{&stage.page, &ChannelsPage::sendToRequested};
    tree->selectRow(1);
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent[0][1].toString(), QStringLiteral("news"));
}

void OccupancyPagesTest::connectionTellsItsHandshakeAndTraffic()
{
    ConnectionsStage stage;
    QVERIFY(stage.isUp);
    PusherClient client = stage.connect();
    client.join("orders");
    QTRY_COMPARE(stage.rows("connections.table"), 1);
    const auto value = [&](const char* table, const char* name) {
        for (int row = 0; row < stage.rows(table); ++row) {
            if (stage.cell(table, row, 0) == QLatin1String{name})
                return stage.cell(table, row, 1);
        }
        return QString{};
    };
    QTRY_COMPARE(value("connections.handshake", "Protocol"), QStringLiteral("7"));
    QCOMPARE(value("connections.handshake", "Library"), QStringLiteral("pusher-js 8.6.0"));
    QTRY_COMPARE(stage.cell("connections.subscriptions", 0, 0), QStringLiteral("orders"));
    QTRY_COMPARE(stage.rows("connections.timeline"), 2);
    QCOMPARE(value("connections.pings", "Pings by the client"), QStringLiteral("0"));
    client.send("pusher:ping", "{}");
    QTRY_COMPARE(value("connections.pings", "Pings by the client"), QStringLiteral("1"));
}

void OccupancyPagesTest::aClosedConnectionStaysReadable()
{
    ConnectionsStage stage;
    PusherClient stays = stage.connect();
    QTRY_COMPARE(stage.rows("connections.table"), 1);
    PusherClient goes = stage.connect();
    QTRY_COMPARE(stage.rows("connections.table"), 2);
    stage.page.selectConnection("demo", goes.socketId());
    QTRY_VERIFY(stage.rows("connections.handshake") > 5);
    QTest::mouseClick(stage.find<QPushButton>("connections.close"), Qt::LeftButton);
    stage.click("connections.ask.confirm");
    goes.expectEvent("pusher:error");
    goes.expectClose(4100);
    QTRY_COMPARE(stage.rows("connections.table"), 1);
    QVERIFY(!stage.table("connections.table")->currentIndex().isValid());
    QVERIFY(stage.rows("connections.handshake") > 5);
    QVERIFY(!stage.find<QPushButton>("connections.close")->isEnabled());
}

void OccupancyPagesTest::sortingKeepsTheSelection()
{
    ConnectionsPage page;
    const auto snapshot = sampleOccupancy();
    page.resize(1'200, 720);
    page.show();
    page.showSnapshot(snapshot);
    page.selectConnection("demo", "712004.12009");
    auto* table = page.findChild<QTableView*>(QStringLiteral("connections.table"));
    const auto selected = [&] { return table->currentIndex().siblingAtColumn(0).data().toString(); };
    for (int column = 0; column < table->model()->columnCount(); ++column) {
        table->horizontalHeader()->setSortIndicator(column, Qt::AscendingOrder);
        QCOMPARE(selected(), QStringLiteral("712004.12009"));
    }
    page.findChild<QLineEdit*>(QStringLiteral("connections.filter"))->setText(QStringLiteral("carla"));
    QCOMPARE(selected(), QStringLiteral("905511.23004"));
}

void OccupancyPagesTest::followingNamesTheSocket()
{
    ConnectionsPage page;
    SampleOccupancy control{sampleOccupancy()};
    page.setControl(&control);
    page.show();
    page.showSnapshot(sampleOccupancy());
    page.selectConnection("demo", "712004.12009");
    QSignalSpy followed{&page, &ConnectionsPage::followRequested};
    page.followSelected();
    QCOMPARE(followed.size(), 1);
    QCOMPARE(followed[0][0].toString(), QStringLiteral("socket:712004.12009"));
}

void OccupancyPagesTest::emptyStatesSayWhatToDo()
{
    ConnectionsPage page;
    page.show();
    auto snapshot = std::make_shared<engine::Snapshot>();
    page.showSnapshot(snapshot);
    QVERIFY(labels(page).contains(QStringLiteral("The local server is stopped")));
    QSignalSpy started{&page, &ConnectionsPage::startRequested};
    auto* button = page.findChild<QPushButton*>(QStringLiteral("connections.empty.action"));
    button->click();
    QCOMPARE(started.size(), 1);

    snapshot = std::make_shared<engine::Snapshot>();
    snapshot->server.state = engine::ServerState::Running;
    page.showSnapshot(snapshot);
    QVERIFY(labels(page).contains(QStringLiteral("Nobody is connected")));

    page.showSnapshot(sampleOccupancy());
    auto* filter = page.findChild<QLineEdit*>(QStringLiteral("connections.filter"));
    filter->setText(QStringLiteral("no such thing"));
    QVERIFY(labels(page).contains(QStringLiteral("0 of 8 connections match")));
    button->click();
    QCOMPARE(filter->text(), QString{});

    ConnectionsPage remote;
    remote.setRemote();
    remote.show();
    QVERIFY(labels(remote).contains(QStringLiteral("Connections are visible on the embedded server only")));
    QSignalSpy subscriber{&remote, &ConnectionsPage::subscriberRequested};
    remote.findChild<QPushButton*>(QStringLiteral("connections.empty.action"))->click();
    QCOMPARE(subscriber.size(), 1);
}

void OccupancyPagesTest::fiveThousandConnectionsAreFluent()
{
    auto snapshot = sampleOccupancy();
    const engine::ConnectionSnapshot pattern = snapshot->connections.front();
    for (int i = 0; i < 5'000; ++i) {
        snapshot->connections.push_back(pattern);
        snapshot->connections.back().socketId = std::to_string(1'000'000 - i) + ".1";
    }
    ConnectionsPage page;
    page.resize(1'200, 720);
    page.show();
    page.showSnapshot(snapshot);
    auto* table = page.findChild<QTableView*>(QStringLiteral("connections.table"));
    table->verticalScrollBar()->setValue(2'000);
    double worst = 0;
    for (int i = 0; i < 10; ++i) {
        auto next = std::make_shared<engine::Snapshot>(*snapshot);
        next->connections[static_cast<std::size_t>(100 * i)].channels.clear();
        const test::ProcessorTime timer;
        page.showSnapshot(next);
        QApplication::processEvents();
        worst = std::max(worst, timer.elapsed());
    }
    QCOMPARE(table->verticalScrollBar()->value(), 2'000);
    QVERIFY2(worst < 250, qPrintable(QString::number(worst))); // A debug build.
}

void OccupancyPagesTest::everythingThatTakesFocusHasAName()
{
    FakeServer server;
    ChannelsPage channels{server, sampleSettings()};
    ConnectionsPage connections;
    for (const QWidget* page : std::initializer_list<const QWidget*>{&channels, &connections}) {
        for (const QWidget* widget : page->findChildren<QWidget*>()) {
            const bool isOurs = !widget->objectName().startsWith(QStringLiteral("qt_")) && widget->isVisibleTo(page);
            if (isOurs && widget->focusPolicy() != Qt::NoFocus && qobject_cast<const QAbstractButton*>(widget))
                QVERIFY2(!widget->accessibleName().isEmpty() || !widget->isEnabled(), qPrintable(widget->objectName()));
            if (qobject_cast<const QTableView*>(widget))
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
}

QTEST_MAIN(OccupancyPagesTest)
#include "occupancy_pages_test.moc"
