#include "core/broadcast/drivers/pusher_driver.h"

#include "core/pusher/encryption.h"
#include "tests/core/broadcast/driver_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::DriverFixture;
using test::everythingIn;
using test::words;

namespace {

struct NewRelease {
    std::string version;
    Channel broadcastOn() const { return "releases"; }
    Json broadcastWith() const { return {{"message", "Version " + version + " has been released !"}}; }
};

struct AdminUserAlert {
    std::string message;
    std::string level = "error";
    Channels broadcastOn() const { return PrivateChannel("admins"); }
    Json broadcastWith() const { return {{"message", message}, {"level", level}}; }
};

Options options(std::initializer_list<Options::Entry> more = {})
{
    Options result{{"driver", R"("pusher")"},
                   {"app_id", R"("3456678")"},
                   {"client", R"("478b45309560f3456211")"},
                   {"secret", R"("ab4229346et64aa8908")"}};
    for (const auto& [name, value] : more)
        result.set(name, value);
    return result;
}

constexpr const char* start = "https://api.pusherapp.com/apps/3456678";
constexpr const char* keyAndTime = "auth_key=478b45309560f3456211&auth_timestamp=1700000000&auth_version=1.0";
constexpr const char* masterKey = R"("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")";

std::string text(const char* literal)
{
    return literal;
}

} // namespace

class PusherDriverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bodiesAndSignaturesAreExact_data();
    void bodiesAndSignaturesAreExact();
    void theBaseAddressFollowsTheOptions_data();
    void theBaseAddressFollowsTheOptions();
    void badOptionsAreNamed_data();
    void badOptionsAreNamed();
    void answersBecomeCodes_data();
    void answersBecomeCodes();
    void aWrongClockIsNamed();
    void whatBreaksARuleIsNotSent_data();
    void whatBreaksARuleIsNotSent();
    void goodChannelsAreSentBesideBadOnes();
    void manyChannelsAreCutInOrder();
    void afterALostConnectionNothingMoreIsTried();
    void theExcludedSocketIsNamed();
    void messagesBecomeEvents();
    void batchesHoldTenEvents();
    void countsAreAskedForAndTold();
    void countsOfABatchKeepTheirPlaces();
    void encryptedChannelsStandAlone();
    void withAMasterKeyTheDataIsSealed();
    void longNamesAndClearTextAreNoted();
    void channelsAreRead();
    void aServerWithoutTheCallIsNotAtFault();
    void membersAreRead();
    void usersAreDisconnected();
    void channelsAndUsersAreSigned_data();
    void channelsAndUsersAreSigned();
    void forgedNamesAreNeverSigned_data();
    void forgedNamesAreNeverSigned();
    void secretsStayInside();
};

void PusherDriverTest::bodiesAndSignaturesAreExact_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("expectedQuery");
    QTest::addColumn<std::string>("expectedBody");
    const auto row = [](const char* tag, auto send, const char* query, const char* body) {
        DriverFixture fixture{options()};
        fixture.manager->setOperator({"operator"});
        send(*fixture.manager);
        const http::OutgoingRequest request = fixture.http->requests().at(0);
        QTest::newRow(tag) << request.url << request.body << std::string{query} << std::string{body};
    };
    row(
        "a release", [](Manager& manager) { manager.channel(NewRelease{"4.0.0"}); },
        "body_md5=f89f0dbcabd38da2bf36b727f10a58c3&auth_signature="
        "48c8b9ffc6342e9559f9db4902380cbce009ed8a6feef309676f952c9b27f199",
        R"({"name":"NewRelease","channels":["releases"],"data":"{\"message\":\"Version 4.0.0 has been released !\"}"})");
    row(
        "an alert",
        [](Manager& manager) { manager.channel(AdminUserAlert{"Some dependencies are outdated !", "warning"}); },
        "body_md5=ae495c51c021ca078400c7976ec4a0c7&auth_signature="
        "11274f7db7539f6d658bf4343e2cea6c4fc75270149c3a87b40751740718053c",
        R"({"name":"AdminUserAlert","channels":["private-admins"],"data":"{\"message\":\"Some dependencies are outdated !\",\"level\":\"warning\"}"})");
    row(
        "two channels",
        [](Manager& manager) { manager.channel({"channel1", "channel2"}, "event_name", {{"key", "value"}}); },
        "body_md5=761792675a0efe56f44b0d44653d2cb7&auth_signature="
        "47b60b1a3ebee547b6e82a7eb25beef7bf7769126a240c57c76d55ce1ddfd847",
        R"({"name":"event_name","channels":["channel1","channel2"],"data":"{\"key\":\"value\"}"})");
}

