#include "core/broadcast/drivers/redis_driver.h"

#include "tests/core/broadcast/driver_fixture.h"
#include "tests/core/broadcast/odd_server.h"
#include "tests/core/broadcast/redis_server.h"
#include "tests/remote/self_signed.h"
#include "tests/support/socket.h"

#include <QTemporaryFile>
#include <QTest>

#include <algorithm>
#include <future>
#include <thread>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::DriverFixture;
using test::everythingIn;
using test::OddServer;
using test::RedisServer;
using test::words;

namespace {

struct NewRelease {
    Channel broadcastOn() const { return "releases"; }
    Json broadcastWith() const { return {{"message", "Version 4.0.0 has been released !"}}; }
};

Options options(std::uint16_t port, std::initializer_list<Options::Entry> more = {})
{
    Options result{{"driver", R"("redis")"}, {"port", std::to_string(port)}, {"timeout_ms", "10000"}};
    for (const auto& [name, value] : more)
        result.set(name, value);
    return result;
}

/// One reply of Redis as a subscriber gets it.
std::string bulk(std::string_view text)
{
    return "$" + std::to_string(text.size()) + "\r\n" + std::string{text} + "\r\n";
}

std::string message(std::string_view channel, std::string_view text)
{
    return "*3\r\n" + bulk("message") + bulk(channel) + bulk(text);
}

/// A client of the test's own, which knows nothing of the library that the driver uses.
class Subscriber {
public:
    Subscriber(std::uint16_t port, const std::vector<std::string>& channels) : m_socket{port}
    {
        std::string command = "*" + std::to_string(channels.size() + 1) + "\r\n" + bulk("SUBSCRIBE");
        std::string expected;
        int count = 0;
        for (const std::string& channel : channels) {
            command += bulk(channel);
            expected += "*3\r\n" + bulk("subscribe") + bulk(channel) + ":" + std::to_string(++count) + "\r\n";
        }
        m_socket.send(command);
        m_isSubscribed = reads(expected);
    }

    bool isSubscribed() const { return m_isSubscribed; }
    bool startsWith(const std::string& expected)
    {
        while (m_inbound.size() < expected.size()) {
            if (m_socket.receive(m_inbound) != test::Socket::Received::Bytes)
                break;
        }
        return m_inbound.starts_with(expected);
    }
    /// Whether exactly this comes next.
    bool reads(const std::string& expected)
    {
        const bool isEqual = startsWith(expected);
        if (!isEqual)
            qWarning() << "got" << m_inbound.c_str() << "for" << expected.c_str();
        m_inbound.erase(0, expected.size());
        return isEqual;
    }

private:
    test::Socket m_socket;
    std::string m_inbound;
    bool m_isSubscribed = false;
};

} // namespace

class RedisDriverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void eventsArriveWithTheirReceivers();
    void messagesArriveVerbatim();
    void manyChannelsArePipelined();
    void thePrefixIsPutBeforeEveryChannel();
    void theExcludedSocketStandsInTheMessage();
    void aTextIsWrappedAndNoted();
    void channelsAreListedWithTheirSubscribers();
    void twoThreadsShareAConnection();
    void aRestartedServerIsFoundAgain();
    void passwordsAreChecked();
    void databasesAreChosen();
    void tlsIsChecked();
    void remotesThatMisbehaveGetACodeInTime_data();
    void remotesThatMisbehaveGetACodeInTime();
    void theManagerEndsWhileAServerHangs();
    void aReportMayDestroyTheManager();
    void whatBreaksARuleIsNotSent();

private:
    std::unique_ptr<RedisServer> m_server;
};

void RedisDriverTest::initTestCase()
{
    m_server = std::make_unique<RedisServer>();
    QVERIFY(m_server->isRunning());
}

void RedisDriverTest::eventsArriveWithTheirReceivers()
{
    Subscriber first{m_server->port(), {"releases"}};
    Subscriber second{m_server->port(), {"releases"}};
    QVERIFY(first.isSubscribed() && second.isSubscribed());
    DriverFixture fixture{options(m_server->port())};
    const Report report = fixture.manager->channel(NewRelease()).get();
    QCOMPARE(words(report), std::string{"releases on eu: sent, 2 receivers\n"});
    const std::string expected = message(
        "releases", R"({"event":"NewRelease","data":{"message":"Version 4.0.0 has been released !"},"socket":null})");
    QVERIFY(first.reads(expected));
    QVERIFY(second.reads(expected));
    QCOMPARE(words(fixture.manager->channel("nobody", "e").get()), std::string{"nobody on eu: sent, 0 receivers\n"});
}

