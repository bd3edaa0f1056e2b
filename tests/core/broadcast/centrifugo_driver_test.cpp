#include "core/broadcast/drivers/centrifugo_driver.h"

#include "tests/core/broadcast/driver_fixture.h"

#include <QTest>

#include <optional>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::DriverFixture;
using test::everythingIn;
using test::words;

namespace {

struct NewRelease {
    Channel broadcastOn() const { return "releases"; }
    Json broadcastWith() const { return {{"message", "Version 4.0.0 has been released !"}}; }
};

Options options(std::initializer_list<Options::Entry> more = {})
{
    Options result{{"driver", R"("centrifugo")"}, {"api_key", R"("MARKER")"}};
    for (const auto& [name, value] : more)
        result.set(name, value);
    return result;
}

std::string answerOf(int responses)
{
    std::string list;
    for (int i = 0; i < responses; ++i)
        list += i == 0 ? R"({"result":{}})" : R"(,{"result":{}})";
    return R"({"result":{"responses":[)" + list + "]}}";
}

/// The body of a publish with these options.
std::string bodyOf(const std::string& message, std::initializer_list<Options::Entry> more = {})
{
    DriverFixture fixture{options(more)};
    fixture.manager->publish("t", message);
    return fixture.http->requests().at(0).body;
}

std::string text(const char* literal)
{
    return literal;
}

} // namespace

class CentrifugoDriverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestsAreExact();
    void optionsShapeTheRequest();
    void messagesTravelVerbatim_data();
    void messagesTravelVerbatim();
    void aTextIsWrappedAndNoted();
    void everyChannelHasItsOwnOutcome();
    void errorsBecomeCodes_data();
    void errorsBecomeCodes();
    void answersBecomeCodes_data();
    void answersBecomeCodes();
    void namesFollowCentrifugosRules_data();
    void namesFollowCentrifugosRules();
    void prefixesAreMappedOrNoted();
    void whatItCannotDoIsNoted();
    void channelsAndMembersAreRead();
    void presenceThatIsOffIsNotSupported();
    void usersAreDisconnectedAndTheServerIsTested();
    void badOptionsAreNamed_data();
    void badOptionsAreNamed();
    void theKeyStaysInside();
};

void CentrifugoDriverTest::requestsAreExact()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, answerOf(2));
    const Report report = fixture.manager->publish({"order.7", "order.8"}, R"({"status":"purchased"})").get();
    QVERIFY(report.isSuccess());
    fixture.http->answerWith(200, answerOf(1));
    QVERIFY(fixture.manager->channel(NewRelease()).get().isSuccess());
    const auto requests = fixture.http->requests();
    QCOMPARE(requests[0].method, text("POST"));
    QCOMPARE(requests[0].url, text("http://127.0.0.1:8000/api/broadcast"));
    QCOMPARE(*http::find(requests[0].headers, "X-API-Key"), text("MARKER"));
    QCOMPARE(*http::find(requests[0].headers, "Content-Type"), text("application/json"));
    QCOMPARE(requests[0].body,
             text(R"({"channels":["order.7","order.8"],"data":{"status":"purchased"},"skip_history":true})"));
    QCOMPARE(requests[1].body, text(R"({"channels":["releases"],"data":{"event":"NewRelease","data":)"
                                    R"({"message":"Version 4.0.0 has been released !"}},"skip_history":true})"));
}

