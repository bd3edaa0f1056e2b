#include "tests/remote/centrifugo_server.h"

#include "core/base/json.h"
#include "core/broadcast/drivers/centrifugo_driver.h"
#include "core/remote/centrifugo_token.h"
#include "core/remote/centrifugo_watcher.h"
#include "core/remote/http_client.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

using namespace castdeck;
using namespace castdeck::broadcast;
using castdeck::test::CentrifugoServer;
using remote::CentrifugoWatcher;

namespace {

/// Requests of a driver that is used in the test's own thread only.
class Http final : public HttpTransport {
public:
    void send(http::OutgoingRequest request, Done done) override { m_client.send(request, &m_client, std::move(done)); }

private:
    remote::HttpClient m_client;
};

QList<QByteArray> words(const Delivery& delivery)
{
    QList<QByteArray> lines;
    for (const Entry& entry : delivery.entries)
        lines << QByteArray::fromStdString(entry.channel + ": " + std::string{toText(entry.status)} + " " +
                                           std::string{toText(entry.code)} + " " + std::to_string(entry.remoteStatus));
    return lines;
}

template <class Items, class Word> QStringList sorted(const Items& items, Word word)
{
    QStringList lines;
    for (const auto& item : items)
        lines << QString::fromStdString(word(item));
    lines.sort();
    return lines;
}

} // namespace

/// Our driver and our watcher at a real Centrifugo, where there is one.
class CentrifugoLiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }

    void eventsArriveInTheirForm_data();
    void eventsArriveInTheirForm();
    void messagesKeepTheirBytes();
    void everyChannelHasAnOutcomeOfItsOwn_data();
    void everyChannelHasAnOutcomeOfItsOwn();
    void aWrongKeyIsUnauthorized_data();
    void aWrongKeyIsUnauthorized();
    void historyIsKeptOnlyWhenAskedFor();
    void channelsAndMembersAreListed();
    void presenceThatIsOffIsNotSupported_data();
    void presenceThatIsOffIsNotSupported();
    void aUserCanBeThrownOut();
    void theConnectionCanBeTested();

    void joinsAndLeavesAreWatched();
    void theServerSubscribesWhatTheTokenNames();
    void refusedSubscriptionsAreTold();
    void aWrongTokenIsRefusedForGood();
    void anExpiredTokenIsReplaced();
    void aSilentWatcherWouldBeClosedButAnswersPings();

private:
    using More = std::initializer_list<Options::Entry>;

    /// `more` are options besides the address and the key.
    std::shared_ptr<Driver> driver(More more = {}) const;
    std::unique_ptr<CentrifugoWatcher> watcher(const remote::centrifugo::Claims& claims) const;
    /// One that is subscribed.
    std::unique_ptr<CentrifugoWatcher> watching(const std::string& channel, const std::string& user = "42") const;
    static Delivery send(Driver& driver, const std::vector<std::string>& channels, const std::string& data = "{}");

    std::optional<CentrifugoServer> m_server;
    std::shared_ptr<Http> m_http = std::make_shared<Http>();
};

/// What arrives at a watcher.
class Heard {
public:
    explicit Heard(CentrifugoWatcher& watcher)
    {
        QObject::connect(&watcher, &CentrifugoWatcher::published, &watcher,
                         [this](const remote::centrifugo::Publication& publication) { all.push_back(publication); });
    }
    std::vector<remote::centrifugo::Publication> all;
};

void CentrifugoLiveTest::initTestCase()
{
    if (CentrifugoServer::program().isEmpty())
        QSKIP("no Centrifugo: CASTDECK_CENTRIFUGO names none, and none is in the PATH");
    m_server.emplace();
    QVERIFY(m_server->isRunning());
}

std::shared_ptr<Driver> CentrifugoLiveTest::driver(More more) const
{
    Options options{{"url", json::toString(m_server->url().toString().toStdString())},
                    {"api_key", json::toString(CentrifugoServer::apiKey)}};
    for (const auto& [name, value] : more)
        options.set(name, value);
    Services services;
    services.http = m_http;
    return *CentrifugoDriver::make(options, services);
}

