#include "ui/models/remote_channels.h"

#include "core/base/json.h"
#include "core/remote/driver_transport.h"
#include "core/remote/http_thread.h"
#include "tests/support/engine_fixture.h"
#include "tests/ui/fake_server.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/models/channels_model.h"
#include "ui/models/remote_members.h"
#include "ui/models/remote_words.h"
#include "ui/pages/channels_page.h"
#include "ui/text/shown_text.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;
using broadcast::Code;

/// Channels and members of engines elsewhere: when they are asked for, and how what came back is shown.
class RemoteChannelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAskedWhileNobodyLooks();
    void itAsksAgainOnlyAfterTheAnswer();
    void aHangingConnectionHoldsUpNoOther();
    void theFilterGoesToTheEngine();
    void anAnswerToAnOldFilterIsNotShown();
    void anEngineThatTakesNoPrefixIsFilteredHere();
    void aboveTenThousandItStopsByItself();
    void whatWillNotChangeIsAskedOnce_data();
    void whatWillNotChangeIsAskedOnce();
    void membersAreOfTheSelectedChannel();
    void aPusherServerIsAskedOnlyForMembersOfPresenceChannels();
    void whoListensIsNotToldWhatWasAskedBefore();

    void countsThatNobodyToldAreEmpty();
    void membersAreGroupedByUser();
    void refusalsReadAsStates_data();
    void refusalsReadAsStates();

    void thePickerIsThereForOtherEngines_data();
    void thePickerIsThereForOtherEngines();
    void thePageShowsListAndDetail();
    void thePageSaysWhyThereIsNothing();
    void foreignTextIsOnlyText();

    void theBridgeAsksARealServer();
    void anUnknownConnectionIsAnswered();
};

namespace {

constexpr auto soon = 20ms;

ConnectionChoice choice(const std::string& name, const std::string& driver)
{
    return {.name = name, .driver = driver, .text = toQt(name), .note = {}};
}

const ConnectionChoice chat = choice("chat", "centrifugo");
const ConnectionChoice eu = choice("eu", "pusher");

ChannelListing channels(const std::vector<std::string>& names)
{
    ChannelListing listing;
    for (const std::string& name : names)
        listing.items.push_back({.name = name, .connections = 3, .users = {}});
    return listing;
}

/// The controller with a control that remembers; `answer` answers the latest question.
struct Fixture {
    test::FakeServer control;
    RemoteChannels remote{control, soon};

    explicit Fixture(const ConnectionChoice& chosen = chat)
    {
        remote.setActive(true);
        remote.choose(chosen);
    }
    void answer(ChannelListing listing) { remote.takeChannels(1'000 + asked(), std::move(listing)); }
    void answerMembers(MemberListing listing)
    {
        remote.takeMembers(2'000 + control.memberQuestions.size(), std::move(listing));
    }
    std::size_t asked() const { return control.channelQuestions.size(); }
    std::string prefix() const { return control.channelQuestions.back().second; }
    int rows() const { return remote.channels()->rowCount(); }
};

/// Long enough for a question that must not come: many times the interval of the fixture.
void letTimersRun()
{
    QTest::qWait(8 * static_cast<int>(soon.count()));
}

broadcast::ConnectionsConfig configOf(std::initializer_list<const char*> drivers)
{
    broadcast::ConnectionsConfig config;
    for (const char* driver : drivers)
        config.connections.push_back({driver, {{"driver", json::toString(driver)}}});
    return config;
}

WindowSettings settingsWith(broadcast::ConnectionsConfig config)
{
    WindowSettings settings = test::sampleSettings();
    settings.connections = std::move(config);
    return settings;
}

QStringList texts(const QWidget& widget)
{
    QStringList texts;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisibleTo(&widget))
            texts << label->text();
    }
    return texts;
}

class Recorder : public ServerView {
public:
    void showSnapshot(std::shared_ptr<const engine::Snapshot>) override {}
    void addEvents(std::vector<engine::Event>, std::size_t) override {}
    void showOutcome(const engine::PublishOutcome&) override {}
    void showReport(std::uint64_t, const broadcast::Report&) override {}
    void showChannels(std::uint64_t id, ChannelListing listing) override { channels.emplace_back(id, listing); }
    void showMembers(std::uint64_t id, MemberListing listing) override { members.emplace_back(id, listing); }
    void addDecisions(std::vector<engine::Decision>, std::size_t) override {}
    void showVerdict(const engine::AuthorizationVerdict&) override {}

