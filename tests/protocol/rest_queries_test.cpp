#include "tests/support/engine_fixture.h"

#include "core/base/json.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, REST sections 5.1, 5.4 to 5.6 and 5.9.
class RestQueriesTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_server.reset(); }

    void RS10_onlyOccupiedChannelsAreListed();
    void RS11_thePrefixFilters();
    void RS11_R15_userCountsNeedAPresencePrefix_data();
    void RS11_R15_userCountsNeedAPresencePrefix();
    void RS12_anUnknownChannelIsNotOccupied();
    void RS13_infoCacheGivesTheEventOrNull();
    void RS13_infoThatDoesNotApplyIsRefused_data();
    void RS13_infoThatDoesNotApplyIsRefused();
    void RS14_R16_usersAreListedOnceEach();
    void RS14_R16_usersOfOtherChannelsAreRefused_data();
    void RS14_R16_usersOfOtherChannelsAreRefused();
    void RS15_unknownAppsAndPathsAreNotFound_data();
    void RS15_unknownAppsAndPathsAreNotFound();
    void RS15_R17_aWrongMethodIsNamedWithTheRightOne_data();
    void RS15_R17_aWrongMethodIsNamedWithTheRightOne();
    void RS16_aConnectionServesManyRequests();
    void RS19_subscriptionsAreConnectionsAndUsersAreUsers();
    void RS21_healthIsAnsweredWithoutASignature();
    void RS21_connectionsAreCountedSubscribedOrNot();
    void R18_thePathIsNeverNormalised_data();
    void R18_thePathIsNeverNormalised();
    void R19_anOptionsRequestGrantsNothing_data();
    void R19_anOptionsRequestGrantsNothing();
    void appsSeeOnlyTheirOwn();
    void theOrderOfTheChecksIsTheDocuments();

private:
    HttpReply get(const std::string& path, pusher::QueryParameters own = {}) const
    {
        return m_server->get(path, std::move(own));
    }
    HttpReply signedRequest(const char* method, const std::string& path) const
    {
        return request(m_server->port(), method, signedTarget(m_server->app(), method, path));
    }

    std::unique_ptr<EngineFixture> m_server;
};

void RestQueriesTest::init()
{
    engine::EngineOptions options;
    options.apps = {makeApp("app"), makeApp("other")};
    m_server = std::make_unique<EngineFixture>(options);
}

void RestQueriesTest::RS10_onlyOccupiedChannelsAreListed()
{
    const HttpReply empty = get("/channels");
    QCOMPARE(empty.status, 200);
    QCOMPARE(empty.body, std::string{R"({"channels":{}})"});
    QCOMPARE(*empty.header("Content-Type"), std::string{"application/json"});

    PusherClient client = m_server->connect();
    client.join("room.7");
    client.join("presence-x", memberData("u-1"));
    QCOMPARE(m_server->publish("cache-x", "e", "").status, 200); // Kept, but nobody is there.
    const nlohmann::json both{{"presence-x", nlohmann::json::object()}, {"room.7", nlohmann::json::object()}};
    QCOMPARE(get("/channels").json()["channels"].dump(), both.dump());

    client.leave("room.7");
    QCOMPARE(get("/channels").body, std::string{R"({"channels":{"presence-x":{}}})"});
    client.close();
    QTRY_COMPARE(get("/channels").body, std::string{R"({"channels":{}})"});
}

void RestQueriesTest::RS11_thePrefixFilters()
{
    PusherClient first = m_server->connect();
    PusherClient second = m_server->connect();
    first.join("presence-a", memberData("u-1"));
    second.join("presence-a", memberData("u-1"));
    first.join("presence-b", memberData("u-1"));
    first.join("my-presence-c");
    second.join("room.7");
    const auto filtered = [&](const char* prefix, const char* info) {
        return get("/channels", {{"filter_by_prefix", prefix}, {"info", info}}).json()["channels"].dump();
    };
    QCOMPARE(filtered("presence-", "user_count"),
             std::string{R"({"presence-a":{"user_count":1},"presence-b":{"user_count":1}})"});
    QCOMPARE(filtered("presence-a", "user_count,subscription_count"),
             std::string{R"({"presence-a":{"subscription_count":2,"user_count":1}})"});
    QCOMPARE(filtered("room", "subscription_count"), std::string{R"({"room.7":{"subscription_count":1}})"});
    QCOMPARE(filtered("", ""), std::string{R"({"my-presence-c":{},"presence-a":{},"presence-b":{},"room.7":{}})"});
    QCOMPARE(filtered("nothing", ""), std::string{"{}"});
}