std::unique_ptr<CentrifugoWatcher> CentrifugoLiveTest::watcher(const remote::centrifugo::Claims& claims) const
{
    return std::make_unique<CentrifugoWatcher>(remote::CentrifugoWatcherOptions{
        .url = CentrifugoWatcher::socketUrl(m_server->url()),
        .token = [claims] { return remote::centrifugo::makeToken(CentrifugoServer::tokenSecret, claims); }});
}

std::unique_ptr<CentrifugoWatcher> CentrifugoLiveTest::watching(const std::string& channel,
                                                                const std::string& user) const
{
    auto result = watcher({.user = user});
    result->subscribe(channel);
    result->connectToServer();
    if (!QTest::qWaitFor([&] { return result->isSubscribed(channel); }))
        qFatal("no subscription to %s", channel.c_str());
    return result;
}

Delivery CentrifugoLiveTest::send(Driver& driver, const std::vector<std::string>& channels, const std::string& data)
{
    OutgoingEvent event;
    event.name = "NewRelease";
    event.data = data;
    event.channels = channels;
    std::optional<Delivery> delivery;
    driver.broadcast(event, [&](Delivery result) { delivery = std::move(result); });
    if (!QTest::qWaitFor([&] { return delivery.has_value(); }, 10'000))
        qFatal("no report");
    return *delivery;
}

void CentrifugoLiveTest::eventsArriveInTheirForm_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<std::string>("arrived");
    QTest::newRow("envelope") << std::string{"\"envelope\""}
                              << std::string{
                                     R"({"event":"NewRelease","data":{"n":12345678901234567890123, "s":"\u00e4"}})"};
    QTest::newRow("raw") << std::string{"\"raw\""} << std::string{R"({"n":12345678901234567890123, "s":"\u00e4"})"};
}

void CentrifugoLiveTest::eventsArriveInTheirForm()
{
    QFETCH(std::string, payload);
    const auto client = watching("releases");
    const Heard heard{*client};
    const auto sender = driver({{"payload", payload}, {"tags", R"({"by":"castdeck"})"}});
    QCOMPARE(words(send(*sender, {"releases"}, R"({"n":12345678901234567890123, "s":"\u00e4"})")),
             QList<QByteArray>{"releases: sent  0"});
    QTRY_COMPARE(heard.all.size(), std::size_t{1});
    QTEST(heard.all[0].data, "arrived");
    const std::vector<std::pair<std::string, std::string>> tags{{"by", "castdeck"}};
    QCOMPARE(heard.all[0].tags, tags);
}

void CentrifugoLiveTest::messagesKeepTheirBytes()
{
    const auto client = watching("releases");
    const Heard heard{*client};
    const auto sender = driver();
    int reports = 0;
    for (const char* const message : {R"({"status": "purchased"})", "no JSON", "[1, 2]"})
        sender->publish({"releases"}, message, [&](const Delivery&) { ++reports; });
    QTRY_COMPARE(reports, 3);
    QTRY_COMPARE(heard.all.size(), std::size_t{3});
    const auto data = sorted(heard.all, [](const auto& publication) { return publication.data; });
    const QStringList expected{R"("no JSON")", "[1, 2]", R"({"status": "purchased"})"};
    QCOMPARE(data, expected);
}

void CentrifugoLiveTest::everyChannelHasAnOutcomeOfItsOwn_data()
{
    QTest::addColumn<std::string>("mode");
    QTest::newRow("errors in the body") << std::string{"\"body\""};
    QTest::newRow("errors as status") << std::string{"\"transport\""};
}

void CentrifugoLiveTest::everyChannelHasAnOutcomeOfItsOwn()
{
    QFETCH(std::string, mode);
    const auto client = watching("order.7");
    const Heard heard{*client};
    client->subscribe("order.8");
    QTRY_VERIFY(client->isSubscribed("order.8"));
    const auto sender = driver({{"error_mode", mode}});
    const Delivery delivery = send(*sender, {"order.7", "x:8", "order.8"});
    const QList<QByteArray> expected{"order.7: sent  0", "x:8: failed rejected 102", "order.8: sent  0"};
    QCOMPARE(words(delivery), expected);
    QTRY_COMPARE(heard.all.size(), std::size_t{2});
}

void CentrifugoLiveTest::aWrongKeyIsUnauthorized_data()
{
    everyChannelHasAnOutcomeOfItsOwn_data();
}

void CentrifugoLiveTest::aWrongKeyIsUnauthorized()
{
    QFETCH(std::string, mode);
    const auto sender = driver({{"error_mode", mode}, {"api_key", "\"wrong\""}});
    const Delivery delivery = send(*sender, {"order.7"});
    QCOMPARE(words(delivery), QList<QByteArray>{"order.7: failed unauthorized 401"});
}

void CentrifugoLiveTest::historyIsKeptOnlyWhenAskedFor()
{
    const auto client = watching("room:history");
    const Heard heard{*client};

    send(*driver(), {"room:history"});
    send(*driver({{"skip_history", "false"}}), {"room:history"});
    QTRY_COMPARE(heard.all.size(), std::size_t{2});
    QVERIFY(!heard.all[0].offset);
    QCOMPARE(heard.all[1].offset, std::optional<std::uint64_t>{1});
}

void CentrifugoLiveTest::channelsAndMembersAreListed()
{
    const auto ada = watching("room:list", "ada");
    const auto adaAgain = watching("room:list", "ada");
    const auto bob = watching("room:list", "bob");
    const auto other = watching("lists");
    const auto asked = driver();
    std::optional<Listing<ChannelInfo>> channels;
    asked->listChannels("room:", [&](auto listing) { channels = std::move(listing); });
    QTRY_VERIFY(channels);
    QVERIFY(!channels->failure.isFailure());
    const auto named = sorted(channels->items, [](const ChannelInfo& channel) {
        return channel.name + " " + std::to_string(channel.connections.value_or(0));
    });
    QCOMPARE(named, QStringList{"room:list 3"});
    std::optional<Listing<MemberInfo>> members;
    asked->listMembers("room:list", [&](auto listing) { members = std::move(listing); });
    QTRY_VERIFY(members);
    const auto people = sorted(
        members->items, [](const MemberInfo& member) { return member.id + " " + std::to_string(member.connections); });
    const QStringList expected{"ada 2", "bob 1"};
    QCOMPARE(people, expected);
}

void CentrifugoLiveTest::presenceThatIsOffIsNotSupported_data()
{
    everyChannelHasAnOutcomeOfItsOwn_data();
}

void CentrifugoLiveTest::presenceThatIsOffIsNotSupported()
{
    QFETCH(std::string, mode);
    const auto asked = driver({{"error_mode", mode}});
    std::optional<Listing<MemberInfo>> members;
    asked->listMembers("releases", [&](auto listing) { members = std::move(listing); });
    QTRY_VERIFY(members);
    QCOMPARE(members->failure.code, Code::NotSupported);
    std::optional<Listing<MemberInfo>> unknown;
    asked->listMembers("x:1", [&](auto listing) { unknown = std::move(listing); });
    QTRY_VERIFY(unknown);
    QCOMPARE(unknown->failure.code, Code::Rejected);
}

void CentrifugoLiveTest::aUserCanBeThrownOut()
{
    const auto client = watching("releases", "unwanted");
    QSignalSpy lost{client.get(), &CentrifugoWatcher::connectionLost};
    const auto asked = driver();
    std::optional<Failure> failure;
    asked->terminateUser("unwanted", [&](Failure result) { failure = std::move(result); });
    QTRY_VERIFY(failure);
    QVERIFY(!failure->isFailure());
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost.first().at(0).toInt(), 3503);
    QCOMPARE(lost.first().at(2).toBool(), false);
}