void CentrifugoDriverTest::optionsShapeTheRequest()
{
    QCOMPARE(bodyOf("{}", {{"skip_history", "false"}}), text(R"({"channels":["t"],"data":{}})"));
    QCOMPARE(bodyOf("{}", {{"tags", R"({"a":"1","b":"é"})"}}),
             text(R"({"channels":["t"],"data":{},"skip_history":true,"tags":{"a":"1","b":"é"}})"));
    DriverFixture fixture{options({{"url", R"("https://rt.example.test/")"},
                                   {"api_path", R"("/v2/api/")"},
                                   {"api_key", R"("")"},
                                   {"error_mode", R"("transport")"},
                                   {"payload", R"("raw")"},
                                   {"timeout_ms", "250"}})};
    fixture.manager->channel("a", "e", {{"k", 1}});
    const http::OutgoingRequest request = fixture.http->requests().at(0);
    QCOMPARE(request.url, text("https://rt.example.test/v2/api/broadcast"));
    QVERIFY(http::find(request.headers, "X-API-Key") == nullptr);
    QCOMPARE(*http::find(request.headers, "X-Centrifugo-Error-Mode"), text("transport"));
    QCOMPARE(request.body, text(R"({"channels":["a"],"data":{"k":1},"skip_history":true})"));
    QCOMPARE(request.timeout.count(), 250);
}

void CentrifugoDriverTest::messagesTravelVerbatim_data()
{
    QTest::addColumn<std::string>("message");
    QTest::addColumn<std::string>("data");
    const auto row = [](const char* tag, const std::string& message, const std::string& data) {
        QTest::newRow(tag) << message << data;
    };
    row("blanks and order", "{ \"b\":1, \"a\":2 }", "{ \"b\":1, \"a\":2 }");
    row("large number", "12345678901234567890", "12345678901234567890");
    row("deep", std::string(100, '[') + std::string(100, ']'), std::string(100, '[') + std::string(100, ']'));
    row("text", "hello \"you\"", "\"hello \\\"you\\\"\"");
    row("two values", "{} {}", "\"{} {}\"");
    row("an end of the body", "{}},\"channels\":[\"x\"]", "\"{}},\\\"channels\\\":[\\\"x\\\"]\"");
}

void CentrifugoDriverTest::messagesTravelVerbatim()
{
    QFETCH(std::string, message);
    QFETCH(std::string, data);
    QCOMPARE(bodyOf(message), R"({"channels":["t"],"data":)" + data + R"(,"skip_history":true})");
}

void CentrifugoDriverTest::aTextIsWrappedAndNoted()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, answerOf(1));
    QCOMPARE(words(fixture.manager->publish("t", "hello").get()), text("t on eu: sent; wrapped as string\n"));
    fixture.http->answerWith(200, answerOf(1));
    // A value that is a string is meant as one, even when it reads like a number.
    QCOMPARE(words(fixture.manager->channel("t", "e", Json("5")).get()), text("t on eu: sent\n"));
    QVERIFY(fixture.http->requests()[1].body.find(R"("data":"5")") != std::string::npos);
    QVERIFY(fixture.manager->publish("t", "\xFF").get().code() == Code::NotJson);
}

void CentrifugoDriverTest::everyChannelHasItsOwnOutcome()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(
        200, R"({"result":{"responses":[{"result":{}},{"error":{"code":102,"message":"unknown channel"}}]}})");
    const Report report = fixture.manager->publish({"order.7", "x:8"}, R"({"status":"purchased"})").get();
    QCOMPARE(words(report),
             text("order.7 on eu: sent\n"
                  "x:8 on eu: failed, rejected: 102 unknown channel: no such namespace is configured\n"));
    QCOMPARE(report.entries[1].remoteStatus, 102);
    QVERIFY(report.code() == Code::Partial);
    // Fewer outcomes than channels, or one of no known shape: nobody may believe it was sent.
    fixture.http->answerWith(200, answerOf(1));
    const Report shorter = fixture.manager->publish({"a", "b"}, "{}").get();
    QVERIFY(shorter.entries[0].status == Status::Sent);
    QVERIFY(shorter.entries[1].code == Code::BadResponse);
    fixture.http->answerWith(200, R"({"result":{"responses":[{},7]}})");
    QVERIFY(fixture.manager->publish({"a", "b"}, "{}").get().code() == Code::BadResponse);
}

void CentrifugoDriverTest::errorsBecomeCodes_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("internal") << 100 << 500 << "rejected";
    QTest::newRow("unknown channel") << 102 << 404 << "rejected";
    QTest::newRow("not found") << 104 << 404 << "rejected";
    QTest::newRow("bad request") << 107 << 400 << "rejected";
    QTest::newRow("not available") << 108 << 400 << "not_supported";
    QTest::newRow("unrecoverable position") << 112 << 416 << "rejected";
    QTest::newRow("conflict") << 113 << 409 << "rejected";
    QTest::newRow("unheard of") << 999 << 500 << "rejected";
}

void CentrifugoDriverTest::errorsBecomeCodes()
{
    QFETCH(int, number);
    QFETCH(int, status);
    const std::string error = R"({"code":)" + std::to_string(number) + R"(,"message":"any text"})";
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, R"({"result":{"responses":[{"error":)" + error + "}]}}");
    fixture.http->answerWith(200, R"({"error":)" + error + "}");
    fixture.http->answerWith(status, error);
    for (int i = 0; i < 3; ++i) {
        const Report report = fixture.manager->publish("a", "{}").get();
        QTEST(QString::fromUtf8(toText(report.code()).data()), "code");
        QCOMPARE(report.entries[0].remoteStatus, number);
    }
}