void PusherDriverTest::bodiesAndSignaturesAreExact()
{
    QFETCH(std::string, url);
    QFETCH(std::string, body);
    QFETCH(std::string, expectedQuery);
    QCOMPARE(url, text(start) + "/events?" + keyAndTime + "&" + expectedQuery);
    QTEST(body, "expectedBody");
}

void PusherDriverTest::theBaseAddressFollowsTheOptions_data()
{
    QTest::addColumn<std::string>("actual");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* tag, std::initializer_list<Options::Entry> more, const char* expected) {
        const auto read = PusherOptions::read(options(more), 10'240);
        QTest::newRow(tag) << (read ? read->baseUrl : read.error().detail) << std::string{expected};
    };
    row("nothing", {}, "https://api.pusherapp.com");
    row("cluster", {{"cluster", R"("eu")"}}, "https://api-eu.pusher.com");
    row("nested cluster", {{"options", R"({"cluster":"mt1"})"}}, "https://api-mt1.pusher.com");
    row("host wins", {{"cluster", R"("eu")"}, {"host", R"("ws.example.test")"}}, "https://ws.example.test");
    row("nested host, port, scheme", {{"options", R"({"host":"127.0.0.1","port":6001,"scheme":"http"})"}},
        "http://127.0.0.1:6001");
    row("nested useTLS", {{"host", R"("h")"}, {"options", R"({"useTLS":false})"}}, "http://h");
    row("without TLS", {{"cluster", R"("eu")"}, {"ssl", "false"}}, "http://api-eu.pusher.com");
    row("ssl wins over the scheme", {{"host", R"("h")"}, {"ssl", "true"}, {"options", R"({"scheme":"http"})"}},
        "https://h");
    row("port as text", {{"host", R"("h")"}, {"port", R"("8443")"}}, "https://h:8443");
    row("usual port", {{"host", R"("h")"}, {"port", "443"}}, "https://h");
    row("IPv6", {{"host", R"("::1")"}, {"ssl", "false"}}, "http://[::1]");
    row("path", {{"host", R"("h")"}, {"path_prefix", R"("/ws/")"}}, "https://h/ws");
}

void PusherDriverTest::theBaseAddressFollowsTheOptions()
{
    QFETCH(std::string, actual);
    QTEST(actual, "expected");
}

