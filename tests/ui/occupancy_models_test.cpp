#include "ui/models/channel_tree.h"
#include "ui/models/channels_model.h"
#include "ui/models/connections_model.h"
#include "ui/models/happenings_model.h"
#include "ui/models/occupancy_words.h"
#include "ui/models/people_models.h"
#include "ui/models/roles.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;

class OccupancyModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesEndTheirPartsWherePeopleExpectIt_data();
    void namesEndTheirPartsWherePeopleExpectIt();
    void channelsThatBeginAlikeAreAGroupWithTotals();
    void aGroupTakesTheLongestBeginning();
    void oneChannelAloneIsNoGroup();
    void anOpenGroupShowsWhatIsInIt();
    void whatWasOpenStaysOpenWhenItSplits();
    void aFilterOpensAllGroups();
    void revealOpensTheGroupsOfAChannel();
    void flatAndTreeHaveTheSameChannels();
    void treeChangesByDifferences();
    void fiveThousandChannelsAreFluent();
    void socketsStandBelowTheirUser();
    void anotherUserInfoIsAConflict();
    void latestHappeningComesFirst();
    void keptHappeningsSlideByDifferences();
    void connectionsAreFoundByWhatTheyTold_data();
    void connectionsAreFoundByWhatTheyTold();
    void connectionsAreSortedBothWays();
    void aSocketWithoutDetailsHasWhatTheSnapshotTells();
};

namespace {

engine::Snapshot snapshotOf(const std::vector<std::string>& names)
{
    engine::Snapshot snapshot;
    for (const std::string& name : names) {
        engine::ChannelSnapshot channel;
        channel.appId = "demo";
        channel.name = name;
        channel.kind = pusher::kindOf(name);
        channel.subscriptions = 2;
        snapshot.channels.push_back(std::move(channel));
    }
    return snapshot;
}

/// "orders.* / 1 / 2" with a blank for each level.
QStringList shown(const ChannelsModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines << QString(model.rowAt(row).level, QLatin1Char{' '}) + model.index(row, 0).data().toString();
    return lines;
}

void open(ChannelsModel& model, const QString& group)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data().toString() == group)
            return model.toggle(row);
    }
    QFAIL("no such group");
}

engine::ConnectionSnapshot connection(const std::string& socket, const std::string& user, const std::string& client,
                                      std::vector<std::string> channels, std::chrono::minutes age)
{
    engine::ConnectionSnapshot result;
    result.appId = "demo";
    result.socketId = socket;
    result.userId = user;
    result.client = client;
    result.peer = "127.0.0.1:5" + socket.substr(0, 1);
    result.channels = std::move(channels);
    result.since = WallTime{} + 24h - age;
    return result;
}

std::shared_ptr<const engine::Snapshot> connectionsOf()
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->connections = {connection("3.1", "ben", "js 8.6.0", {"news", "orders"}, 30min),
                             connection("1.1", "ana", "js 8.4.0", {"orders"}, 10min),
                             connection("2.1", "", "swift 10.1.5", {}, 20min)};
    return snapshot;
}

QStringList column(const QAbstractItemModel& model, int at)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, at).data().toString();
    return texts;
}

engine::Happening happening(int second, const char* event)
{
    engine::Happening result;
    result.kind = engine::EventKind::ApiMessage;
    result.at = WallTime{} + std::chrono::seconds{second};
    result.event = event;
    return result;
}

} // namespace

void OccupancyModelsTest::namesEndTheirPartsWherePeopleExpectIt_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("beginnings");
    const auto row = [](const char* name, const QStringList& beginnings) {
        QTest::newRow(name) << QString::fromLatin1(name) << beginnings;
    };
    row("news", {});
    row("orders.7", {"orders."});
    row("private-orders.7", {"private-orders."});
    row("private-App.Models.User.7", {"private-App.", "private-App.Models.", "private-App.Models.User."});
    row("chat:room/4", {"chat:", "chat:room/"});
    row("room-17", {"room-"});
    row("presence-room-17", {"presence-room-"});
    row("user-profile", {});
    row("private-encrypted-cache-x.1", {"private-encrypted-cache-x."});
    row("ends.", {});
    row(".begins", {});
    row("a..b", {"a."});
    row("private-", {});
    row("", {});
}