void CentrifugoDriverTest::answersBecomeCodes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("bad key") << 401 << text("") << "unauthorized";
    QTest::newRow("not a POST") << 405 << text("") << "bad_response";
    QTest::newRow("wrong path") << 404 << text("404 page not found") << "bad_response";
    QTest::newRow("body not readable") << 400 << text("Bad Request") << "rejected";
    QTest::newRow("shutting down") << 503 << text("") << "bad_response";
    QTest::newRow("forbidden") << 403 << text("") << "forbidden";
    QTest::newRow("too large") << 413 << text("") << "too_large";
    QTest::newRow("nonsense") << 200 << text("<html>") << "bad_response";
    QTest::newRow("a list") << 200 << text("[]") << "bad_response";
    QTest::newRow("no result") << 200 << text("{}") << "bad_response";
    QTest::newRow("an error without number") << 200 << text(R"({"error":"x"})") << "bad_response";
    QTest::newRow("a huge number") << 200 << text(R"({"error":{"code":99999999999999999999}})") << "bad_response";
}

void CentrifugoDriverTest::answersBecomeCodes()
{
    QFETCH(int, status);
    QFETCH(std::string, body);
    DriverFixture fixture{options()};
    fixture.http->answerWith(status, body);
    QTEST(QString::fromUtf8(toText(fixture.manager->publish("a", "{}").get().code()).data()), "code");
}

void CentrifugoDriverTest::namesFollowCentrifugosRules_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("namespace") << text("chat:1") << true;
    QTest::newRow("private") << text("$x") << true;
    QTest::newRow("users") << text("dialog#1,2") << true;
    QTest::newRow("255") << std::string(255, 'x') << true;
    QTest::newRow("256") << std::string(256, 'x') << false;
    QTest::newRow("empty") << text("") << false;
    QTest::newRow("star") << text("a*") << false;
    QTest::newRow("ampersand") << text("a&b") << false;
    QTest::newRow("slash") << text("a/b") << false;
    QTest::newRow("not ASCII") << text("é") << false;
    QTest::newRow("line break") << text("a\nb") << false;
}

void CentrifugoDriverTest::namesFollowCentrifugosRules()
{
    QFETCH(std::string, name);
    QFETCH(bool, isGood);
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, answerOf(1));
    const Report report = fixture.manager->publish(name, "{}").get();
    QCOMPARE(report.code() == Code::None, isGood);
    QCOMPARE(fixture.http->requests().empty(), !isGood);
    QVERIFY(isGood || report.code() == Code::BadChannel);
}

void CentrifugoDriverTest::prefixesAreMappedOrNoted()
{
    DriverFixture verbatim{options()};
    verbatim.http->answerWith(200, answerOf(2));
    const Report report = verbatim.manager->publish({"private-x", "presence-x"}, "{}").get();
    QVERIFY(verbatim.http->requests()[0].body.find(R"(["private-x","presence-x"])") != std::string::npos);
    QCOMPARE(report.entries[0].notes,
             std::vector<std::string>{"the prefix means nothing to Centrifugo: its namespace decides who may join"});
    DriverFixture dollar{options({{"channel_map", R"("dollar")"}})};
    dollar.http->answerWith(200, answerOf(3));
    const Report mapped = dollar.manager->publish({"private-x", "presence-x", "x"}, "{}").get();
    QVERIFY(dollar.http->requests()[0].body.find(R"(["$x","$presence:x","x"])") != std::string::npos);
    QCOMPARE(words(mapped), text("private-x on eu: sent; sent as $x\npresence-x on eu: sent; sent as $presence:x\n"
                                 "x on eu: sent\n"));
}

void CentrifugoDriverTest::whatItCannotDoIsNoted()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, answerOf(1));
    const Report report = fixture.manager->channel("a", "e", "{}", CallOptions{}.toOthers("1.2")).get();
    QCOMPARE(words(report), text("a on eu: sent; except ignored\n"));
    QVERIFY(fixture.connection()->signChannel("1.1", "private-x").failure.code == Code::NotSupported);
    QVERIFY(fixture.manager->channel("a", "pusher:x").get().code() == Code::BadEvent);
}