void CentrifugoLiveTest::theConnectionCanBeTested()
{
    for (const auto& [key, code] : {std::pair{CentrifugoServer::apiKey, Code::None}, {"wrong", Code::Unauthorized}}) {
        const auto asked = driver({{"api_key", json::toString(key)}});
        std::optional<Failure> failure;
        asked->testConnection([&](Failure result) { failure = std::move(result); });
        QTRY_VERIFY(failure);
        QCOMPARE(failure->code, code);
    }
}

void CentrifugoLiveTest::joinsAndLeavesAreWatched()
{
    const auto client = watching("room:door", "watcher");
    QStringList seen;
    const auto note = [&](const char* sign) {
        return [&seen, sign](const QString& channel, const remote::centrifugo::ClientInfo& who) {
            if (who.user == "ada")
                seen << channel + QLatin1String{sign} + QString::fromStdString(who.user + " " + who.connectionInfo);
        };
    };
    connect(client.get(), &CentrifugoWatcher::joined, this, note(" +"));
    connect(client.get(), &CentrifugoWatcher::left, this, note(" -"));
    auto ada = watcher({.user = "ada", .info = R"({"name":"Ada"})"});
    ada->subscribe("room:door");
    ada->connectToServer();
    QTRY_COMPARE(seen, QStringList{R"(room:door +ada {"name":"Ada"})"});
    ada->unsubscribe("room:door");
    QTRY_COMPARE(seen.size(), 2);
    QCOMPARE(seen.last(), QStringLiteral(R"(room:door -ada {"name":"Ada"})"));
}