void RestQueriesTest::RS11_R15_userCountsNeedAPresencePrefix_data()
{
    QTest::addColumn<pusher::QueryParameters>("query");
    const auto row = [](const char* tag, pusher::QueryParameters query) { QTest::newRow(tag) << std::move(query); };
    row("no prefix", {{"info", "user_count"}});
    row("an empty prefix", {{"info", "user_count"}, {"filter_by_prefix", ""}});
    row("another prefix", {{"info", "user_count"}, {"filter_by_prefix", "private-"}});
    row("half of it", {{"info", "user_count"}, {"filter_by_prefix", "presence"}});
    row("beside another attribute", {{"info", "subscription_count,user_count"}});
    row("an unknown attribute", {{"info", "size"}, {"filter_by_prefix", "presence-"}});
    row("the cache of all", {{"info", "cache"}});
}

void RestQueriesTest::RS11_R15_userCountsNeedAPresencePrefix()
{
    QFETCH(pusher::QueryParameters, query);
    const HttpReply reply = get("/channels", query);
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.isTextLine());
}

void RestQueriesTest::RS12_anUnknownChannelIsNotOccupied()
{
    const HttpReply reply = get("/channels/x");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{R"({"occupied":false})"});
    QCOMPARE(get("/channels/x", {{"info", "subscription_count"}}).body,
             std::string{R"({"occupied":false,"subscription_count":0})"});
    QCOMPARE(get("/channels/presence-x", {{"info", "user_count"}}).body,
             std::string{R"({"occupied":false,"user_count":0})"});
    PusherClient client = m_server->connect();
    client.join("x");
    QCOMPARE(get("/channels/x").body, std::string{R"({"occupied":true})"});
}

void RestQueriesTest::RS13_infoCacheGivesTheEventOrNull()
{
    const auto cache = [&] { return get("/channels/cache-x", {{"info", "cache"}}); };
    QCOMPARE(cache().body, std::string{R"({"occupied":false,"cache":null})"});
    QCOMPARE(m_server->publish("cache-x", "price", R"({"n":1})").status, 200);
    const nlohmann::json kept = cache().json();
    QVERIFY(!kept["occupied"].get<bool>());
    QCOMPARE(kept["cache"]["data"].get<std::string>(), std::string{R"({"n":1})"});
    const int ttl = kept["cache"]["ttl"].get<int>();
    QVERIFY2(ttl > 1'750 && ttl <= 1'800, qPrintable(QString::number(ttl)));
}

void RestQueriesTest::RS13_infoThatDoesNotApplyIsRefused_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("info");
    const auto row = [](const char* channel, const char* info) {
        QTest::addRow("%s of %s", info, channel) << std::string{channel} << std::string{info};
    };
    row("x", "cache");
    row("private-x", "cache");
    row("my-cache-x", "cache");
    row("presence-x", "cache");
    row("x", "user_count");
    row("cache-x", "user_count");
    row("x", "size");
    row("presence-x", "user_count,size");
    row("a b", "subscription_count");
    row("a%2Fb", "subscription_count");
    row("%23foo", "subscription_count");
}

void RestQueriesTest::RS13_infoThatDoesNotApplyIsRefused()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, info);
    const std::string path = "/channels/" + (channel == "a b" ? "a%20b" : channel);
    const HttpReply reply = get(path, {{"info", info}});
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.isTextLine());
}

void RestQueriesTest::RS14_R16_usersAreListedOnceEach()
{
    QCOMPARE(get("/channels/presence-x/users").body, std::string{R"({"users":[]})"});
    PusherClient first = m_server->connect();
    PusherClient same = m_server->connect();
    PusherClient second = m_server->connect();
    first.join("presence-x", memberData("u-1"));
    same.join("presence-x", memberData("u-1"));
    second.join("presence-x", R"({"user_id":10})");
    auto users = get("/channels/presence-x/users", {{"extra", "ignored"}}).json()["users"];
    std::sort(users.begin(), users.end()); // Not a range in the sense of the standard library.
    QCOMPARE(users.dump(), std::string{R"([{"id":"10"},{"id":"u-1"}])"});
    first.expectEvent("pusher_internal:member_added", "presence-x");
    first.leave("presence-x");
    users = get("/channels/presence-x/users").json()["users"];
    QCOMPARE(users.size(), std::size_t{2});
}

void RestQueriesTest::RS14_R16_usersOfOtherChannelsAreRefused_data()
{
    QTest::addColumn<std::string>("channel");
    for (const char* channel : {"x", "private-x", "cache-x", "presences", "my-presence-x", "%23server-to-user-7"})
        QTest::newRow(channel) << std::string{channel};
}

void RestQueriesTest::RS14_R16_usersOfOtherChannelsAreRefused()
{
    QFETCH(std::string, channel);
    const HttpReply reply = get("/channels/" + channel + "/users");
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.isTextLine());
}