void OccupancyModelsTest::namesEndTheirPartsWherePeopleExpectIt()
{
    QFETCH(QString, name);
    const std::string text = name.toStdString();
    QStringList found;
    for (std::size_t end = nextPart(text, 0); end != std::string::npos; end = nextPart(text, end)) {
        found << QString::fromStdString(text.substr(0, end));
        QVERIFY(found.size() < 10);
    }
    QTEST(found, "beginnings");
}

void OccupancyModelsTest::channelsThatBeginAlikeAreAGroupWithTotals()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"news", "orders.1", "orders.2", "orders.3"}));
    QCOMPARE(shown(model), (QStringList{"news", "orders.*"}));
    QCOMPARE(model.index(1, ChannelsModel::Kind).data().toString(), QStringLiteral("3 channels"));
    QCOMPARE(model.index(1, ChannelsModel::Subscribers).data().toString(), QStringLiteral("6"));
    QCOMPARE(model.total(), 4U);
}

void OccupancyModelsTest::aGroupTakesTheLongestBeginning()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"private-App.Models.User.1", "private-App.Models.User.2"}));
    QCOMPARE(shown(model), (QStringList{"private-App.Models.User.*"}));
}

void OccupancyModelsTest::oneChannelAloneIsNoGroup()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"orders.", "orders", "orders.1", "orders.2", "private-orders.1"}));
    open(model, QStringLiteral("orders.*"));
    QCOMPARE(shown(model), (QStringList{"orders", "orders.", "orders.*", " 1", " 2", "private-orders.1"}));
}

void OccupancyModelsTest::anOpenGroupShowsWhatIsInIt()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"chat.eu.berlin", "chat.eu.paris", "chat.us.boston", "zoo"}));
    open(model, QStringLiteral("chat.*"));
    QCOMPARE(shown(model), (QStringList{"chat.*", " eu.*", " us.boston", "zoo"}));
    open(model, QStringLiteral("eu.*"));
    QCOMPARE(shown(model), (QStringList{"chat.*", " eu.*", "  berlin", "  paris", " us.boston", "zoo"}));
    QCOMPARE(model.index(2, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("chat.eu.berlin"));
    QVERIFY(model.index(0, 0).data(ExpanderRole).toBool());
    open(model, QStringLiteral("chat.*"));
    QCOMPARE(shown(model), (QStringList{"chat.*", "zoo"}));
}

void OccupancyModelsTest::whatWasOpenStaysOpenWhenItSplits()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"chat.eu.berlin", "chat.eu.paris"}));
    open(model, QStringLiteral("chat.eu.*"));
    model.setSnapshot(snapshotOf({"chat.eu.berlin", "chat.eu.paris", "chat.us.boston"}));
    QCOMPARE(shown(model), (QStringList{"chat.*", " eu.*", "  berlin", "  paris", " us.boston"}));
}

void OccupancyModelsTest::aFilterOpensAllGroups()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"orders.11", "orders.12", "orders.2"}));
    model.setFilter(QStringLiteral("ORDERS.1"));
    QCOMPARE(shown(model), (QStringList{"orders.*", " 11", " 12"}));
    model.setFilter({});
    QCOMPARE(shown(model), (QStringList{"orders.*"}));
}

void OccupancyModelsTest::revealOpensTheGroupsOfAChannel()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"chat.eu.berlin", "chat.eu.paris", "chat.us.boston"}));
    QCOMPARE(model.reveal("demo", "chat.eu.paris"), 3);
    QCOMPARE(model.reveal("demo", "chat.eu.rome"), -1);
    QCOMPARE(model.reveal("other", "chat.eu.paris"), -1);
}