void RedisDriverTest::messagesArriveVerbatim()
{
    Subscriber subscriber{m_server->port(), {"order.7"}};
    DriverFixture fixture{options(m_server->port())};
    const std::string binary{"not JSON \r\n\0\xFF", 13};
    QVERIFY(fixture.manager->publish("order.7", {"{ \"n\":12345678901234567890 }", binary, ""}).get().isSuccess());
    QVERIFY(subscriber.reads(message("order.7", "{ \"n\":12345678901234567890 }")));
    QVERIFY(subscriber.reads(message("order.7", binary)));
    QVERIFY(subscriber.reads(message("order.7", "")));
}

void RedisDriverTest::manyChannelsArePipelined()
{
    std::vector<std::string> channels;
    for (int i = 0; i < 2'000; ++i)
        channels.push_back("many." + std::to_string(i));
    Subscriber subscriber{m_server->port(), {"many.0", "many.1999"}};
    DriverFixture fixture{options(m_server->port())};
    const Report report = fixture.manager->publish(channels, "m").get();
    QCOMPARE(report.entries.size(), channels.size());
    QVERIFY(report.isSuccess());
    QCOMPARE(report.entries[0].receivers.value_or(0), std::uint64_t{1});
    QCOMPARE(report.entries[1].receivers.value_or(9), std::uint64_t{0});
    QVERIFY(subscriber.reads(message("many.0", "m") + message("many.1999", "m")));
}

void RedisDriverTest::thePrefixIsPutBeforeEveryChannel()
{
    Subscriber subscriber{m_server->port(), {"app:a", "app:b"}};
    DriverFixture fixture{options(m_server->port(), {{"prefix", R"("app:")"}})};
    QCOMPARE(words(fixture.manager->publish({"a", "b"}, "m").get()),
             std::string{"a on eu: sent, 1 receiver\nb on eu: sent, 1 receiver\n"});
    QVERIFY(subscriber.reads(message("app:a", "m") + message("app:b", "m")));
}

void RedisDriverTest::theExcludedSocketStandsInTheMessage()
{
    Subscriber subscriber{m_server->port(), {"a"}};
    DriverFixture fixture{options(m_server->port())};
    QVERIFY(fixture.manager->channel("a", "e", "[1]", CallOptions{}.toOthers("4821.9047")).get().isSuccess());
    QVERIFY(subscriber.reads(message("a", R"({"event":"e","data":[1],"socket":"4821.9047"})")));
}

void RedisDriverTest::aTextIsWrappedAndNoted()
{
    Subscriber subscriber{m_server->port(), {"a"}};
    DriverFixture fixture{options(m_server->port())};
    QCOMPARE(words(fixture.manager->channel("a", "e", "hello").get()),
             std::string{"a on eu: sent, 1 receiver; wrapped as string\n"});
    QVERIFY(subscriber.reads(message("a", R"({"event":"e","data":"hello","socket":null})")));
}

void RedisDriverTest::channelsAreListedWithTheirSubscribers()
{
    Subscriber first{m_server->port(), {"list:a", "list:[b]*", "other"}};
    Subscriber second{m_server->port(), {"list:a"}};
    DriverFixture fixture{options(m_server->port(), {{"prefix", R"("list:")"}})};
    std::promise<Listing<ChannelInfo>> all;
    std::promise<Listing<ChannelInfo>> some;
    std::promise<Listing<ChannelInfo>> none;
    std::promise<Failure> tested;
    fixture.connection()->listChannels("", [&](const auto& listing) { all.set_value(listing); });
    fixture.connection()->listChannels("[b]*", [&](const auto& listing) { some.set_value(listing); });
    fixture.connection()->listChannels("never", [&](const auto& listing) { none.set_value(listing); });
    fixture.connection()->testConnection([&](const Failure& failure) { tested.set_value(failure); });
    Listing<ChannelInfo> listing = all.get_future().get();
    std::ranges::sort(listing.items, {}, &ChannelInfo::name);
    QCOMPARE(listing.items.size(), std::size_t{2});
    QCOMPARE(listing.items[0].name, std::string{"[b]*"});
    QCOMPARE(listing.items[1].name, std::string{"a"});
    QCOMPARE(listing.items[1].connections.value_or(0), std::uint64_t{2});
    QCOMPARE(some.get_future().get().items.size(), std::size_t{1});
    QVERIFY(none.get_future().get().items.empty());
    QVERIFY(!tested.get_future().get().isFailure());
}

void RedisDriverTest::twoThreadsShareAConnection()
{
    constexpr int count = 200;
    Subscriber subscriber{m_server->port(), {"first", "second"}};
    DriverFixture fixture{options(m_server->port())};
    const auto sendAll = [&](const std::string& topic) {
        for (int i = 0; i < count; ++i)
            fixture.manager->publish(topic, std::to_string(i));
    };
    std::thread first{sendAll, "first"};
    sendAll("second");
    first.join();
    // What comes is a merge of two rows that are each in order.
    int firsts = 0;
    int seconds = 0;
    while (firsts + seconds < 2 * count) {
        const std::string expected = message("first", std::to_string(firsts));
        if (firsts < count && subscriber.startsWith(expected)) {
            QVERIFY(subscriber.reads(expected));
            ++firsts;
        } else {
            QVERIFY(subscriber.reads(message("second", std::to_string(seconds++))));
        }
    }
}

void RedisDriverTest::aRestartedServerIsFoundAgain()
{
    RedisServer server;
    DriverFixture fixture{options(server.port())};
    QVERIFY(fixture.manager->publish("a", "1").get().isSuccess());
    server.stop();
    QVERIFY(fixture.manager->publish("a", "2").get().code() == Code::Unreachable);
    server.start();
    QVERIFY(fixture.manager->publish("a", "3").get().isSuccess());
    // Also when nobody sent while it was away.
    server.stop();
    server.start();
    QVERIFY(fixture.manager->publish("a", "4").get().isSuccess());
}

void RedisDriverTest::passwordsAreChecked()
{
    RedisServer server{QString{"--requirepass MARKER --user ada on >MARKADA ~* &* +@all "
                               "--user bob on >MARKBOB ~* resetchannels +@all"}
                           .split(' ')};
    QVERIFY(server.isRunning());
    const auto reportWith = [&](std::initializer_list<Options::Entry> more) {
        DriverFixture fixture{options(server.port(), more)};
        const Report report = fixture.manager->publish("a", "m").get();
        const std::string all = everythingIn(report);
        return all.find("MARK") == std::string::npos ? report.code() : Code::Partial;
    };
    QCOMPARE(reportWith({}), Code::Unauthorized);
    QCOMPARE(reportWith({{"password", R"("MARKWRONG")"}}), Code::Unauthorized);
    QCOMPARE(reportWith({{"password", R"("MARKER")"}}), Code::None);
    QCOMPARE(reportWith({{"username", R"("ada")"}, {"password", R"("MARKADA")"}}), Code::None);
    QCOMPARE(reportWith({{"username", R"("ada")"}, {"password", R"("MARKER")"}}), Code::Unauthorized);
    QCOMPARE(reportWith({{"username", R"("bob")"}, {"password", R"("MARKBOB")"}}), Code::Forbidden);
}

void RedisDriverTest::databasesAreChosen()
{
    DriverFixture good{options(m_server->port(), {{"database", "3"}})};
    QVERIFY(good.manager->publish("a", "m").get().isSuccess());
    DriverFixture bad{options(m_server->port(), {{"database", "4000"}})};
    QVERIFY(bad.manager->publish("a", "m").get().code() == Code::Rejected);
}

void RedisDriverTest::tlsIsChecked()
{
    const test::SelfSigned identity = test::makeSelfSigned();
    RedisServer server{{}, identity.certificate, identity.key};
    QVERIFY(server.isRunning());
    DriverFixture stranger{options(server.port(), {{"tls", "true"}})};
    const Report refused = stranger.manager->publish("a", "m").get();
    QCOMPARE(refused.code(), Code::Tls);
    QVERIFY2(refused.entries[0].text.find("self") != std::string::npos, refused.entries[0].text.c_str());
    for (const auto then : {OddServer::Then::KeepOpen, OddServer::Then::Close}) {
        const OddServer plain{then == OddServer::Then::Close ? "" : "-ERR unknown command\r\n", then};
        DriverFixture fixture{options(plain.port(), {{"tls", "true"}})};
        QCOMPARE(fixture.manager->publish("a", "m").get().code(), Code::Tls);
    }
    DriverFixture waiting{options(m_server->port(), {{"tls", "true"}, {"timeout_ms", "200"}})};
    const Report late = waiting.manager->publish("a", "m").get();
    QCOMPARE(late.code(), Code::Timeout);
    QCOMPARE(late.entries[0].text, std::string{"no answer in time to the TLS handshake; does the server speak TLS?"});
    // The certificates that the system trusts, in a place of the test's own.
    QTemporaryFile trusted;
    QVERIFY(trusted.open());
    trusted.write(identity.certificate);
    trusted.flush();
    qputenv("SSL_CERT_FILE", trusted.fileName().toUtf8());
    for (const char* host : {R"("127.0.0.1")", R"("localhost")"}) {
        DriverFixture friends{options(server.port(), {{"tls", "true"}, {"host", host}})};
        QCOMPARE(words(friends.manager->publish("a", {"1", "2"}).get()),
                 std::string{"a on eu: sent, 0 receivers\na on eu: sent, 0 receivers\n"});
        const std::string large(1'000'000, 'x');
        QVERIFY(friends.manager->publish("a", large).get().isSuccess());
    }
    qunsetenv("SSL_CERT_FILE");
}

void RedisDriverTest::remotesThatMisbehaveGetACodeInTime_data()
{
    QTest::addColumn<std::string>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* tag, const char* answer, bool closes, const char* expected) {
        QTest::newRow(tag) << std::string{answer} << closes << std::string{expected};
    };
    row("silent", "", false, "a timeout b timeout ");
    row("half an answer", ":1", false, "a timeout b timeout ");
    row("one of two, then silent", ":1\r\n", false, "a  b timeout ");
    row("closes", "", true, "a unreachable b unreachable ");
    row("one of two, then closes", ":1\r\n", true, "a  b unreachable ");
    row("a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", false, "a bad_response b bad_response ");
    row("another kind of answer", "+OK\r\n$-1\r\n", false, "a bad_response b bad_response ");
    row("a negative number", ":-1\r\n:2\r\n", false, "a bad_response b  ");
    row("loading", "-LOADING wait\r\n-NOPERM no\r\n", false, "a rejected b forbidden ");
}

