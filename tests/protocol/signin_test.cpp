#include "tests/support/engine_fixture.h"

#include "core/base/json.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "User sign-in" and "Terminating users".
class SigninTest : public QObject {
    Q_OBJECT
private slots:
    void US1_signingInIsAnsweredWithTheUserData();
    void US1_theAnswerKeepsEveryByteOfTheUserData();
    void US1_theCommandMayBeTheTextOfAnObject();
    void US2_aBadSignatureIsAnErrorAndNoSignIn_data();
    void US2_aBadSignatureIsAnErrorAndNoSignIn();
    void US3_anUnusableIdIsAnError_data();
    void US3_anUnusableIdIsAnError();
    void US3_incompleteCommandsAreErrors_data();
    void US3_incompleteCommandsAreErrors();
    void US4_theIdentityOfAConnectionStays();
    void US5_theOwnUserChannelMayBeJoinedAfterSigningIn();
    void US6_userChannelsAreRefusedToOthers();
    void US7_anEventForAUserReachesAllItsConnectionsAndNoOther();
    void userChannelsAreNotListed();
    void US8_terminatingClosesTheUsersConnectionsOnly();
    void US8_theOperatorTerminatesAsWell();
    void US9_aPresenceIdentityIsNotTerminated();
    void US10_unauthorizedConnectionsAreClosedAtTheDeadline();
    void RS18_terminatingTakesEveryFormOfTheRequest_data();
    void RS18_terminatingTakesEveryFormOfTheRequest();
    void RS18_theShortPathNeedsASignatureOfItsOwn();
};

namespace {

constexpr const char* zoe = R"({"id":"u-42","user_info":{"name":"Zoë"},"watchlist":[]})";

void signInAs(PusherClient& client, const std::string& id, std::source_location place = std::source_location::current())
{
    client.signIn(R"({"id":")" + id + R"("})");
    client.expectEvent("pusher:signin_success", {}, place);
}

/// True when the connection has no identity: its own user channel is refused.
void expectNotSignedIn(PusherClient& client, std::source_location place = std::source_location::current())
{
    client.subscribe("#server-to-user-u-42");
    client.expectRefusal("#server-to-user-u-42", "AuthError", 401, place);
}

HttpReply terminate(const EngineFixture& server, const std::string& user)
{
    return server.post("/users/" + user + "/terminate_connections", "{}");
}

} // namespace

void SigninTest::US1_signingInIsAnsweredWithTheUserData()
{
    EngineFixture server;
    PusherClient client = server.connect();
    client.signIn(zoe);
    const Message success = client.expectEvent("pusher:signin_success");
    QVERIFY(!success.json.contains("channel"));
    QCOMPARE(success.payload()["user_data"].get<std::string>(), std::string{zoe});
    client.expectSilence();
}

void SigninTest::US1_theAnswerKeepsEveryByteOfTheUserData()
{
    const std::string userData =
        "{ \"user_info\":{\"big\":12345678901234567890,\"s\":\"\\u00e9\\/\"},\n \"id\":\"u-42\" }";
    EngineFixture server;
    PusherClient client = server.connect();
    client.signIn(userData);
    QCOMPARE(client.expectEvent("pusher:signin_success").payload()["user_data"].get<std::string>(), userData);
}

void SigninTest::US1_theCommandMayBeTheTextOfAnObject()
{
    EngineFixture server;
    PusherClient client = server.connect();
    const std::string command = R"({"auth":")" + userAuth(client.app(), client.socketId(), zoe) + R"(","user_data":)" +
                                json::toString(zoe) + "}";
    client.send("pusher:signin", json::toString(command));
    client.expectEvent("pusher:signin_success");
}

void SigninTest::US2_aBadSignatureIsAnErrorAndNoSignIn_data()
{
    QTest::addColumn<std::string>("auth"); // SOCKET and GOOD stand for what the test knows.
    for (const char* auth : {"", "app-key", "app-key:", ":GOOD", "other-key:GOOD", "app-key:GOODx", "GOOD",
                             "app-key:0fd41150024eb89037f9c7fbf666651b6d8cac22cd9e183b40f62d3f33eda011"})
        QTest::newRow(*auth != '\0' ? auth : "empty") << std::string{auth};
}

void SigninTest::US2_aBadSignatureIsAnErrorAndNoSignIn()
{
    QFETCH(std::string, auth);
    EngineFixture server;
    PusherClient client = server.connect();
    const std::string good = userAuth(client.app(), client.socketId(), zoe).substr(client.app().key.size() + 1);
    if (const auto at = auth.find("GOOD"); at != std::string::npos)
        auth.replace(at, 4, good);
    client.send("pusher:signin", R"({"auth":)" + json::toString(auth) + R"(,"user_data":)" + json::toString(zoe) + "}");
    const Message error = client.expectError(std::nullopt);
    QVERIFY2(error.text.find(good) == std::string::npos, "the error gives the right signature away");
    expectNotSignedIn(client);
}