    std::vector<std::pair<std::uint64_t, ChannelListing>> channels;
    std::vector<std::pair<std::uint64_t, MemberListing>> members;
};

} // namespace

void RemoteChannelsTest::nothingIsAskedWhileNobodyLooks()
{
    test::FakeServer control;
    RemoteChannels remote{control, soon};
    remote.choose(chat);
    QVERIFY(control.channelQuestions.empty());
    remote.setActive(true);
    QCOMPARE(control.channelQuestions.size(), std::size_t{1});
    remote.setActive(false);
    remote.takeChannels(1'001, channels({"a"}));
    QCOMPARE(remote.channels()->rowCount(), 0);
    remote.setPrefix("b");
    letTimersRun();
    QCOMPARE(control.channelQuestions.size(), std::size_t{1});
    remote.setActive(true);
    remote.leave();
    remote.takeChannels(1'002, channels({"a"}));
    letTimersRun();
    QCOMPARE(control.channelQuestions.size(), std::size_t{2});
}

void RemoteChannelsTest::itAsksAgainOnlyAfterTheAnswer()
{
    Fixture fixture;
    fixture.remote.refresh();
    letTimersRun();
    QCOMPARE(fixture.asked(), std::size_t{1});
    fixture.answer(channels({"b", "a"}));
    QCOMPARE(fixture.asked(), std::size_t{1});
    QCOMPARE(fixture.remote.channels()->rowAt(0).channel.name, std::string{"a"});
    QTRY_COMPARE(fixture.asked(), std::size_t{2});
}

void RemoteChannelsTest::aHangingConnectionHoldsUpNoOther()
{
    Fixture fixture;
    fixture.remote.choose(eu);
    QCOMPARE(fixture.control.channelQuestions.back().first, std::string{"eu"});
    fixture.remote.choose(chat); // Its first question is still under way.
    QCOMPARE(fixture.asked(), std::size_t{2});
    fixture.remote.takeChannels(1'002, channels({"of-eu"}));
    QCOMPARE(fixture.rows(), 0);
    fixture.remote.takeChannels(1'001, channels({"of-chat"}));
    QCOMPARE(fixture.remote.channels()->rowAt(0).channel.name, std::string{"of-chat"});
}

void RemoteChannelsTest::theFilterGoesToTheEngine()
{
    Fixture fixture;
    fixture.answer(channels({"a", "b"}));
    for (const char* const typed : {"c", "ch", "cha"})
        fixture.remote.setPrefix(typed);
    QTRY_COMPARE(fixture.asked(), std::size_t{2}); // Once for all three letters.
    QCOMPARE(fixture.prefix(), std::string{"cha"});
}

void RemoteChannelsTest::anAnswerToAnOldFilterIsNotShown()
{
    Fixture fixture;
    fixture.remote.setPrefix("b");
    fixture.answer(channels({"a"}));
    QCOMPARE(fixture.rows(), 0);
    QCOMPARE(fixture.prefix(), std::string{"b"});
    fixture.answer(channels({"b1"}));
    QCOMPARE(fixture.rows(), 1);
}

void RemoteChannelsTest::anEngineThatTakesNoPrefixIsFilteredHere()
{
    Fixture fixture;
    fixture.remote.setPrefix("b");
    fixture.answer({});
    fixture.answer(channels({"a", "b1", "ab"}));
    QCOMPARE(fixture.rows(), 1);
    fixture.remote.setPrefix("*b*"); // A pattern is the engine's to understand.
    QTRY_COMPARE(fixture.prefix(), std::string{"*b*"});
    fixture.answer(channels({"b1", "ab"}));
    QCOMPARE(fixture.rows(), 2);
}

void RemoteChannelsTest::aboveTenThousandItStopsByItself()
{
    ChannelListing many;
    for (std::size_t i = 0; i <= maxListed; ++i)
        many.items.push_back({.name = std::to_string(i), .connections = 1, .users = {}});
    Fixture fixture;
    fixture.answer(many);
    QVERIFY(fixture.remote.channelsKnown().hasMore);
    QCOMPARE(fixture.rows(), static_cast<int>(maxListed));
    letTimersRun();
    QCOMPARE(fixture.asked(), std::size_t{1});
    fixture.remote.setPrefix("99");
    QTRY_COMPARE(fixture.asked(), std::size_t{2});
    fixture.answer(channels({"991"}));
    QVERIFY(!fixture.remote.channelsKnown().hasMore);
    QTRY_COMPARE(fixture.asked(), std::size_t{3});
}

void RemoteChannelsTest::whatWillNotChangeIsAskedOnce_data()
{
    QTest::addColumn<Code>("code");
    QTest::addColumn<bool>("isAskedAgain");
    QTest::newRow("not supported") << Code::NotSupported << false;
    QTest::newRow("unauthorized") << Code::Unauthorized << false;
    QTest::newRow("bad option") << Code::BadOption << false;
    QTest::newRow("unreachable") << Code::Unreachable << true;
    QTest::newRow("timeout") << Code::Timeout << true;
}

void RemoteChannelsTest::whatWillNotChangeIsAskedOnce()
{
    QFETCH(Code, code);
    QFETCH(bool, isAskedAgain);
    Fixture fixture;
    fixture.answer({.failure = {code, "why"}, .items = {}});
    QCOMPARE(fixture.remote.channelsKnown().answer, RemoteChannels::Answer::Failed);
    if (isAskedAgain) {
        QTRY_COMPARE(fixture.asked(), std::size_t{2});
        return;
    }
    letTimersRun();
    QCOMPARE(fixture.asked(), std::size_t{1});
    fixture.remote.refresh();
    QCOMPARE(fixture.asked(), std::size_t{2});
}

void RemoteChannelsTest::membersAreOfTheSelectedChannel()
{
    Fixture fixture;
    fixture.answer(channels({"a", "b"}));
    fixture.remote.selectChannel("a");
    fixture.remote.selectChannel("b"); // While the question of a is under way.
    QCOMPARE(fixture.control.memberQuestions.size(), std::size_t{1});
    fixture.answerMembers({.failure = {}, .items = {{"ana", "", 1}}});
    QCOMPARE(fixture.remote.members()->rowCount(), 0);
    QCOMPARE(fixture.control.memberQuestions.back().second, std::string{"b"});
    fixture.answerMembers({.failure = {}, .items = {{"ben", "", 1}}});
    QCOMPARE(fixture.remote.members()->rowAt(0).id, std::string{"ben"});

    QTRY_COMPARE(fixture.asked(), std::size_t{2});
    fixture.answer(channels({"a", "b"}));
    QCOMPARE(fixture.control.memberQuestions.size(), std::size_t{3}); // Refreshed with the list.
    fixture.answerMembers({.failure = {Code::NotSupported, "108"}, .items = {}});
    QTRY_COMPARE(fixture.asked(), std::size_t{3});
    fixture.answer(channels({"a", "b"}));
    QCOMPARE(fixture.control.memberQuestions.size(), std::size_t{3});
}

void RemoteChannelsTest::aPusherServerIsAskedOnlyForMembersOfPresenceChannels()
{
    Fixture fixture{eu};
    fixture.answer(channels({"news", "presence-room"}));
    fixture.remote.selectChannel("news");
    QVERIFY(fixture.control.memberQuestions.empty());
    QVERIFY(!fixture.remote.mayHaveMembers());
    fixture.remote.selectChannel("presence-room");
    QCOMPARE(fixture.control.memberQuestions.size(), std::size_t{1});
}

void RemoteChannelsTest::whoListensIsNotToldWhatWasAskedBefore()
{
    Fixture fixture{eu};
    fixture.remote.setWatched({"presence-room"}); // Not joined yet: the server is asked.
    fixture.remote.selectChannel("presence-room");
    QCOMPARE(fixture.control.memberQuestions.size(), std::size_t{1});
    fixture.remote.setWatched({"presence-room"}); // Joined.
    fixture.answerMembers({.failure = {Code::NotSupported, "404"}, .items = {}});
    QCOMPARE(fixture.control.memberQuestions.size(), std::size_t{2});
    fixture.answerMembers({.failure = {}, .items = {{"ana", "", 1}}});
    QCOMPARE(fixture.remote.members()->rowCount(), 1);
}

void RemoteChannelsTest::countsThatNobodyToldAreEmpty()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setChannels(
        {{.appId = {}, .name = "b", .subscriptions = 0}, {.appId = {}, .name = "a"}, {.appId = {}, .name = "a"}});
    QCOMPARE(model.rowCount(), 2);
    const auto shown = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(shown(0, ChannelsModel::Subscribers), QString{});
    QCOMPARE(shown(1, ChannelsModel::Subscribers), QStringLiteral("0"));
    QCOMPARE(shown(1, ChannelsModel::Members), QString{});
    QVERIFY(model.tells(ChannelsModel::Subscribers));
    QVERIFY(!model.tells(ChannelsModel::Members));
}

void RemoteChannelsTest::membersAreGroupedByUser()
{
    RemoteMembersModel model;
    const QAbstractItemModelTester tester{&model};
    model.setMembers({{"ben", "", 0}, {"ana", "", 1}, {"ana", R"({"n":1})", 2}, {"", "", 4}});
    QCOMPARE(model.rowCount(), 3);
    const auto shown = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(shown(0, RemoteMembersModel::User), QStringLiteral("(no name)"));
    QCOMPARE(shown(1, RemoteMembersModel::Connections), QStringLiteral("3"));
    QCOMPARE(shown(1, RemoteMembersModel::Info), QStringLiteral(R"({"n":1})"));
    QCOMPARE(shown(2, RemoteMembersModel::Connections), QString{});
}

void RemoteChannelsTest::refusalsReadAsStates_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<Code>("code");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("channels");
    QTest::addColumn<QString>("members");
    QTest::newRow("not supported") << "redis" << Code::NotSupported << "no listing"
                                   << "This connection does not list channels | Asked c for its channels. What came "
                                      "back: not supported (no listing)."
                                   << "This connection does not list members | Asked c who is in %2x. What came back: "
                                      "not supported (no listing).";
    QTest::newRow("404")
        << "pusher" << Code::NotSupported << "GET /apps/1/channels answered 404"
        << "This server does not list channels | GET /apps/1/channels answered 404. Either this server "
           "does not offer that, or the app id or the path of the connection is another."
        << "This server does not list members | GET /apps/1/channels answered 404. Either this server "
           "does not offer that, or the app id or the path of the connection is another.";
    QTest::newRow("108") << "centrifugo" << Code::NotSupported << "108 not available"
                         << "This connection does not list channels | Asked c for its channels. What came back: not "
                            "supported (108 not available)."
                         << "Presence is off for this namespace | Asked c who is in %2x. What came back: not "
                            "supported (108 not available).";
    QTest::newRow("401") << "pusher" << Code::Unauthorized << "wrong"
                         << "This connection may not list channels | Asked c for its channels. What came back: 401 "
                            "unauthorized (wrong). Check key and secret, or the API key, of the connection."
                         << "This connection may not list members | Asked c who is in %2x. What came back: 401 "
                            "unauthorized (wrong). Check key and secret, or the API key, of the connection.";
    QTest::newRow("bad option") << "pusher" << Code::BadOption << "option port: not a number"
                                << "This connection cannot be used | option port: not a number. Mend the connection in "
                                   "broadcasting.json."
                                << "This connection cannot be used | option port: not a number. Mend the connection in "
                                   "broadcasting.json.";
    QTest::newRow("timeout")
        << "redis" << Code::Timeout << "5 s"
        << "The server cannot be reached | Asked c for its channels. What came back: timeout (5 s)."
        << "The server cannot be reached | Asked c who is in %2x. What came back: timeout (5 s).";
}

void RemoteChannelsTest::refusalsReadAsStates()
{
    QFETCH(QString, driver);
    QFETCH(Code, code);
    QFETCH(QString, text);
    const auto joined = [](const RemoteWords& words) { return words.title + QStringLiteral(" | ") + words.sentence; };
    const broadcast::Failure failure{code, toStd(text)};
    QTEST(joined(channelsWords("c", toStd(driver), failure)), "channels");
    QTEST(joined(membersWords("c", toStd(driver), "%2x", failure)), "members"); // No place of the sentence.
}

void RemoteChannelsTest::thePickerIsThereForOtherEngines_data()
{
    QTest::addColumn<QStringList>("drivers");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("nothing") << QStringList{} << false;
    QTest::newRow("local, null and log") << QStringList{"local", "null", "log"} << false;
    QTest::newRow("redis") << QStringList{"local", "redis"} << true;
}

void RemoteChannelsTest::thePickerIsThereForOtherEngines()
{
    QFETCH(QStringList, drivers);
    broadcast::ConnectionsConfig config;
    for (const QString& driver : drivers)
        config.connections.push_back({toStd(driver), {{"driver", json::toString(toStd(driver))}}});
    test::FakeServer server;
    ChannelsPage page{server, settingsWith(config)};
    page.show();
    page.showSnapshot(test::runningSnapshot());
    QTEST(page.findChild<QComboBox*>(QStringLiteral("channels.connection"))->isVisible(), "isThere");
    QVERIFY(page.findChild<QTableView*>(QStringLiteral("channels.tree"))->isVisible()); // Of this server.
    QVERIFY(server.channelQuestions.empty());
}

void RemoteChannelsTest::thePageShowsListAndDetail()
{
    test::FakeServer server;
    ChannelsPage page{server, settingsWith(configOf({"local", "centrifugo"}))};
    page.showSnapshot(test::runningSnapshot());
    page.setConnection(QStringLiteral("centrifugo"));
    QVERIFY(server.channelQuestions.empty());
    page.show();
    QCOMPARE(server.channelQuestions.size(), std::size_t{1});
    QVERIFY(texts(page).contains(QStringLiteral("Asking centrifugo for its channels")));
    page.showChannels(1'001, channels({"chat:1", "news"}));
    QCOMPARE(server.memberQuestions.back().second, std::string{"chat:1"}); // Selected by itself.
    page.showMembers(2'001, {.failure = {}, .items = {{"ana", "", 2}, {"ben", "", 1}}});
    QVERIFY(texts(page).contains(QStringLiteral("2 occupied")));
    QVERIFY(page.findChild<QTableView*>(QStringLiteral("channels.remote.members"))->isVisible());
    page.showSnapshot(test::runningSnapshot()); // Of the embedded server, which is not shown.
    QVERIFY(texts(page).contains(QStringLiteral("2 occupied")));
    QVERIFY(page.findChild<QTableView*>(QStringLiteral("channels.remote.tree"))->isVisible());

    QString sent;
    connect(&page, &ChannelsPage::sendThroughRequested, &page,
            [&](const QString& connection, const QString& channel) { sent = connection + QLatin1Char{' '} + channel; });
    page.findChild<QPushButton*>(QStringLiteral("channels.remote.sendto"))->click();
    QCOMPARE(sent, QStringLiteral("centrifugo chat:1"));

    page.setConnection(QStringLiteral("local"));
    QVERIFY(page.findChild<QTableView*>(QStringLiteral("channels.tree"))->isVisible());
    QVERIFY(!page.findChild<QWidget*>(QStringLiteral("channels.remote.detail"))->isVisible());
}

void RemoteChannelsTest::thePageSaysWhyThereIsNothing()
{
    test::FakeServer server;
    ChannelsPage page{server, settingsWith(configOf({"webhook"}))};
    page.show();
    page.setConnection(QStringLiteral("webhook"));
    page.showChannels(1'001, {.failure = {Code::NotSupported, "no listing"}, .items = {}});
    QVERIFY(texts(page).contains(QStringLiteral("This connection does not list channels")));
    QVERIFY(!page.findChild<QWidget*>(QStringLiteral("channels.remote.detail"))->isVisible());
    page.findChild<QPushButton*>(QStringLiteral("channels.remote.empty.action"))->click();
    QCOMPARE(server.channelQuestions.size(), std::size_t{2});

    ChannelListing many;
    for (std::size_t i = 0; i <= maxListed; ++i)
        many.items.push_back({.name = std::to_string(i), .connections = {}, .users = {}});
    page.showChannels(1'002, many);
    const auto* note = page.findChild<QLabel*>(QStringLiteral("channels.remote.note"));
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains(QStringLiteral("More than 10,000")));

    auto* filter = page.findChild<QLineEdit*>(QStringLiteral("channels.filter"));
    filter->setText(QStringLiteral(" zz "));
    QTRY_COMPARE(server.channelQuestions.size(), std::size_t{3});
    QCOMPARE(server.channelQuestions.back().second, std::string{"zz"});
    page.showChannels(1'003, {});
    QVERIFY(!note->isVisible());
    QVERIFY(texts(page).contains(QStringLiteral("No channel matches")));
    page.findChild<QPushButton*>(QStringLiteral("channels.remote.empty.action"))->click();
    QCOMPARE(filter->text(), QString{});
}

void RemoteChannelsTest::foreignTextIsOnlyText()
{
    test::FakeServer server;
    ChannelsPage page{server, settingsWith(configOf({"centrifugo"}))};
    page.show();
    page.setConnection(QStringLiteral("centrifugo"));
    page.showChannels(1'001, channels({"<b>x</b>\u202e"}));
    page.showMembers(2'001, {.failure = {Code::Rejected, "<i>no</i>\n"}, .items = {}});
    for (const QLabel* label : page.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(!texts(page).filter(QStringLiteral("<i>no</i>\\n")).isEmpty());
    const auto* table = page.findChild<QTableView*>(QStringLiteral("channels.remote.tree"));
    QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("<b>x</b>\\u202e"));
}

void RemoteChannelsTest::theBridgeAsksARealServer()
{
    test::EngineFixture server;
    auto ana = server.connect();
    ana.join("presence-room", R"({"user_id":"ana"})");
    ana.join("news");
    broadcast::ConnectionsConfig config;
    config.connections = {{"here",
                           {{"driver", R"("pusher")"},
                            {"app_id", json::toString(server.app().id)},
                            {"key", json::toString(server.app().key)},
                            {"secret", json::toString(server.app().secret)},
                            {"host", R"("127.0.0.1")"},
                            {"port", std::to_string(server.port())},
                            {"ssl", "false"}}},
                          {"null", {{"driver", R"("null")"}}}};
    const remote::HttpThread http;
    broadcast::Services services;
    services.http = remote::driverTransport(http);
    ConnectionsBridge bridge{config, services};
    Recorder view;
    bridge.setView(&view);

    const std::uint64_t all = bridge.listChannels("here", {});
    const std::uint64_t room = bridge.listMembers("here", "presence-room");
    QTRY_VERIFY(view.channels.size() == 1 && view.members.size() == 1);
    QCOMPARE(view.channels[0].first, all);
    QCOMPARE(view.channels[0].second.items.size(), std::size_t{2});
    QCOMPARE(view.members[0].first, room);
    QCOMPARE(view.members[0].second.items.at(0).id, std::string{"ana"});

    bridge.listChannels("here", "new");
    bridge.listChannels("null", {});
    QTRY_COMPARE(view.channels.size(), std::size_t{3});
    const auto isPrefixed = [](const auto& answer) {
        return answer.second.items.size() == 1 && answer.second.items[0].name == "news";
    };
    QVERIFY(std::ranges::any_of(view.channels, isPrefixed));
    const auto isUnable = [](const auto& answer) { return answer.second.failure.code == Code::NotSupported; };
    QVERIFY(std::ranges::any_of(view.channels, isUnable));
}

void RemoteChannelsTest::anUnknownConnectionIsAnswered()
{
    ConnectionsBridge bridge{{}, {}};
    Recorder view;
    bridge.setView(&view);
    bridge.listChannels("nowhere", {});
    bridge.listMembers("nowhere", "a");
    QTRY_VERIFY(view.channels.size() == 1 && view.members.size() == 1);
    QCOMPARE(view.channels[0].second.failure.code, Code::UnknownConnection);
    QCOMPARE(view.members[0].second.failure.code, Code::UnknownConnection);
}

QTEST_MAIN(RemoteChannelsTest)
#include "remote_channels_test.moc"
