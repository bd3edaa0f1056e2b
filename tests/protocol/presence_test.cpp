#include "tests/support/engine_fixture.h"

#include <QStringList>
#include <QTest>

#include <set>

using namespace castdeck;
using namespace castdeck::test;

using Ids = std::set<std::string>;

namespace {

constexpr auto succeeded = "pusher_internal:subscription_succeeded";
constexpr auto added = "pusher_internal:member_added";
constexpr auto removed = "pusher_internal:member_removed";
constexpr auto room = "presence-room";

/// An empty one when the message has none.
nlohmann::json presenceOf(const Message& message)
{
    const nlohmann::json data = message.payload();
    return data.is_object() && data.contains("presence")
               ? data["presence"]
               : nlohmann::json{{"ids", Ids{}}, {"hash", nlohmann::json::object()}, {"count", 0}};
}

Ids idsOf(const Message& message)
{
    const auto presence = presenceOf(message);
    return presence["ids"].get<Ids>();
}

/// The name in a member's user_info; empty when there is none.
std::string nameOf(const Message& message, const std::string& user)
{
    const nlohmann::json hash = presenceOf(message)["hash"];
    return hash.contains(user) && hash[user].is_object() ? hash[user].value("name", "") : std::string{};
}

std::string userOf(const Message& message)
{
    return message.payloadText("user_id");
}

} // namespace

/// Protocol document, "Presence".
class PresenceTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_fixture = std::make_unique<EngineFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void PR1_theJoinerIsListed();
    void PR2_PR3_idsHashAndCountAgree_data();
    void PR2_PR3_idsHashAndCountAgree();
    void PR4_aNumericIdIsTextEverywhere_data();
    void PR4_aNumericIdIsTextEverywhere();
    void PR5_aSecondConnectionOfAUserIsNoArrival();
    void PR6_Q4_onlyTheLastConnectionOfAUserIsADeparture_data();
    void PR6_Q4_onlyTheLastConnectionOfAUserIsADeparture();
    void PR7_theJoinerIsNotToldOfItself();
    void PR8_theLimitCountsUsersNotConnections();
    void PR9_P8_unusableChannelDataIsRefused_data();
    void PR9_P8_unusableChannelDataIsRefused();
    void PR10_fiftyJoinsAtOnceEndInOneRoster();
    void PR11_theInfoOfTheFirstJoinStaysUntilTheUserHasLeft();
    void PR12_aSignedInConnectionMayOmitChannelData();
    void PR13_P9_sizesHaveLimits();
    void PR13_theInfoOfASignedInUserHasTheSameLimit();
    void infoKeepsItsBytes();

private:
    std::unique_ptr<EngineFixture> m_fixture;
};

void PresenceTest::PR1_theJoinerIsListed()
{
    auto client = m_fixture->connect();
    const Message message = client.join("presence-foobar", R"({"user_id":10,"user_info":{"name":"Mr. Channels"}})");
    const nlohmann::json wanted =
        nlohmann::json::parse(R"({"presence":{"ids":["10"],"hash":{"10":{"name":"Mr. Channels"}},"count":1}})");
    QVERIFY2(message.payload() == wanted, message.text.c_str());
    QVERIFY(message.json["data"].is_string());
}

void PresenceTest::PR2_PR3_idsHashAndCountAgree_data()
{
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("PR2 names") << QStringList{"ann", "bob", "cyd"};
    QTest::newRow("PR3 ids that look like an array's") << QStringList{"0", "1"};
    QTest::newRow("PR3 one user") << QStringList{"0"};
    QTest::newRow("ids that need escapes") << QStringList{"a\"b", "a\\b", "ä\n"};
}

void PresenceTest::PR2_PR3_idsHashAndCountAgree()
{
    QFETCH(QStringList, ids);
    std::vector<PusherClient> clients;
    Message message;
    Ids wanted;
    for (const QString& id : ids) {
        clients.push_back(m_fixture->connect());
        message = clients.back().join(room, memberData(id.toStdString()));
        wanted.insert(id.toStdString());
    }
    const nlohmann::json presence = presenceOf(message);
    QVERIFY(idsOf(message) == wanted);
    QCOMPARE(presence["ids"].size(), wanted.size());
    QCOMPARE(presence["count"].get<std::size_t>(), wanted.size());
    QVERIFY2(presence["hash"].is_object(), message.text.c_str());
    QCOMPARE(presence["hash"].size(), wanted.size());
    for (const std::string& id : wanted)
        QVERIFY2(presence["hash"].at(id) == nlohmann::json::object(), message.text.c_str());
}

void PresenceTest::PR4_aNumericIdIsTextEverywhere_data()
{
    QTest::addColumn<std::string>("number");
    for (const char* number : {"10", "-1", "12345678901234567890", "1.50"})
        QTest::newRow(number) << std::string{number};
}