void RestQueriesTest::RS15_unknownAppsAndPathsAreNotFound_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    const auto row = [](const char* method, const char* path) {
        QTest::addRow("%s %s", method, path) << std::string{method} << std::string{path};
    };
    row("GET", "/apps/nobody/channels");
    row("POST", "/apps/nobody/events");
    row("GET", "/nope");
    row("GET", "/apps");
    row("GET", "/apps/app");
    row("GET", "/apps/app/nope");
    row("POST", "/apps/app/event");
    row("GET", "/apps/app/channels/");
    row("GET", "/apps/app/channels/x/");
    row("GET", "/apps/app/channels/x/members");
    row("GET", "/apps/app/channels/x/users/1");
    row("GET", "/APPS/app/channels");
    row("GET", "/apps//channels");
}

void RestQueriesTest::RS15_unknownAppsAndPathsAreNotFound()
{
    QFETCH(std::string, method);
    QFETCH(std::string, path);
    const HttpReply reply = signedRequest(method.c_str(), path);
    QCOMPARE(reply.status, 404);
    QVERIFY(reply.isTextLine());
}

void RestQueriesTest::RS15_R17_aWrongMethodIsNamedWithTheRightOne_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("allowed");
    const auto row = [](const char* method, const char* path, const char* allowed) {
        QTest::addRow("%s %s", method, path) << std::string{method} << std::string{path} << std::string{allowed};
    };
    row("GET", "/apps/app/events", "POST");
    row("GET", "/apps/app/batch_events", "POST");
    row("PUT", "/apps/app/events", "POST");
    row("DELETE", "/apps/app/channels/x", "GET");
    row("POST", "/apps/app/channels", "GET");
    row("POST", "/apps/app/channels/presence-x/users", "GET");
    row("POST", "/apps/app/connections", "GET");
    row("GET", "/apps/app/users/7/terminate_connections", "POST");
    row("POST", "/up", "GET");
    row("POST", "/app/app-key", "GET");
    row("TRACE", "/apps/app/events", "POST");
    row("TRACE", "/up", "GET");
    row("TRACE", "/nope", "");
}

void RestQueriesTest::RS15_R17_aWrongMethodIsNamedWithTheRightOne()
{
    QFETCH(std::string, method);
    QFETCH(std::string, path);
    QFETCH(std::string, allowed);
    const HttpReply reply = signedRequest(method.c_str(), path);
    QCOMPARE(reply.status, 405);
    const std::string* const allow = reply.header("Allow");
    QVERIFY(allow != nullptr);
    QVERIFY2(allow->find(allowed) != std::string::npos, allow->c_str());
    QVERIFY(reply.isTextLine());
}

void RestQueriesTest::RS16_aConnectionServesManyRequests()
{
    PusherClient client = m_server->connect();
    client.join("news");
    HttpConnection connection{m_server->port()};
    const std::string body = R"({"name":"e","channel":"news","data":"x"})";
    for (int i = 0; i < 3; ++i) {
        const HttpReply published =
            connection.request("POST", signedTarget(m_server->app(), "POST", "/apps/app/events", body), body);
        QCOMPARE(published.status, 200);
        QCOMPARE(published.body, std::string{"{}"});
        client.expectEvent("e", "news");
        const HttpReply listed = connection.request("GET", signedTarget(m_server->app(), "GET", "/apps/app/channels"));
        QCOMPARE(listed.body, std::string{R"({"channels":{"news":{}}})"});
        // A refusal is no reason to end the connection.
        QCOMPARE(connection.request("GET", "/apps/app/channels").status, 401);
        QCOMPARE(connection.request("GET", "/nope").status, 404);
    }
}

void RestQueriesTest::RS19_subscriptionsAreConnectionsAndUsersAreUsers()
{
    PusherClient phone = m_server->connect();
    PusherClient laptop = m_server->connect();
    PusherClient other = m_server->connect();
    phone.join("presence-x", memberData("u-1"));
    laptop.join("presence-x", memberData("u-1"));
    other.join("presence-x", memberData("u-2"));
    const pusher::QueryParameters both{{"info", "user_count,subscription_count"}};
    QCOMPARE(get("/channels/presence-x", both).body,
             std::string{R"({"occupied":true,"user_count":2,"subscription_count":3})"});
    for (PusherClient* client : {&phone, &laptop})
        client->expectEvent("pusher_internal:member_added", "presence-x");
    laptop.leave("presence-x");
    QCOMPARE(get("/channels/presence-x", both).body,
             std::string{R"({"occupied":true,"user_count":2,"subscription_count":2})"});
    phone.leave("presence-x");
    QCOMPARE(get("/channels/presence-x", both).body,
             std::string{R"({"occupied":true,"user_count":1,"subscription_count":1})"});
    other.expectEvent("pusher_internal:member_removed", "presence-x");
    other.leave("presence-x");
    QCOMPARE(get("/channels/presence-x", both).body,
             std::string{R"({"occupied":false,"user_count":0,"subscription_count":0})"});
}