void OccupancyModelsTest::flatAndTreeHaveTheSameChannels()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"orders.1", "orders.2", "zoo"}));
    model.setTree(false);
    QCOMPARE(shown(model), (QStringList{"orders.1", "orders.2", "zoo"}));
    QVERIFY(!model.index(0, 0).data(IndentRole).isValid());
    model.setTree(true);
    QCOMPARE(shown(model), (QStringList{"orders.*", "zoo"}));
}

void OccupancyModelsTest::treeChangesByDifferences()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({"orders.1", "orders.2", "zoo"}));
    open(model, QStringLiteral("orders.*"));
    const QPersistentModelIndex two = model.index(2, 0);
    const QPersistentModelIndex zoo = model.index(3, 0);
    QSignalSpy reset{&model, &QAbstractItemModel::modelReset};
    model.setSnapshot(snapshotOf({"news", "orders.2", "orders.3", "zoo"}));
    QCOMPARE(two.data().toString(), QStringLiteral("2"));
    QCOMPARE(zoo.data().toString(), QStringLiteral("zoo"));
    model.setSnapshot({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0);
}

void OccupancyModelsTest::fiveThousandChannelsAreFluent()
{
    std::vector<std::string> names;
    for (int i = 0; i < 5'000; ++i)
        names.push_back("private-orders." + std::to_string(i / 50) + ".item-" + std::to_string(i));
    ChannelsModel model;
    engine::Snapshot snapshot = snapshotOf(names);
    model.setSnapshot(snapshot);
    QCOMPARE(model.rowCount(), 1);
    model.setTree(false);
    QElapsedTimer timer;
    timer.start();
    constexpr int updates = 20;
    for (int i = 0; i < updates; ++i) {
        for (std::size_t at = static_cast<std::size_t>(i); at < snapshot.channels.size(); at += 10)
            ++snapshot.channels[at].subscriptions;
        model.setSnapshot(snapshot);
    }
    QVERIFY2(timer.elapsed() < updates * 100, qPrintable(QString::number(timer.elapsed())));
}

void OccupancyModelsTest::socketsStandBelowTheirUser()
{
    engine::MemberDetails ben{.userId = "ben", .userInfo = "{}", .sockets = {}, .otherInfos = {}};
    engine::MemberDetails ana{.userId = "ana", .userInfo = R"({"name":"Ana"})", .sockets = {}, .otherInfos = {}};
    for (const char* socket : {"9.1", "2.1"}) {
        ana.sockets.emplace_back();
        ana.sockets.back().socketId = socket;
    }
    MembersModel model;
    const QAbstractItemModelTester tester{&model};
    model.setMembers({ben, ana});
    QCOMPARE(column(model, MembersModel::Who), (QStringList{"ana", "9.1", "2.1", "ben"}));
    QCOMPARE(model.usersWithSeveralSockets(), 1U);
    QCOMPARE(model.usersInConflict(), 0U);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("ana, 2 sockets"));
    model.setMembers({ben});
    QCOMPARE(column(model, MembersModel::Who), (QStringList{"ben"}));
}

void OccupancyModelsTest::anotherUserInfoIsAConflict()
{
    engine::MemberDetails one{.userId = "1", .userInfo = R"({"name":"Ana"})", .sockets = {}, .otherInfos = {}};
    one.sockets.resize(2);
    one.sockets[0].socketId = "1.1";
    one.sockets[1].socketId = "2.2";
    one.otherInfos = {{"2.2", R"({"name":"Bo"})"}};
    MembersModel model;
    const QAbstractItemModelTester tester{&model};
    model.setMembers({one});
    QCOMPARE(model.usersInConflict(), 1U);
    QVERIFY(model.index(2, MembersModel::Info).data().toString().contains(QStringLiteral("Bo")));
    QCOMPARE(model.index(2, MembersModel::Info).data(IconRole).toString(), QStringLiteral("warning"));
}