void CentrifugoDriverTest::channelsAndMembersAreRead()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, R"({"result":{"channels":{"chat:1":{"num_clients":3},"x":{}}}})");
    fixture.http->answerWith(200, R"({"result":{}})");
    fixture.http->answerWith(200, R"({"result":{"presence":{"c1":{"client":"c1","user":"42","conn_info":{"n":1}},)"
                                  R"("c2":{"client":"c2","user":"42"},"c3":{"client":"c3","user":""}}}})");
    std::vector<Listing<ChannelInfo>> channels;
    fixture.connection()->listChannels("chat:", [&](const auto& listing) { channels.push_back(listing); });
    fixture.connection()->listChannels("", [&](const auto& listing) { channels.push_back(listing); });
    std::optional<Listing<MemberInfo>> members;
    fixture.connection()->listMembers("chat:1", [&](const auto& listing) { members = listing; });
    QCOMPARE(channels[0].items.size(), std::size_t{2});
    QCOMPARE(channels[0].items[0].connections.value_or(0), std::uint64_t{3});
    QVERIFY(channels[1].items.empty() && !channels[1].failure.isFailure());
    QCOMPARE(members->items.size(), std::size_t{2});
    QCOMPARE(members->items[0].id, text("42"));
    QCOMPARE(members->items[0].connections, std::size_t{2});
    QCOMPARE(members->items[0].infoJson, text(R"({"n":1})"));
    const auto requests = fixture.http->requests();
    QCOMPARE(requests[0].body, text(R"({"pattern":"chat:*"})"));
    QCOMPARE(requests[1].body, text("{}"));
    QVERIFY(requests[2].url.ends_with("/api/presence"));
}

void CentrifugoDriverTest::presenceThatIsOffIsNotSupported()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, R"({"error":{"code":108,"message":"not available"}})");
    std::optional<Listing<MemberInfo>> members;
    fixture.connection()->listMembers("a", [&](const auto& listing) { members = listing; });
    QVERIFY(members->failure.code == Code::NotSupported);
    QVERIFY(members->failure.text.find("not enabled for this namespace") != std::string::npos);
}

void CentrifugoDriverTest::usersAreDisconnectedAndTheServerIsTested()
{
    DriverFixture fixture{options()};
    fixture.http->answerWith(200, R"({"result":{}})");
    fixture.http->failWith(http::Failure::Unreachable, "refused");
    std::vector<Code> codes;
    fixture.connection()->terminateUser("42", [&](const Failure& failure) { codes.push_back(failure.code); });
    fixture.connection()->testConnection([&](const Failure& failure) { codes.push_back(failure.code); });
    QCOMPARE(codes, (std::vector<Code>{Code::None, Code::Unreachable}));
    QCOMPARE(fixture.http->requests()[0].body, text(R"({"user":"42"})"));
    QVERIFY(fixture.http->requests()[1].url.ends_with("/api/info"));
}

void CentrifugoDriverTest::badOptionsAreNamed_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("value");
    QTest::newRow("url") << text("url") << text(R"("rt.example.test")");
    QTest::newRow("error_mode") << text("error_mode") << text(R"("loud")");
    QTest::newRow("payload") << text("payload") << text("5");
    QTest::newRow("channel_map") << text("channel_map") << text(R"("star")");
    QTest::newRow("tags") << text("tags") << text(R"({"a":1})");
    QTest::newRow("skip_history") << text("skip_history") << text("1");
}

void CentrifugoDriverTest::badOptionsAreNamed()
{
    QFETCH(std::string, name);
    QFETCH(std::string, value);
    DriverFixture fixture{options({{name, value}})};
    const Report report = fixture.manager->publish("a", "{}").get();
    QVERIFY(report.code() == Code::BadOption);
    QVERIFY2(report.entries[0].text.starts_with("connection \"eu\": option \"" + name + "\""),
             report.entries[0].text.c_str());
}

void CentrifugoDriverTest::theKeyStaysInside()
{
    DriverFixture fixture{options({{"url", R"("http://user:MARKPASS@127.0.0.1:8000")"}})};
    fixture.http->answerWith(500, "the key MARKER is wrong");
    fixture.http->answerWith(200, R"({"error":{"code":107,"message":"MARKER"}})");
    fixture.http->failWith(http::Failure::Unreachable, "http://user:MARKPASS@127.0.0.1:8000 refused");
    for (int i = 0; i < 3; ++i) {
        const std::string all = everythingIn(fixture.manager->publish("a", "{}").get());
        QVERIFY2(all.find("MARK") == std::string::npos, all.c_str());
    }
}

QTEST_APPLESS_MAIN(CentrifugoDriverTest)
#include "centrifugo_driver_test.moc"