void SigninTest::US3_anUnusableIdIsAnError_data()
{
    QTest::addColumn<std::string>("userData");
    for (const char* userData : {R"({})", R"({"id":42})", R"({"id":""})", R"({"id":null})", R"({"id":["u-42"]})",
                                 R"({"id":"a b"})", R"({"user_id":"u-42"})", R"([])", R"("u-42")", R"(u-42)"})
        QTest::newRow(userData) << std::string{userData};
    QTest::newRow("P18 129 characters") << R"({"id":")" + std::string(129, 'u') + R"("})";
}

void SigninTest::US3_anUnusableIdIsAnError()
{
    QFETCH(std::string, userData);
    EngineFixture server;
    PusherClient client = server.connect();
    client.signIn(userData);
    client.expectError(std::nullopt);
    expectNotSignedIn(client);
}

void SigninTest::US3_incompleteCommandsAreErrors_data()
{
    QTest::addColumn<std::string>("data");
    for (const char* data : {"null", "[]", "{}", R"({"auth":"app-key:x"})", R"({"user_data":"{}"})",
                             R"({"auth":7,"user_data":"{}"})", R"({"auth":"app-key:x","user_data":{"id":"u-42"}})"})
        QTest::newRow(data) << std::string{data};
}

void SigninTest::US3_incompleteCommandsAreErrors()
{
    QFETCH(std::string, data);
    EngineFixture server;
    PusherClient client = server.connect();
    client.send("pusher:signin", data);
    client.expectError(std::nullopt);
    expectNotSignedIn(client);
}

void SigninTest::US4_theIdentityOfAConnectionStays()
{
    EngineFixture server;
    PusherClient client = server.connect();
    signInAs(client, "u-42");
    client.signIn(R"({"id":"u-7"})");
    client.expectError(std::nullopt);
    client.subscribe("#server-to-user-u-7");
    client.expectRefusal("#server-to-user-u-7", "AuthError", 401);

    signInAs(client, "u-42");
    client.join("#server-to-user-u-42");
}

void SigninTest::US5_theOwnUserChannelMayBeJoinedAfterSigningIn()
{
    EngineFixture server;
    PusherClient client = server.connect();
    signInAs(client, "u-42");
    QCOMPARE(client.join("#server-to-user-u-42").data(), std::string{"{}"});
}

void SigninTest::US6_userChannelsAreRefusedToOthers()
{
    EngineFixture server;
    PusherClient client = server.connect();
    expectNotSignedIn(client);
    signInAs(client, "u-7");
    expectNotSignedIn(client);
    for (const std::string name : {"#server-to-user-u-", "#server-to-user-u-77", "#server-to-user-U-7"}) {
        client.subscribe(name);
        client.expectRefusal(name, "AuthError", 401);
    }
    for (const std::string name : {"#foo", "#", "#server-to-user-", "#server-to-user", "x#server-to-user-u-7"}) {
        client.subscribe(name);
        client.expectEvent("pusher:subscription_error", name);
        client.expectError(std::nullopt);
    }
    QVERIFY(server.waitFor([](const engine::Snapshot& snapshot) { return snapshot.channels.empty(); }));
}

void SigninTest::US7_anEventForAUserReachesAllItsConnectionsAndNoOther()
{
    const std::string channel = "#server-to-user-u-42";
    EngineFixture server;
    PusherClient phone = server.connect();
    PusherClient laptop = server.connect();
    PusherClient tablet = server.connect(); // The third, so that two of them share a worker.
    PusherClient other = server.connect();
    PusherClient stranger = server.connect();
    for (PusherClient* client : {&phone, &laptop, &tablet}) {
        signInAs(*client, "u-42");
        client->join(channel);
    }
    signInAs(other, "u-7");
    other.join("#server-to-user-u-7");

    QCOMPARE(server.publish(channel, "note", R"({"text":"hi"})").status, 200);
    for (PusherClient* client : {&phone, &laptop, &tablet})
        QCOMPARE(client->expectEvent("note", channel).data(), std::string{R"({"text":"hi"})"});
    other.expectSilence();
    stranger.expectSilence();
}

void SigninTest::userChannelsAreNotListed()
{
    EngineFixture server;
    PusherClient client = server.connect();
    signInAs(client, "u-42");
    client.join("#server-to-user-u-42");
    QCOMPARE(server.get("/channels").body, std::string{R"({"channels":{}})"});
}