void CentrifugoLiveTest::theServerSubscribesWhatTheTokenNames()
{
    auto client = watcher({.user = "42", .channels = {"news", "mail"}});
    QSignalSpy subscribed{client.get(), &CentrifugoWatcher::subscribed};
    const Heard heard{*client};
    client->subscribe("news");
    client->connectToServer();
    QTRY_COMPARE(subscribed.count(), 2);
    QVERIFY(client->isSubscribed("news"));
    send(*driver(), {"news", "mail"});
    QTRY_COMPARE(heard.all.size(), std::size_t{2});
}

void CentrifugoLiveTest::refusedSubscriptionsAreTold()
{
    auto client = watcher({.user = "42"});
    QSignalSpy failed{client.get(), &CentrifugoWatcher::subscriptionFailed};
    client->subscribe("closed:1");
    client->subscribe("x:1");
    client->connectToServer();
    QTRY_COMPARE(failed.count(), 2);
    QCOMPARE(failed[0].at(0).toString(), QStringLiteral("closed:1"));
    QCOMPARE(failed[0].at(1).toInt(), 103);
    QCOMPARE(failed[1].at(1).toInt(), 102);
}

void CentrifugoLiveTest::aWrongTokenIsRefusedForGood()
{
    CentrifugoWatcher client{{.url = CentrifugoWatcher::socketUrl(m_server->url()),
                              .token = [] { return remote::centrifugo::makeToken("guessed", {.user = "42"}); }}};
    QSignalSpy lost{&client, &CentrifugoWatcher::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{3500, QStringLiteral("invalid token"), false}));
}

void CentrifugoLiveTest::anExpiredTokenIsReplaced()
{
    int tokens = 0;
    const auto token = [&tokens] {
        ++tokens;
        const auto lifetime = tokens == 1 ? -std::chrono::hours{1} : std::chrono::hours{1};
        return remote::centrifugo::makeToken(CentrifugoServer::tokenSecret,
                                             {.user = "42", .expires = std::chrono::system_clock::now() + lifetime});
    };
    CentrifugoWatcher client{{.url = CentrifugoWatcher::socketUrl(m_server->url()), .token = token}};
    QSignalSpy lost{&client, &CentrifugoWatcher::connectionLost};
    client.connectToServer();
    QTRY_COMPARE(client.state(), CentrifugoWatcher::State::Connected);
    QCOMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{109, QStringLiteral("token expired"), true}));
    QCOMPARE(tokens, 2);
}

/// The server of this test sends a ping a second and waits half of one for the answer.
void CentrifugoLiveTest::aSilentWatcherWouldBeClosedButAnswersPings()
{
    const auto client = watching("releases");
    QSignalSpy lost{client.get(), &CentrifugoWatcher::connectionLost};
    QVERIFY(!lost.wait(2'000));
}

QTEST_GUILESS_MAIN(CentrifugoLiveTest)
#include "centrifugo_live_test.moc"