void OccupancyModelsTest::latestHappeningComesFirst()
{
    HappeningsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setHappenings({happening(1, "a"), happening(2, "b"), happening(2, "c")});
    QCOMPARE(column(model, HappeningsModel::Event), (QStringList{"c", "b", "a"}));
}

void OccupancyModelsTest::keptHappeningsSlideByDifferences()
{
    HappeningsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setHappenings({happening(1, "a"), happening(2, "b"), happening(3, "c")});
    const QPersistentModelIndex b = model.index(1, HappeningsModel::Event);
    model.setHappenings({happening(2, "b"), happening(3, "c"), happening(4, "d")});
    QCOMPARE(b.row(), 2);
    QCOMPARE(b.data().toString(), QStringLiteral("b"));
}

void OccupancyModelsTest::connectionsAreFoundByWhatTheyTold_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("sockets");
    QTest::newRow("nothing") << QString{} << QStringList{"1.1", "2.1", "3.1"};
    QTest::newRow("socket") << QStringLiteral("3.1") << QStringList{"3.1"};
    QTest::newRow("user, in any case") << QStringLiteral("ANA") << QStringList{"1.1"};
    QTest::newRow("client") << QStringLiteral("js 8") << QStringList{"1.1", "3.1"};
    QTest::newRow("channel") << QStringLiteral("orders") << QStringList{"1.1", "3.1"};
    QTest::newRow("address") << QStringLiteral(":52") << QStringList{"2.1"};
    QTest::newRow("not across two texts") << QStringLiteral("newsorders") << QStringList{};
}

void OccupancyModelsTest::connectionsAreFoundByWhatTheyTold()
{
    QFETCH(QString, filter);
    ConnectionsModel model;
    const QAbstractItemModelTester tester{&model};
    model.sortBy(ConnectionsModel::Socket, Qt::AscendingOrder);
    model.setSnapshot(connectionsOf());
    model.setFilter(filter);
    QTEST(column(model, ConnectionsModel::Socket), "sockets");
    QCOMPARE(model.total(), 3U);
}

void OccupancyModelsTest::connectionsAreSortedBothWays()
{
    ConnectionsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(connectionsOf());
    QCOMPARE(column(model, ConnectionsModel::Socket), (QStringList{"1.1", "2.1", "3.1"})); // The latest first.
    model.sortBy(ConnectionsModel::User, Qt::AscendingOrder);
    QCOMPARE(column(model, ConnectionsModel::User), (QStringList{"", "ana", "ben"}));
    model.sortBy(ConnectionsModel::User, Qt::DescendingOrder);
    QCOMPARE(column(model, ConnectionsModel::User), (QStringList{"ben", "ana", ""}));
    model.sortBy(ConnectionsModel::Channels, Qt::DescendingOrder);
    QCOMPARE(column(model, ConnectionsModel::Channels), (QStringList{"2", "1", "0"}));
}

void OccupancyModelsTest::aSocketWithoutDetailsHasWhatTheSnapshotTells()
{
    const engine::ConnectionDetails details = detailsFrom(connectionsOf()->connections[0]);
    QCOMPARE(details.subscriptions.size(), 2U);
    const std::vector<FactRow> facts = handshakeFacts(details);
    const auto hasFact = [&](const QString& name, const QString& value) {
        return std::ranges::any_of(facts,
                                   [&](const FactRow& fact) { return fact.name == name && fact.value == value; });
    };
    QVERIFY(hasFact(QStringLiteral("Library"), QStringLiteral("pusher-js 8.6.0")));
    QVERIFY(hasFact(QStringLiteral("Signed in as"), QStringLiteral("ben")));
    QVERIFY(std::ranges::none_of(facts, [](const FactRow& fact) { return fact.name == QStringLiteral("Path"); }));
}

QTEST_MAIN(OccupancyModelsTest)
#include "occupancy_models_test.moc"