void RedisDriverTest::remotesThatMisbehaveGetACodeInTime()
{
    QFETCH(std::string, answer);
    QFETCH(bool, closes);
    OddServer server{answer, closes ? OddServer::Then::Close : OddServer::Then::KeepOpen};
    DriverFixture fixture{options(server.port(), {{"timeout_ms", "200"}})};
    std::string codes;
    for (const Entry& entry : fixture.manager->publish({"a", "b"}, "m").get().entries)
        codes += entry.channel + " " + std::string{toText(entry.code)} + " ";
    QTEST(codes, "expected");
}

void RedisDriverTest::theManagerEndsWhileAServerHangs()
{
    OddServer server{""};
    DriverFixture fixture{options(server.port(), {{"timeout_ms", "600000"}})};
    const PendingReport running = fixture.manager->publish("a", "1");
    const PendingReport waiting = fixture.manager->publish("a", "2");
    QTRY_COMPARE(server.connections(), 1);
    fixture.manager.reset();
    QCOMPARE(running.get().code(), Code::Unreachable);
    QCOMPARE(waiting.get().code(), Code::Unreachable);
}

void RedisDriverTest::aReportMayDestroyTheManager()
{
    DriverFixture fixture{options(m_server->port())};
    std::promise<Code> ended;
    fixture.manager->publish("a", "1").then([&](const Report& report) {
        fixture.manager.reset();
        ended.set_value(report.code());
    });
    QCOMPARE(ended.get_future().get(), Code::None);
}

void RedisDriverTest::whatBreaksARuleIsNotSent()
{
    OddServer server{""};
    DriverFixture fixture{options(server.port())};
    QCOMPARE(fixture.manager->channel("a", "pusher:x").get().code(), Code::BadEvent);
    QCOMPARE(fixture.manager->channel("", "e").get().code(), Code::BadChannel);
    QCOMPARE(fixture.manager->channel("a", "e", "\xFF").get().code(), Code::NotJson);
    QCOMPARE(server.connections(), 0);
    for (const auto& [name, value] : std::initializer_list<Options::Entry>{
             {"port", "0"}, {"database", "-1"}, {"tls", "1"}, {"host", R"("")"}, {"password", "[]"}}) {
        DriverFixture bad{options(1, {{name, value}})};
        QCOMPARE(bad.manager->publish("a", "m").get().code(), Code::BadOption);
    }
}

QTEST_GUILESS_MAIN(RedisDriverTest)
#include "redis_driver_test.moc"