void PresenceTest::PR4_aNumericIdIsTextEverywhere()
{
    QFETCH(std::string, number);
    auto app = makeApp();
    app.allowsClientEvents = true;
    const EngineFixture fixture{app};
    auto watcher = fixture.connect();
    watcher.join(room, memberData("watcher"));
    auto client = fixture.connect();
    const Message message = client.join(room, R"({"user_id": )" + number + "}");
    QVERIFY(idsOf(message).contains(number));
    QVERIFY(presenceOf(message)["hash"].contains(number));
    QCOMPARE(userOf(watcher.expectEvent(added, room)), number);
    client.send("client-x", "{}", room);
    QCOMPARE(watcher.expectEvent("client-x", room).userId(), number);
    client.close();
    QCOMPARE(userOf(watcher.expectEvent(removed, room)), number);
}

void PresenceTest::PR5_aSecondConnectionOfAUserIsNoArrival()
{
    auto watcher = m_fixture->connect();
    watcher.join(room, memberData("watcher"));
    auto first = m_fixture->connect();
    first.join(room, memberData("ann"));
    QCOMPARE(userOf(watcher.expectEvent(added, room)), std::string{"ann"});
    auto second = m_fixture->connect();
    const Message message = second.join(room, memberData("ann"));
    QVERIFY(idsOf(message) == (Ids{"ann", "watcher"}));
    QCOMPARE(presenceOf(message)["count"].get<int>(), 2);
    for (PusherClient* client : {&watcher, &first, &second})
        client->expectSilence();
}

void PresenceTest::PR6_Q4_onlyTheLastConnectionOfAUserIsADeparture_data()
{
    QTest::addColumn<bool>("unsubscribes");
    QTest::newRow("by unsubscribing") << true;
    QTest::newRow("by closing") << false;
}

void PresenceTest::PR6_Q4_onlyTheLastConnectionOfAUserIsADeparture()
{
    QFETCH(bool, unsubscribes);
    auto watcher = m_fixture->connect();
    watcher.join(room, memberData("watcher"));
    auto first = m_fixture->connect();
    auto second = m_fixture->connect();
    first.join(room, memberData("ann"));
    second.join(room, memberData("ann"));
    watcher.expectEvent(added, room);
    const auto leave = [&](PusherClient& client, int left) {
        if (unsubscribes)
            client.leave(room);
        else
            client.close();
        QVERIFY(m_fixture->waitFor([&](const engine::Snapshot& snapshot) {
            return snapshot.channels.size() == 1 && snapshot.channels[0].subscriptions == std::size_t(left);
        }));
    };
    leave(first, 2);
    watcher.expectSilence();
    leave(second, 1);
    QCOMPARE(userOf(watcher.expectEvent(removed, room)), std::string{"ann"});
    watcher.expectSilence();
    if (unsubscribes)
        second.expectSilence(); // Who leaves is not told.
}

void PresenceTest::PR7_theJoinerIsNotToldOfItself()
{
    auto client = m_fixture->connect();
    client.join(room, memberData("ann"));
    client.expectSilence();
}

void PresenceTest::PR8_theLimitCountsUsersNotConnections()
{
    std::vector<PusherClient> members;
    for (int i = 0; i < 100; ++i) {
        members.push_back(m_fixture->connect());
        members.back().join(room, memberData("user-" + std::to_string(i)));
    }
    auto client = m_fixture->connect();
    client.subscribe(room, memberData("user-100"));
    client.expectRefusal(room, "LimitReached", 4100);
    const Message message = client.join(room, memberData("user-7"));
    QCOMPARE(presenceOf(message)["count"].get<int>(), 100);
    members.at(3).unsubscribe(room);
    client.expectEvent(removed, room);
    auto other = m_fixture->connect();
    other.join(room, memberData("user-100"));
    QCOMPARE(userOf(client.expectEvent(added, room)), std::string{"user-100"});
}

void PresenceTest::PR9_P8_unusableChannelDataIsRefused_data()
{
    QTest::addColumn<std::string>("data");
    const auto row = [](const char* name, const std::string& data) { QTest::newRow(name) << data; };
    row("no JSON", "nonsense");
    row("empty", "");
    row("an array", "[]");
    row("a string", "\"ann\"");
    row("no user_id", R"({"user_info":{}})");
    row("an empty user_id", R"({"user_id":""})");
    row("user_id null", R"({"user_id":null})");
    row("user_id an object", R"({"user_id":{}})");
    row("user_id a list", R"({"user_id":["ann"]})");
    row("user_id true", R"({"user_id":true})");
    row("PR13 129 characters", memberData(std::string(129, 'x')));
    row("40 levels deep", R"({"user_id":"ann","user_info":)" + std::string(40, '[') + std::string(40, ']') + "}");
}

void PresenceTest::PR9_P8_unusableChannelDataIsRefused()
{
    QFETCH(std::string, data);
    auto client = m_fixture->connect();
    client.subscribe(room, data);
    client.expectRefusal(room, "AuthError", 401);
    client.subscribe(room); // Missing, but rightly signed.
    client.expectRefusal(room, "AuthError", 401);
    client.expectSilence();
    QVERIFY(m_fixture->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 0; }));
}