void PusherDriverTest::badOptionsAreNamed_data()
{
    QTest::addColumn<std::string>("detail");
    QTest::addColumn<std::string>("option");
    const auto row = [](const char* tag, std::initializer_list<Options::Entry> more, const char* option) {
        const auto read = PusherOptions::read(options(more), 10'240);
        QTest::newRow(tag) << (read ? std::string{} : read.error().detail) << "option \"" + std::string{option} + "\"";
    };
    row("no id", {{"app_id", "null"}}, "app_id");
    row("hosted id with letters", {{"app_id", R"("app")"}}, "app_id");
    row("id with a slash", {{"app_id", R"("a/b")"}, {"host", R"("h")"}}, "app_id");
    row("no key", {{"client", R"("")"}}, "client");
    row("no secret", {{"secret", "null"}}, "secret");
    row("secret of a wrong type", {{"secret", R"(["MARKER"])"}}, "secret");
    row("cluster as path", {{"cluster", R"("eu/../x")"}}, "cluster");
    row("host as address", {{"host", R"("https://h/")"}}, "host");
    row("port 0", {{"port", "0"}}, "port");
    row("port too large", {{"port", "65536"}}, "port");
    row("ssl as word", {{"ssl", R"("yes")"}}, "ssl");
    row("unknown scheme", {{"options", R"({"scheme":"ftp"})"}}, "options.scheme");
    row("no time", {{"timeout_ms", "0"}}, "timeout_ms");
    row("unknown reading", {{"message_as", R"("name")"}}, "message_as");
    row("no payload", {{"max_payload_bytes", "0"}}, "max_payload_bytes");
    row("short master key", {{"encryption_master_key_base64", R"("TUFSS0VS")"}}, "encryption_master_key_base64");
}

void PusherDriverTest::badOptionsAreNamed()
{
    QFETCH(std::string, detail);
    QFETCH(std::string, option);
    QVERIFY2(detail.starts_with(option), detail.c_str());
    QVERIFY(detail.find("MARKER") == std::string::npos && detail.find("TUFSS0VS") == std::string::npos);
}

void PusherDriverTest::answersBecomeCodes_data()
{
    QTest::addColumn<std::string>("actual");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char* tag, auto prepare, const char* expected) {
        DriverFixture fixture{options()};
        prepare(*fixture.http);
        QTest::newRow(tag) << words(fixture.manager->channel("a", "e").get()) << "a on eu: " + text(expected) + "\n";
    };
    const auto row = [&](const char* tag, int status, const char* body, const char* expected) {
        add(tag, [&](test::FakeHttp& http) { http.answerWith(status, body); }, expected);
    };
    const auto fail = [&](const char* tag, http::Failure failure, const char* expected) {
        add(tag, [&](test::FakeHttp& http) { http.failWith(failure, "why"); }, expected);
    };
    row("200", 200, "{}", "sent");
    row("200 with an object", 200, R"({"channels":{}})", "sent");
    row("202", 202, "{}", "sent");
    row("200 not JSON", 200, "<html>", "failed, bad_response: the answer is not a JSON object: <html>");
    row("200 with a list", 200, "[]", "failed, bad_response: the answer is not a JSON object: []");
    row("204", 204, "", "failed, bad_response: the server gave no reason");
    row("301", 301, "",
        "failed, bad_response: the server redirects elsewhere, which is not followed; check the "
        "address and TLS");
    row("400", 400, "Invalid data\n", "failed, rejected: Invalid data");
    row("401", 401, "Invalid signature", "failed, unauthorized: Invalid signature");
    row("403", 403, R"({"error":"over quota"})", "failed, forbidden: over quota");
    row("404", 404, "", "failed, bad_response: the server gave no reason");
    row("413", 413, "too big", "failed, too_large: too big");
    row("500", 500, "oops", "failed, bad_response: oops");
    fail("unreachable", http::Failure::Unreachable, "failed, unreachable: https://api.pusherapp.com: why");
    fail("timeout", http::Failure::Timeout, "failed, timeout: https://api.pusherapp.com: why");
    fail("TLS", http::Failure::Tls, "failed, tls: https://api.pusherapp.com: why");
    fail("endless answer", http::Failure::AnswerTooLarge, "failed, bad_response: https://api.pusherapp.com: why");
}

void PusherDriverTest::answersBecomeCodes()
{
    QFETCH(std::string, actual);
    QTEST(actual, "expected");
}

void PusherDriverTest::aWrongClockIsNamed()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(401, "Timestamp expired: Given timestamp not within 600s of server time",
                             {{"date", "Tue, 14 Nov 2023 22:33:21 GMT"}});
    fixture.http->answerWith(401, "Timestamp expired", {{"Date", "yesterday"}});
    const Report report = fixture.manager->channel("a", "e").get();
    QVERIFY(report.code() == Code::Unauthorized);
    QVERIFY2(
        report.entries[0].text.ends_with("; this machine's clock differs from the server's by 1201 s (limit: 600 s)"),
        report.entries[0].text.c_str());
    QCOMPARE(fixture.manager->channel("a", "e").get().entries[0].text, text("Timestamp expired"));
}

void PusherDriverTest::whatBreaksARuleIsNotSent_data()
{
    QTest::addColumn<std::string>("actual");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* tag, const char* channel, std::string name, std::string data, const char* except,
                        const char* expected) {
        DriverFixture fixture{options()};
        const Report report = fixture.manager->channel(channel, name, data, CallOptions{}.toOthers(except)).get();
        const bool isSent = !fixture.http->requests().empty();
        QTest::newRow(tag) << (isSent ? "" : std::string{toText(report.code())} + ": " + report.entries[0].text)
                           << text(expected);
    };
    const char* nameRule = "bad_event: the event name must have 1 to 200 characters";
    row("good", "a", "e", "{}", "1.2", "");
    row("no name", "a", "", "{}", "", nameRule);
    row("a name that is not UTF-8", "a", "e\xFF", "{}", "", "bad_event: the event name is not valid UTF-8");
    row("201 characters", "a", std::string(201, 'x'), "{}", "", nameRule);
    row("200 characters", "a", std::string(200, 'x'), "{}", "", "");
    row("pusher:", "a", "pusher:x", "{}", "",
        "bad_event: event names that start with pusher: or pusher_internal: are reserved");
    row("pusher_internal:", "a", "pusher_internal:x", "{}", "",
        "bad_event: event names that start with pusher: or pusher_internal: are reserved");
    row("blank in the channel", "a b", "e", "{}", "",
        "bad_channel: Channel name has ' ' at position 2; allowed are letters, digits and _ - = @ , . ;");
    row("forged user", ":user::{}", "e", "{}", "",
        "bad_channel: Channel name has ':' at position 1; allowed are letters, digits and _ - = @ , . ;");
    row("10,240 bytes", "a", "e", std::string(10'240, 'x'), "", "");
    row("10,241 bytes", "a", "e", std::string(10'241, 'x'), "",
        "payload_too_large: the payload has 10241 bytes, at most 10240 are allowed");
    row("bytes, not characters", "a", "e", std::string(10'239, 'x') + "é", "",
        "payload_too_large: the payload has 10241 bytes, at most 10240 are allowed");
    row("not UTF-8", "a", "e", "\xFF", "", "not_json: the payload is not valid UTF-8");
    row("bad socket", "a", "e", "{}", "1.x", "bad_option: the excluded socket id must look like 1234.5678");
}

void PusherDriverTest::whatBreaksARuleIsNotSent()
{
    QFETCH(std::string, actual);
    QTEST(actual, "expected");
}

void PusherDriverTest::goodChannelsAreSentBesideBadOnes()
{
    DriverFixture fixture{options()};
    const Report report = fixture.manager->channel({"a", "b b", "c"}, "e").get();
    QVERIFY(report.entries[0].status == Status::Sent);
    QVERIFY(report.entries[1].code == Code::BadChannel);
    QVERIFY(report.entries[2].status == Status::Sent);
    QVERIFY(report.code() == Code::Partial);
    QVERIFY(fixture.http->requests().at(0).body.find(R"("channels":["a","c"])") != std::string::npos);
}

void PusherDriverTest::manyChannelsAreCutInOrder()
{
    std::vector<std::string> channels;
    for (int i = 0; i < 250; ++i)
        channels.push_back("c" + std::to_string(i));
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, "{}");
    fixture.http->answerWith(400, "no");
    const Report report = fixture.manager->channel(channels, "e").get();
    const auto requests = fixture.http->requests();
    QCOMPARE(requests.size(), std::size_t{3});
    QVERIFY(requests[0].body.find(R"(["c0",)") != std::string::npos);
    QVERIFY(requests[0].body.find(R"("c99"])") != std::string::npos);
    QVERIFY(requests[2].body.find(R"(["c200",)") != std::string::npos);
    QCOMPARE(report.entries.size(), std::size_t{250});
    QCOMPARE(report.exchanges.size(), std::size_t{3});
    for (std::size_t i = 0; i < 250; ++i)
        QCOMPARE(report.entries[i].status == Status::Sent, i < 100 || i >= 200);
}

void PusherDriverTest::afterALostConnectionNothingMoreIsTried()
{
    std::vector<std::string> channels;
    for (int i = 0; i < 250; ++i)
        channels.push_back("c" + std::to_string(i));
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, "{}");
    fixture.http->failWith(http::Failure::Timeout, "no answer");
    const Report report = fixture.manager->channel(channels, "e").get();
    QCOMPARE(fixture.http->requests().size(), std::size_t{2});
    QVERIFY(report.entries[99].status == Status::Sent);
    QVERIFY(report.entries[100].code == Code::Timeout);
    QVERIFY(report.entries[249].code == Code::Timeout);
}

void PusherDriverTest::theExcludedSocketIsNamed()
{
    DriverFixture fixture{options()};
    fixture.manager->channel("a", "e", "x\"y", CallOptions{}.toOthers("4821.9047"));
    QCOMPARE(fixture.http->requests().at(0).body,
             text(R"({"name":"e","channels":["a"],"data":"x\"y","socket_id":"4821.9047"})"));
}

void PusherDriverTest::messagesBecomeEvents()
{
    const auto bodyWith = [](std::initializer_list<Options::Entry> more) {
        DriverFixture fixture{options(more)};
        fixture.manager->publish({"t1", "t2"}, R"({"a":1})");
        return fixture.http->requests().at(0).body;
    };
    QCOMPARE(bodyWith({}), text(R"({"name":"message","channels":["t1","t2"],"data":"{\"a\":1}"})"));
    QCOMPARE(bodyWith({{"publish_event", R"("changed")"}}),
             text(R"({"name":"changed","channels":["t1","t2"],"data":"{\"a\":1}"})"));
    QCOMPARE(bodyWith({{"message_as", R"("event")"}}),
             text(R"({"name":"{\"a\":1}","channels":["t1","t2"],"data":"[]"})"));
}

void PusherDriverTest::batchesHoldTenEvents()
{
    DriverFixture fixture{options()};
    std::vector<Emission> emissions(25);
    for (std::size_t i = 0; i < emissions.size(); ++i) {
        emissions[i].event = "e" + std::to_string(i);
        emissions[i].channels = i == 3 ? Channels("b b") : Channels("a");
    }
    emissions[0].channels = {"a", "b"};
    emissions[1].options = CallOptions{}.toOthers("1.2");
    fixture.http->answerWith(200, R"({"batch":[]})");
    fixture.http->answerWith(400, "no");
    const Report report = fixture.manager->batch(emissions).get();
    const auto requests = fixture.http->requests();
    QCOMPARE(requests.size(), std::size_t{3});
    QVERIFY(requests[0].url.find("/apps/3456678/batch_events?") != std::string::npos);
    QVERIFY(requests[0].body.starts_with(
        R"({"batch":[{"name":"e0","channel":"a","data":"{}"},{"name":"e0","channel":"b","data":"{}"},)"
        R"({"name":"e1","channel":"a","data":"{}","socket_id":"1.2"},{"name":"e2",)"));
    QVERIFY(requests[2].body.ends_with(R"({"name":"e24","channel":"a","data":"{}"}]})"));
    QCOMPARE(report.entries.size(), std::size_t{26});
    QVERIFY(report.entries[4].code == Code::BadChannel); // The first event has two entries.
    QVERIFY(report.entries[10].status == Status::Sent);
    QVERIFY(report.entries[11].code == Code::Rejected);
    QVERIFY(report.entries[20].code == Code::Rejected);
    QVERIFY(report.entries[21].status == Status::Sent);
}

void PusherDriverTest::countsAreAskedForAndTold()
{
    DriverFixture fixture{options()};
    Emission emission;
    emission.event = "e";
    emission.channels = {"a", "presence-room", "b"};
    fixture.manager->send(emission).get();
    emission.options.wantsCounts = true;
    const Report told = fixture.manager->send(emission).get();
    const auto requests = fixture.http->requests();
    QVERIFY(requests[0].body.find("info") == std::string::npos);
    QVERIFY(requests[1].body.ends_with(R"(,"data":"{}","info":"subscription_count,user_count"})"));
    QVERIFY(!told.entries[0].receivers); // Not every server tells.

    fixture.http->answerWith(
        200, R"({"channels":{"presence-room":{"subscription_count":3,"user_count":2},"a":{"subscription_count":5}}})");
    const Report report = fixture.manager->send(emission).get();
    QCOMPARE(report.entries[0].receivers, std::optional<std::uint64_t>{5});
    QVERIFY(!report.entries[0].users);
    QCOMPARE(report.entries[1].receivers, std::optional<std::uint64_t>{3});
    QCOMPARE(report.entries[1].users, std::optional<std::uint64_t>{2});
    QVERIFY(!report.entries[2].receivers);

    emission.channels = {"a", "b"};
    fixture.manager->send(emission).get();
    QVERIFY(fixture.http->requests().back().body.ends_with(R"("info":"subscription_count"})"));
}

void PusherDriverTest::countsOfABatchKeepTheirPlaces()
{
    DriverFixture fixture{options()};
    std::vector<Emission> emissions(2);
    emissions[0].event = "one";
    emissions[0].channels = {"b b", "a"};
    emissions[1].event = "two";
    emissions[1].channels = "presence-room";
    for (Emission& each : emissions)
        each.options.wantsCounts = true;
    fixture.http->answerWith(200, R"({"batch":[{"subscription_count":5},{"subscription_count":3,"user_count":2}]})");
    const Report report = fixture.manager->batch(emissions).get();
    QVERIFY(fixture.http->requests()[0].body.ends_with(
        R"({"name":"two","channel":"presence-room","data":"{}","info":"subscription_count,user_count"}]})"));
    QVERIFY(!report.entries[0].receivers); // Refused here, so that it was never an item.
    QCOMPARE(report.entries[1].receivers, std::optional<std::uint64_t>{5});
    QCOMPARE(report.entries[2].receivers, std::optional<std::uint64_t>{3});
    QCOMPARE(report.entries[2].users, std::optional<std::uint64_t>{2});
}

void PusherDriverTest::encryptedChannelsStandAlone()
{
    DriverFixture fixture{options()};
    const char* sealed = R"({"nonce":"ZGVm","ciphertext":"qdXZ"})";
    QVERIFY(fixture.manager->channel({"a", "private-encrypted-b"}, "e", sealed).get().code() == Code::BadChannel);
    QVERIFY(fixture.manager->channel("private-encrypted-b", "e", "{}").get().code() == Code::BadChannel);
    QVERIFY(fixture.http->requests().empty());
    QVERIFY(fixture.manager->channel("private-encrypted-b", "e", sealed).get().isSuccess());
}

void PusherDriverTest::withAMasterKeyTheDataIsSealed()
{
    DriverFixture fixture{options({{"encryption_master_key_base64", masterKey}})};
    QVERIFY(fixture.manager->channel("private-encrypted-vault", "e", R"({"secret":"tea"})").get().isSuccess());
    const std::string body = fixture.http->requests().at(0).body;
    QVERIFY(body.find("tea") == std::string::npos);
    const auto key = pusher::EncryptionKey::fromBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    const auto document = json::Value::parse(body);
    const auto opened =
        pusher::opened(document->find("data")->text(), pusher::sharedSecret("private-encrypted-vault", *key));
    QVERIFY(opened);
    QCOMPARE(*opened, text(R"({"secret":"tea"})"));
    // What counts is what travels.
    QVERIFY(fixture.manager->channel("private-encrypted-vault", "e", std::string(10'000, 'x')).get().code() ==
            Code::PayloadTooLarge);
    const SignedAnswer answer = fixture.connection()->signChannel("1.1", "private-encrypted-vault");
    QCOMPARE(answer.sharedSecret.value_or(""), text("wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="));
}

void PusherDriverTest::longNamesAndClearTextAreNoted()
{
    DriverFixture fixture{options({{"host", R"("ws.example.test")"}, {"ssl", "false"}})};
    const Report report = fixture.manager->channel({std::string(165, 'x'), "a"}, "client-e").get();
    QCOMPARE(
        report.entries[0].notes,
        (std::vector<std::string>{"the prefix client- belongs to clients",
                                  "the hosted service refuses names of more than 164 characters", "sent without TLS"}));
    QCOMPARE(report.entries[1].notes.size(), std::size_t{2});
    DriverFixture loopback{options({{"host", R"("127.0.0.1")"}, {"ssl", "false"}})};
    QVERIFY(loopback.manager->channel("a", "e").get().entries[0].notes.empty());
}

void PusherDriverTest::channelsAreRead()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, R"({"channels":{"a":{"subscription_count":3},"presence-b":{"user_count":2}}})");
    fixture.http->answerWith(200, R"({"channels":[]})");
    fixture.http->answerWith(200, R"({"users":[]})");
    std::vector<Listing<ChannelInfo>> listings;
    const auto keep = [&](const Listing<ChannelInfo>& listing) { listings.push_back(listing); };
    fixture.connection()->listChannels("", keep);
    fixture.connection()->listChannels("presence-", keep);
    fixture.connection()->listChannels("a-", keep);
    QCOMPARE(listings.size(), std::size_t{3});
    QCOMPARE(listings[0].items.size(), std::size_t{2});
    QCOMPARE(listings[0].items[0].connections.value_or(0), std::uint64_t{3});
    QCOMPARE(listings[0].items[1].users.value_or(0), std::uint64_t{2});
    QVERIFY(listings[1].items.empty() && !listings[1].failure.isFailure());
    QVERIFY(listings[2].failure.code == Code::BadResponse);
    const auto requests = fixture.http->requests();
    QCOMPARE(requests[0].method, text("GET"));
    QCOMPARE(requests[0].url, text(start) + "/channels?" + keyAndTime +
                                  "&auth_signature=80693be29f3b945dfac6e304cb59a1452e58c07d37d7e40e236d5b26951f32f4");
    QCOMPARE(requests[1].url, text(start) + "/channels?filter_by_prefix=presence-&info=user_count&" + keyAndTime +
                                  "&auth_signature=a940e6e4ef8426808bab103fa8d5f14920b7446813db32ad3473f3887b04cb01");
    QVERIFY(requests[2].url.find("info=") == std::string::npos);
}

void PusherDriverTest::aServerWithoutTheCallIsNotAtFault()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(404, "404 page not found");
    fixture.http->answerWith(405, "");
    std::vector<Failure> failures;
    fixture.connection()->listChannels("a", [&](const auto& listing) { failures.push_back(listing.failure); });
    fixture.connection()->listMembers("presence-b", [&](const auto& listing) { failures.push_back(listing.failure); });
    QCOMPARE(failures.size(), std::size_t{2});
    QVERIFY(failures[0].code == Code::NotSupported);
    QCOMPARE(failures[0].text, text("GET /apps/3456678/channels answered 404"));
    QCOMPARE(failures[1].text, text("GET /apps/3456678/channels/presence-b/users answered 405"));
}

void PusherDriverTest::membersAreRead()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, R"({"users":[{"id":"1"},{"id":2}]})");
    fixture.http->answerWith(400, "Users can only be retrieved for presence channels");
    std::vector<Listing<MemberInfo>> listings;
    const auto keep = [&](const Listing<MemberInfo>& listing) { listings.push_back(listing); };
    fixture.connection()->listMembers("presence-a=@,;", keep);
    fixture.connection()->listMembers("a", keep);
    fixture.connection()->listMembers("a/../b", keep);
    QVERIFY(fixture.http->requests()[0].url.find("/apps/3456678/channels/presence-a=@,;/users?") != std::string::npos);
    QCOMPARE(listings[0].items[1].id, text("2"));
    QVERIFY(listings[1].failure.code == Code::Rejected);
    QVERIFY(listings[2].failure.code == Code::BadChannel);
    QCOMPARE(fixture.http->requests().size(), std::size_t{2});
}

void PusherDriverTest::usersAreDisconnected()
{
    DriverFixture fixture{options()};
    std::optional<Failure> answer;
    fixture.connection()->terminateUser("a/b", [&](const Failure& failure) { answer = failure; });
    QVERIFY(answer && !answer->isFailure());
    QCOMPARE(fixture.http->requests()[0].method, text("POST"));
    QVERIFY(fixture.http->requests()[0].url.find("/users/a%2Fb/terminate_connections?") != std::string::npos);
}

void PusherDriverTest::channelsAndUsersAreSigned_data()
{
    QTest::addColumn<std::string>("actual");
    QTest::addColumn<std::string>("expected");
    DriverFixture first{options({{"client", R"("278d425bdf160c739803")"}, {"secret", R"("7ad3773142a6692b25b8")"}})};
    DriverFixture second{options()};
    const auto row = [](DriverFixture& fixture, const char* socket, const char* channel, const char* data,
                        const char* expected) {
        const auto connection = fixture.connection();
        const SignedAnswer answer =
            *channel == '\0' ? connection->signUser(socket, data)
                             : connection->signChannel(socket, channel,
                                                       *data == '\0' ? std::nullopt : std::optional<std::string>{data});
        QTest::addRow("%s %s %s", socket, channel, data)
            << answer.auth.substr(answer.auth.find(':') + 1) << std::string{expected};
    };
    row(first, "1234.1234", "private-foobar", "", "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
    row(first, "1234.1234", "", R"({"id":"12345"})",
        "4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba");
    row(first, "1234.1234", "presence-foobar", R"({"user_id":10,"user_info":{"name":"Mr. Channels"}})",
        "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80");
    row(first, "1234.1234", "presence-foobar", R"({"user_id":10,"user_info":{"name":"Mr. Pusher"}})",
        "afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c");
    row(second, "4821.9047", "private-admins", "", "7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e");
    row(second, "4821.9047", "private-1", "", "fa06e0da21e9cdd30f3a9552d35b2cfff80403bcb2121552a7028fae355d3b00");
    row(second, "4821.9047", "private-2", "", "648bfcd1bbcaee6db433377ba6d14de7d14c6f24063a33f0cd94a64cdb436318");
    row(second, "4821.9047", "presence-chat", R"({"user_id":"1","user_info":{"name":"Ada"}})",
        "d31f9053e41874e5d502583e011e792b81f611bb9c245cdab60042e720647563");
    row(second, "5310.2208", "presence-chat", R"({"user_id":"2","user_info":{"name":"Bob"}})",
        "598948132b80a90148fa606a1f869eae2fb84aaa690726d5d9c7bc93bba236e0");
    row(second, "4821.9047", "", R"({"id":"1","user_info":{"name":"Ada"}})",
        "5e997b465727be83aa0be351142cf829b7b8948871a456d0c709cc80c2e6a839");
}

void PusherDriverTest::channelsAndUsersAreSigned()
{
    QFETCH(std::string, actual);
    QTEST(actual, "expected");
}

void PusherDriverTest::forgedNamesAreNeverSigned_data()
{
    QTest::addColumn<std::string>("socket");
    QTest::addColumn<std::string>("channel");
    QTest::newRow("a login as channel") << text("1.1") << text(R"(:user::{"id":"admin"})");
    QTest::newRow("a login as socket") << text(R"(1.1::user::{"id":"admin"})") << text("private-x");
    QTest::newRow("public channel") << text("1.1") << text("news");
    QTest::newRow("presence without data") << text("1.1") << text("presence-x");
    QTest::newRow("server to user") << text("1.1") << text("#server-to-user-1");
    QTest::newRow("line break") << text("1.1\n") << text("private-x");
}

void PusherDriverTest::forgedNamesAreNeverSigned()
{
    QFETCH(std::string, socket);
    QFETCH(std::string, channel);
    DriverFixture fixture{options()};
    const SignedAnswer answer = fixture.connection()->signChannel(socket, channel);
    QVERIFY(answer.failure.isFailure());
    QVERIFY(answer.auth.empty());
}

void PusherDriverTest::secretsStayInside()
{
    const std::string marker = "MARK/er\"1";
    DriverFixture fixture{options({{"secret", R"("MARK/er\"1")"}, {"encryption_master_key_base64", masterKey}})};
    for (const int status : {200, 400, 401, 403, 500})
        fixture.http->answerWith(status, "MARK/er\"1 MARK/er\\\"1 MARK%2Fer%221 " + std::string(600, 'x') + marker);
    fixture.http->failWith(http::Failure::Tls, "failed with " + marker);
    for (int i = 0; i < 6; ++i) {
        const std::string all = everythingIn(fixture.manager->channel("a", "e", "MARK/er\"1").get());
        QVERIFY2(all.find("MARK") == std::string::npos, all.c_str());
        QVERIFY(all.find("••••") != std::string::npos);
    }
}

QTEST_APPLESS_MAIN(PusherDriverTest)
#include "pusher_driver_test.moc"