void RestQueriesTest::RS21_healthIsAnsweredWithoutASignature()
{
    const HttpReply up = request(m_server->port(), "GET", "/up");
    QCOMPARE(up.status, 200);
    QCOMPARE(up.body, std::string{R"({"health":"OK"})"});
    QCOMPARE(*up.header("Content-Type"), std::string{"application/json"});
    for (const char* path : {"/", "/ready"}) {
        const HttpReply reply = request(m_server->port(), "GET", path);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, std::string{"OK\n"});
    }
}

void RestQueriesTest::RS21_connectionsAreCountedSubscribedOrNot()
{
    QCOMPARE(get("/connections").body, std::string{R"({"connections":0})"});
    PusherClient idle = m_server->connect();
    PusherClient subscribed = m_server->connect();
    subscribed.join("news");
    PusherClient foreign = m_server->connect(1);
    QCOMPARE(get("/connections").body, std::string{R"({"connections":2})"});
    QCOMPARE(request(m_server->port(), "GET", "/apps/app/connections").status, 401);
    idle.close();
    QTRY_COMPARE(get("/connections").body, std::string{R"({"connections":1})"});
}

void RestQueriesTest::R18_thePathIsNeverNormalised_data()
{
    QTest::addColumn<std::string>("path");
    for (const char* path :
         {"/apps/1/../app/channels", "/apps/other/../app/channels", "//apps/app/channels", "/apps//app/channels",
          "/apps/app//channels", "/./apps/app/channels", "/apps/app/channels/.", "/apps/app/channels/..",
          "/apps%2Fapp%2Fchannels", "/apps/app/channels/%2e%2e/connections"})
        QTest::newRow(path) << std::string{path};
}

void RestQueriesTest::R18_thePathIsNeverNormalised()
{
    QFETCH(std::string, path);
    const HttpReply reply = signedRequest("GET", path);
    const bool isChannelNamedByDots = path.starts_with("/apps/app/channels/.");
    QCOMPARE(reply.status, isChannelNamedByDots ? 200 : 404);
    QVERIFY(!isChannelNamedByDots || reply.body == R"({"occupied":false})");
}

void RestQueriesTest::R19_anOptionsRequestGrantsNothing_data()
{
    QTest::addColumn<std::string>("path");
    for (const char* path : {"/apps/app/events", "/apps/app/channels", "/up", "/nope"})
        QTest::newRow(path) << std::string{path};
}

void RestQueriesTest::R19_anOptionsRequestGrantsNothing()
{
    QFETCH(std::string, path);
    const HttpReply reply = request(m_server->port(), "OPTIONS", path, {},
                                    {{"Origin", "http://evil.example"}, {"Access-Control-Request-Method", "POST"}});
    QCOMPARE(reply.status, 204);
    QVERIFY(reply.body.empty());
    for (const http::Header& header : reply.headers)
        QVERIFY(!QString::fromStdString(header.name).startsWith("access-control", Qt::CaseInsensitive));
}

void RestQueriesTest::appsSeeOnlyTheirOwn()
{
    PusherClient foreign = m_server->connect(1);
    foreign.join("news");
    QCOMPARE(get("/channels").body, std::string{R"({"channels":{}})"});
    QCOMPARE(get("/channels/news").body, std::string{R"({"occupied":false})"});
    QCOMPARE(m_server->publish("news", "e", "").status, 200);
    foreign.expectSilence();
    QCOMPARE(signedGet(m_server->port(), m_server->app(1), "/channels").body,
             std::string{R"({"channels":{"news":{}}})"});
}

void RestQueriesTest::theOrderOfTheChecksIsTheDocuments()
{
    // Route, app, signature, parameters: each request is wrong in all that follows as well.
    const auto status = [&](const char* method, const std::string& target) {
        return request(m_server->port(), method, target).status;
    };
    QCOMPARE(status("GET", "/apps/nobody/nope"), 404);
    QCOMPARE(status("GET", "/apps/nobody/events"), 405);
    QCOMPARE(status("GET", "/apps/nobody/channels"), 404);
    QCOMPARE(status("GET", "/apps/app/channels/a%20b?info=size"), 401);
}

QTEST_GUILESS_MAIN(RestQueriesTest)
#include "rest_queries_test.moc"