void SigninTest::US8_terminatingClosesTheUsersConnectionsOnly()
{
    EngineFixture server;
    PusherClient phone = server.connect();
    PusherClient laptop = server.connect();
    PusherClient other = server.connect();
    PusherClient stranger = server.connect();
    signInAs(phone, "u-42");
    signInAs(laptop, "u-42");
    signInAs(other, "u-7");

    const HttpReply reply = terminate(server, "u-42");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{"{}"});
    for (PusherClient* client : {&phone, &laptop}) {
        client->expectError(4009);
        client->expectClose(4009);
    }
    other.expectSilence();
    stranger.expectSilence();

    PusherClient returned = server.connect();
    signInAs(returned, "u-42");
}

void SigninTest::US8_theOperatorTerminatesAsWell()
{
    EngineFixture server;
    PusherClient client = server.connect();
    signInAs(client, "u-42");
    server.engine().terminateUser("app", "u-42");
    client.expectError(4009);
    client.expectClose(4009);
}

void SigninTest::US9_aPresenceIdentityIsNotTerminated()
{
    EngineFixture server;
    PusherClient client = server.connect();
    client.join("presence-x", memberData("u-42"));
    QCOMPARE(terminate(server, "u-42").status, 200);
    client.expectSilence();
    QCOMPARE(server.get("/channels/presence-x/users").body, std::string{R"({"users":[{"id":"u-42"}]})"});
}

void SigninTest::US10_unauthorizedConnectionsAreClosedAtTheDeadline()
{
    hub::AppConfig app = makeApp();
    app.requiresAuthorizedConnections = true;
    app.authorizationDeadline = std::chrono::seconds{2};
    EngineFixture server{app};
    PusherClient member = server.connect();
    PusherClient listener = server.connect();
    PusherClient user = server.connect();
    member.join("presence-x", memberData("u-1"));
    listener.join("private-x");
    signInAs(user, "u-42");
    // Opened after the others, so that their deadline has passed as well when these are closed.
    PusherClient idle = server.connect();
    PusherClient reader = server.connect();
    PusherClient refused = server.connect();
    reader.join("news");
    refused.subscribeWith("private-x", "app-key:wrong");
    refused.expectRefusal("private-x", "AuthError", 401);

    for (PusherClient* client : {&idle, &reader, &refused}) {
        client->expectError(4009);
        client->expectClose(4009);
    }
    member.expectSilence();
    listener.expectSilence();
    user.expectSilence();
}

void SigninTest::RS18_terminatingTakesEveryFormOfTheRequest_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("body");
    const std::string path = "/apps/app/users/u=42/terminate_connections";
    QTest::newRow("an empty object") << path << std::string{"{}"};
    QTest::newRow("no body") << path << std::string{};
    QTest::newRow("the user's id percent-encoded")
        << std::string{"/apps/app/users/u%3D42/terminate_connections"} << std::string{"{}"};
    QTest::newRow("the path of the Python library")
        << std::string{"/users/u=42/terminate_connections"} << std::string{"{}"};
    QTest::newRow("the path of the Python library, no body")
        << std::string{"/users/u=42/terminate_connections"} << std::string{};
}

void SigninTest::RS18_terminatingTakesEveryFormOfTheRequest()
{
    QFETCH(std::string, path);
    QFETCH(std::string, body);
    EngineFixture server;
    PusherClient client = server.connect();
    signInAs(client, "u=42");
    const HttpReply reply = request(server.port(), "POST", signedTarget(server.app(), "POST", path, body), body);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{"{}"});
    client.expectError(4009);
    client.expectClose(4009);
}

void SigninTest::RS18_theShortPathNeedsASignatureOfItsOwn()
{
    EngineFixture server;
    PusherClient client = server.connect();
    signInAs(client, "u-42");
    const std::string path = "/users/u-42/terminate_connections";
    const std::string otherTarget = signedTarget(server.app(), "POST", "/apps/app" + path, "{}");
    const std::string query = otherTarget.substr(otherTarget.find('?'));
    QCOMPARE(request(server.port(), "POST", path + query, "{}").status, 401);
    hub::AppConfig unknown = makeApp("unknown");
    QCOMPARE(request(server.port(), "POST", signedTarget(unknown, "POST", path, "{}"), "{}").status, 401);
    QCOMPARE(request(server.port(), "POST", path, "{}").status, 401);
    client.expectSilence();
}

QTEST_GUILESS_MAIN(SigninTest)
#include "signin_test.moc"