void PresenceTest::PR10_fiftyJoinsAtOnceEndInOneRoster()
{
    std::vector<PusherClient> clients;
    for (int i = 0; i < 50; ++i)
        clients.push_back(m_fixture->connect());
    Ids everyone;
    for (std::size_t i = 0; i < clients.size(); ++i) {
        const std::string user = "user-" + std::to_string(i % 40); // Ten of them come twice.
        clients[i].subscribe(room, memberData(user));
        everyone.insert(user);
    }
    std::vector<Ids> views(clients.size());
    const auto fold = [&] {
        for (std::size_t i = 0; i < clients.size(); ++i) {
            for (const Message& message : clients[i].takeAll()) {
                if (message.event() == succeeded)
                    views[i] = idsOf(message);
                else if (message.event() == added)
                    QVERIFY2(views[i].insert(userOf(message)).second, message.text.c_str());
                else
                    QFAIL(message.text.c_str());
            }
        }
    };
    fold(); // When this is done, every subscription has been carried out,
    fold(); // and what it caused has been sent.
    for (const Ids& view : views)
        QVERIFY(view == everyone);
}

void PresenceTest::PR11_theInfoOfTheFirstJoinStaysUntilTheUserHasLeft()
{
    auto first = m_fixture->connect();
    auto second = m_fixture->connect();
    first.join(room, memberData("ann", R"({"name":"first"})"));
    QCOMPARE(nameOf(second.join(room, memberData("ann", R"({"name":"second"})")), "ann"), std::string{"first"});
    first.leave(room);
    QCOMPARE(nameOf(first.join(room, memberData("ann", R"({"name":"third"})")), "ann"), std::string{"first"});
    first.leave(room);
    second.leave(room);
    QCOMPARE(nameOf(first.join(room, memberData("ann", R"({"name":"fourth"})")), "ann"), std::string{"fourth"});
}

void PresenceTest::PR12_aSignedInConnectionMayOmitChannelData()
{
    auto watcher = m_fixture->connect();
    watcher.join(room, memberData("watcher"));
    auto client = m_fixture->connect();
    client.signIn(R"({"id":"ann","user_info":{"name":"Ann"}})");
    client.expectEvent("pusher:signin_success");
    const Message message = client.join(room);
    QCOMPARE(nameOf(message, "ann"), std::string{"Ann"});
    const Message arrival = watcher.expectEvent(added, room);
    QCOMPARE(userOf(arrival), std::string{"ann"});
    QVERIFY2(arrival.data().find(R"("user_info":{"name":"Ann"})") != std::string::npos, arrival.text.c_str());
    client.join("presence-other", memberData("bob")); // What is supplied wins.
    QVERIFY(m_fixture->waitFor([](const engine::Snapshot& snapshot) {
        return snapshot.channels.size() == 2 && snapshot.channels[0].members.at(0).userId == "bob";
    }));
}

void PresenceTest::PR13_P9_sizesHaveLimits()
{
    auto client = m_fixture->connect();
    const std::string longest(126, 'x');
    client.join("presence-a", memberData(longest + "éé")); // 128 characters, 130 bytes.
    client.subscribe("presence-b", memberData(longest + "ééé"));
    client.expectRefusal("presence-b", "AuthError", 401);

    const auto dataOf = [](std::size_t bytes) {
        const std::string frame = memberData("ann", R"("")");
        return memberData("ann", '"' + std::string(bytes - frame.size(), 'x') + '"');
    };
    QCOMPARE(dataOf(1'024).size(), std::size_t{1'024});
    client.join("presence-c", dataOf(1'024));
    client.subscribe("presence-d", dataOf(1'025));
    client.expectRefusal("presence-d", "LimitReached", 4301);
    client.expectSilence();
}

void PresenceTest::PR13_theInfoOfASignedInUserHasTheSameLimit()
{
    const auto userData = [](std::size_t infoBytes) {
        return R"({"id":"ann","user_info":")" + std::string(infoBytes - 2, 'x') + R"("})";
    };
    auto client = m_fixture->connect();
    client.signIn(userData(1'024));
    client.expectEvent("pusher:signin_success");
    client.join("presence-a");
    client.signIn(userData(1'025));
    client.expectEvent("pusher:signin_success");
    client.subscribe("presence-b");
    client.expectRefusal("presence-b", "LimitReached", 4301);
    client.join("presence-b", memberData("ann")); // What is supplied wins.
}

void PresenceTest::infoKeepsItsBytes()
{
    const std::string info = R"({"big":12345678901234567890,"b":1.10,"a":"\u00e9\/"})";
    auto watcher = m_fixture->connect();
    watcher.join(room, memberData("watcher"));
    auto client = m_fixture->connect();
    QVERIFY(client.join(room, memberData("ann", info)).data().find(info) != std::string::npos);
    QVERIFY(watcher.expectEvent(added, room).data().find(info) != std::string::npos);
}

QTEST_GUILESS_MAIN(PresenceTest)
#include "presence_test.moc"
