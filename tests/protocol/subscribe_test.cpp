#include "tests/support/engine_fixture.h"

#include "core/base/crypto.h"

#include <QStringList>
#include <QTest>

#include <cctype>
#include <cstdlib>
#include <thread>

using namespace castdeck;
using namespace castdeck::test;

namespace {

constexpr auto succeeded = "pusher_internal:subscription_succeeded";

std::string upperCase(std::string text)
{
    for (char& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

} // namespace

/// Protocol document, "Subscribe", "Failure of a command", "Unsubscribe" and "Channel grammar".
class SubscribeTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_fixture = std::make_unique<EngineFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void SU1_aPublicChannelNeedsNoAuth_data();
    void SU1_aPublicChannelNeedsNoAuth();
    void SU2_Q1_successComesFirstAndThenEveryEventInOrder();
    void Q1_allSubscribersSeeOneOrder();
    void SU3_aSignedPrivateSubscriptionSucceeds();
    void SU4_aWrongSignatureIsRefused_data();
    void SU4_aWrongSignatureIsRefused();
    void SU7_channelDataOfAPrivateChannelIsPartOfWhatIsSigned();
    void SU8_P10_aSecondSubscriptionIsAnErrorAndChangesNothing();
    void SU9_unsubscribingStopsDeliveryWithoutAReply();
    void SU9_P12_unsubscribingFromAChannelNotJoinedIsAnError();
    void SU10_theEndOfAConnectionEndsItsSubscriptions_data();
    void SU10_theEndOfAConnectionEndsItsSubscriptions();
    void SU11_aFailedSubscriptionIsReportedInTheStyleOfTheApp_data();
    void SU11_aFailedSubscriptionIsReportedInTheStyleOfTheApp();
    void SU12_afterAFailureTheSameChannelCanBeJoined();
    void SU13_namesMayHave200Characters_data();
    void SU13_namesMayHave200Characters();
    void SU14_P5_badNamesAreRefused_data();
    void SU14_P5_badNamesAreRefused();
    void SU15_aPrefixCountsOnlyAtTheStartWithItsDash_data();
    void SU15_aPrefixCountsOnlyAtTheStartWithItsDash();
    void SU16_P7_privateAndPresenceNamesDemandAuth_data();
    void SU16_P7_privateAndPresenceNamesDemandAuth();
    void P6_userChannelsAreRefusedToOthers();
    void P11_subscribingAndUnsubscribingInARowIsCarriedOutInOrder();
    void P20_oneSubscriptionTooManyIsRefused();

private:
    bool hasNoChannels() const
    {
        return m_fixture->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 0; });
    }

    std::unique_ptr<EngineFixture> m_fixture;
};

void SubscribeTest::SU1_aPublicChannelNeedsNoAuth_data()
{
    QTest::addColumn<std::string>("data");
    QTest::newRow("no auth") << std::string{R"({"channel":"news"})"};
    QTest::newRow("empty auth") << std::string{R"({"channel":"news","auth":""})"};
    QTest::newRow("null auth") << std::string{R"({"auth":null,"channel":"news","channel_data":null})"};
}

void SubscribeTest::SU1_aPublicChannelNeedsNoAuth()
{
    QFETCH(std::string, data);
    auto client = m_fixture->connect();
    client.send("pusher:subscribe", data);
    const Message message = client.expectEvent(succeeded, "news");
    QCOMPARE(message.data(), std::string{"{}"});
    m_fixture->publish("news", "hello", "world");
    QCOMPARE(client.expectEvent("hello", "news").data(), std::string{"world"});
}

void SubscribeTest::SU2_Q1_successComesFirstAndThenEveryEventInOrder()
{
    auto client = m_fixture->connect();
    int published = 0;
    const auto publish = [&] {
        for (int i = 0; i < 5; ++i)
            m_fixture->engine().publish({"app", {"news"}, "tick", std::to_string(++published), {}});
    };
    std::size_t received = 0;
    for (int round = 0; round < 200 && !QTest::currentTestFailed(); ++round) {
        // The engine's own thread publishes while the client's worker subscribes.
        publish();
        client.subscribe("news");
        publish();
        client.expectEvent(succeeded, "news");
        m_fixture->engine().publish({"app", {"news"}, "end", "", {}});
        int last = 0;
        Message message = client.expectMessage();
        for (; message.event() == "tick"; message = client.expectMessage(), ++received) {
            const int number = std::atoi(message.data().c_str());
            QVERIFY2(last == 0 || number == last + 1, message.text.c_str());
            last = number;
        }
        QCOMPARE(message.event(), std::string{"end"});
        QVERIFY(last == 0 || last == published);
        client.leave("news");
    }
    QVERIFY2(received > 0, "no event ever met a subscription");
}

void SubscribeTest::Q1_allSubscribersSeeOneOrder()
{
    std::vector<PusherClient> clients;
    for (int i = 0; i < 6; ++i) {
        clients.push_back(m_fixture->connect());
        clients.back().join("news");
    }
    // Two publishers at once: a thread over REST and the engine's own.
    std::thread publisher{[&] {
        for (int i = 0; i < 200; ++i)
            m_fixture->publish("news", "rest", std::to_string(i));
    }};
    for (int i = 0; i < 200; ++i)
        m_fixture->engine().publish({"app", {"news"}, "own", std::to_string(i), {}});
    publisher.join();
    std::vector<std::string> first;
    for (PusherClient& client : clients) {
        std::vector<std::string> order;
        for (int i = 0; i < 400; ++i)
            order.push_back(client.expectMessage().text);
        client.expectSilence();
        if (first.empty())
            first = order;
        QVERIFY(order == first);
    }
}

void SubscribeTest::SU3_aSignedPrivateSubscriptionSucceeds()
{
    auto client = m_fixture->connect();
    const std::string digest = hmacSha256Hex("app-secret", client.socketId() + ":private-foobar");
    client.subscribeWith("private-foobar", "app-key:" + digest);
    QCOMPARE(client.expectEvent(succeeded, "private-foobar").data(), std::string{"{}"});
}

void SubscribeTest::SU4_aWrongSignatureIsRefused_data()
{
    // HEX stands for the right digest, the other words for what their rows say.
    QTest::addColumn<std::string>("auth");
    const auto row = [](const char* name, const std::string& auth) { QTest::newRow(name) << auth; };
    row("SU4 another digest", "app-key:" + std::string(64, 'a'));
    row("SU4 missing", "");
    row("SU4 no colon", "HEX");
    row("SU4 two colons", "app-key::HEX");
    row("SU4 a colon behind", "app-key:HEX:");
    row("SU4 a digest cut short", "app-key:" + std::string(63, 'a'));
    row("SU4 10 KiB", "app-key:" + std::string(10'240, 'a'));
    row("SU4 a blank before", " app-key:HEX");
    row("SU5 another socket", "app-key:OTHERSOCKET");
    row("SU5 another channel", "app-key:OTHERCHANNEL");
    row("SU6 upper case", "app-key:UPPER");
    row("SU6 a foreign key", "other-key:HEX");
    row("SU6 no key", ":HEX");
}

void SubscribeTest::SU4_aWrongSignatureIsRefused()
{
    QFETCH(std::string, auth);
    auto client = m_fixture->connect();
    const auto sign = [&](const std::string& socket, const std::string& channel) {
        return hmacSha256Hex("app-secret", socket + ":" + channel);
    };
    const std::string right = sign(client.socketId(), "private-a");
    const auto replace = [&](const std::string& word, const std::string& text) {
        if (const std::size_t at = auth.find(word); at != std::string::npos)
            auth.replace(at, word.size(), text);
    };
    replace("OTHERSOCKET", sign("1.1", "private-a"));
    replace("OTHERCHANNEL", sign(client.socketId(), "private-b"));
    replace("UPPER", upperCase(right));
    replace("HEX", right);
    client.subscribeWith("private-a", auth);
    const Message refusal = client.expectRefusal("private-a", "AuthError", 401);
    QVERIFY2(refusal.text.find(right) == std::string::npos, "the refusal gives the signature away");
    m_fixture->publish("private-a", "hello", "world");
    client.expectSilence();
    QVERIFY(hasNoChannels());
}

void SubscribeTest::SU7_channelDataOfAPrivateChannelIsPartOfWhatIsSigned()
{
    auto client = m_fixture->connect();
    const std::string data = R"({"note":"ü"})";
    client.subscribeWith("private-a", channelAuth(client.app(), client.socketId(), "private-a"), data);
    client.expectRefusal("private-a", "AuthError", 401);
    client.subscribe("private-a", data);
    client.expectEvent(succeeded, "private-a");
}

void SubscribeTest::SU8_P10_aSecondSubscriptionIsAnErrorAndChangesNothing()
{
    auto watcher = m_fixture->connect();
    auto client = m_fixture->connect();
    watcher.join("presence-a", memberData("watcher"));
    client.join("presence-a", memberData("ann"));
    watcher.expectEvent("pusher_internal:member_added", "presence-a");
    client.subscribe("presence-a", memberData("other"));
    const std::string text = client.expectError(std::nullopt).payloadText("message");
    QVERIFY2(text.starts_with("Existing subscription"), text.c_str());
    watcher.expectSilence();
    m_fixture->publish("presence-a", "hello", "world");
    client.expectEvent("hello", "presence-a");
    client.expectSilence();
    client.leave("presence-a");
    m_fixture->publish("presence-a", "hello", "world");
    client.expectSilence();
}

void SubscribeTest::SU9_unsubscribingStopsDeliveryWithoutAReply()
{
    auto client = m_fixture->connect();
    client.join("news");
    client.join("other");
    client.unsubscribe("news");
    client.expectSilence();
    m_fixture->publish("news", "hello", "world");
    m_fixture->publish("other", "hello", "world");
    client.expectEvent("hello", "other");
    client.expectSilence();
}

void SubscribeTest::SU9_P12_unsubscribingFromAChannelNotJoinedIsAnError()
{
    auto other = m_fixture->connect();
    other.join("news");
    auto client = m_fixture->connect();
    client.unsubscribe("news");
    client.expectError(std::nullopt);
    client.unsubscribe("never");
    client.expectError(std::nullopt);
    client.expectSilence();
    m_fixture->publish("news", "hello", "world");
    other.expectEvent("hello", "news");
}

void SubscribeTest::SU10_theEndOfAConnectionEndsItsSubscriptions_data()
{
    QTest::addColumn<std::string>("end");
    for (const char* end : {"close frame", "end of stream", "F18 reset in mid-frame"})
        QTest::newRow(end) << std::string{end};
}

void SubscribeTest::SU10_theEndOfAConnectionEndsItsSubscriptions()
{
    QFETCH(std::string, end);
    auto watcher = m_fixture->connect();
    watcher.join("presence-a", memberData("watcher"));
    auto client = m_fixture->connect();
    client.join("presence-a", memberData("ann"));
    client.join("news");
    client.join("private-a");
    watcher.expectEvent("pusher_internal:member_added", "presence-a");
    const auto start = std::chrono::steady_clock::now();
    if (end == "close frame") {
        client.close();
    } else if (end == "end of stream") {
        client.socket().close();
    } else {
        client.sendBytes(maskedFrame(Opcode::Text, R"({"event":"pusher:unsubscribe"})").substr(0, 20));
        client.reset();
    }
    watcher.expectEvent("pusher_internal:member_removed", "presence-a");
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds{1});
    QVERIFY(m_fixture->waitFor([](const engine::Snapshot& snapshot) {
        return snapshot.connectionCount == 1 && snapshot.channelCount == 1 &&
               snapshot.channels.at(0).subscriptions == 1 && snapshot.channels.at(0).members.size() == 1;
    }));
    watcher.expectSilence();
}

void SubscribeTest::SU11_aFailedSubscriptionIsReportedInTheStyleOfTheApp_data()
{
    using Style = hub::SubscribeErrorStyle;
    QTest::addColumn<int>("style");
    QTest::addColumn<QStringList>("events");
    QTest::newRow("SU11 both") << int{static_cast<int>(Style::Both)}
                               << QStringList{"pusher:subscription_error", "pusher:error"};
    QTest::newRow("cloud") << int{static_cast<int>(Style::Cloud)} << QStringList{"pusher:error"};
    QTest::newRow("soketi") << int{static_cast<int>(Style::Soketi)} << QStringList{"pusher:subscription_error"};
}

void SubscribeTest::SU11_aFailedSubscriptionIsReportedInTheStyleOfTheApp()
{
    QFETCH(int, style);
    QFETCH(QStringList, events);
    auto app = makeApp();
    app.subscribeErrorStyle = static_cast<hub::SubscribeErrorStyle>(style);
    const EngineFixture fixture{app};
    auto client = fixture.connect();
    client.subscribeWith("private-a", "wrong");
    for (const QString& event : events)
        client.expectEvent(event.toStdString());
    client.expectSilence();
}

void SubscribeTest::SU12_afterAFailureTheSameChannelCanBeJoined()
{
    auto client = m_fixture->connect();
    client.subscribeWith("private-a", "wrong");
    client.expectRefusal("private-a", "AuthError", 401);
    client.join("private-a");
    m_fixture->publish("private-a", "hello", "world");
    client.expectEvent("hello", "private-a");
}

void SubscribeTest::SU13_namesMayHave200Characters_data()
{
    QTest::addColumn<int>("limit");
    QTest::newRow("by default") << 200;
    QTest::newRow("in strict mode") << 164;
}

void SubscribeTest::SU13_namesMayHave200Characters()
{
    QFETCH(int, limit);
    auto app = makeApp();
    app.limits.maxChannelNameCharacters = static_cast<std::size_t>(limit);
    const EngineFixture fixture{app};
    auto client = fixture.connect();
    const std::string longest(static_cast<std::size_t>(limit), 'x');
    client.join(longest);
    client.subscribe(longest + "x");
    client.expectRefusal(longest + "x", "LimitReached", 4009);
    client.expectSilence();
}

void SubscribeTest::SU14_P5_badNamesAreRefused_data()
{
    QTest::addColumn<std::string>("name");
    for (const char* name : {"", "a b", " a", "a/b", "a#b", "#x", "é", "a:b", "private-a b", "a\\u0000", "a\\n"})
        QTest::addRow("'%s'", name) << std::string{name};
}

void SubscribeTest::SU14_P5_badNamesAreRefused()
{
    QFETCH(std::string, name);
    auto client = m_fixture->connect();
    client.sendText(R"({"event":"pusher:subscribe","data":{"channel":")" + name + R"("}})");
    Message message = client.expectMessage();
    if (message.event() == "pusher:subscription_error")
        message = client.expectMessage();
    QCOMPARE(message.event(), std::string{"pusher:error"});
    QVERIFY(message.payload()["code"].is_null());
    client.expectSilence();
    QVERIFY(hasNoChannels());
}

void SubscribeTest::SU15_aPrefixCountsOnlyAtTheStartWithItsDash_data()
{
    QTest::addColumn<std::string>("name");
    for (const char* name : {"my-cache-x", "foo-private-x", "privateer", "cachet", "presences", "Private-x",
                             "my-presence-x", "private", "encrypted-x"})
        QTest::newRow(name) << std::string{name};
}

void SubscribeTest::SU15_aPrefixCountsOnlyAtTheStartWithItsDash()
{
    QFETCH(std::string, name);
    m_fixture->publish(name, "early", "1");
    auto client = m_fixture->connect();
    client.subscribeWith(name, "");
    QCOMPARE(client.expectEvent(succeeded, name).data(), std::string{"{}"});
    client.expectSilence(); // Neither an event from a cache nor a cache_miss.
}

void SubscribeTest::SU16_P7_privateAndPresenceNamesDemandAuth_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("auth");
    for (const char* name : {"private-x", "private-cache-x", "private-encrypted-x", "private-encrypted-cache-x",
                             "presence-x", "presence-cache-x", "private-", "private-encrypted"}) {
        QTest::addRow("%s without", name) << std::string{name} << std::string{};
        QTest::addRow("%s empty", name) << std::string{name} << std::string{R"(,"auth":"")"};
        QTest::addRow("%s null", name) << std::string{name} << std::string{R"(,"auth":null)"};
        QTest::addRow("%s a number", name) << std::string{name} << std::string{R"(,"auth":7)"};
    }
}

void SubscribeTest::SU16_P7_privateAndPresenceNamesDemandAuth()
{
    QFETCH(std::string, name);
    QFETCH(std::string, auth);
    auto client = m_fixture->connect();
    client.send("pusher:subscribe", R"({"channel":")" + name + '"' + auth + "}");
    const Message refusal = client.expectRefusal(name, "AuthError", 401);
    const std::string digest = hmacSha256Hex("app-secret", client.socketId() + ":" + name);
    QVERIFY2(refusal.text.find(digest) == std::string::npos, "the refusal gives the signature away");
    client.expectSilence();
}

void SubscribeTest::P6_userChannelsAreRefusedToOthers()
{
    auto client = m_fixture->connect();
    for (const char* name : {"#server-to-user-7", "#server-to-user-", "#other"}) {
        client.subscribe(name);
        client.expectEvent("pusher:subscription_error", name);
        client.expectError(std::nullopt);
    }
    QVERIFY(hasNoChannels());
}

void SubscribeTest::P11_subscribingAndUnsubscribingInARowIsCarriedOutInOrder()
{
    auto watcher = m_fixture->connect();
    watcher.join("presence-a", memberData("watcher"));
    auto client = m_fixture->connect();
    for (int i = 0; i < 300; ++i) {
        client.subscribe("presence-a", memberData("ann"));
        client.unsubscribe("presence-a");
    }
    client.subscribe("presence-a", memberData("ann"));
    for (int i = 0; i < 301; ++i)
        client.expectEvent(succeeded, "presence-a");
    client.expectSilence();
    for (int i = 0; i < 300; ++i) {
        watcher.expectEvent("pusher_internal:member_added", "presence-a");
        watcher.expectEvent("pusher_internal:member_removed", "presence-a");
    }
    watcher.expectEvent("pusher_internal:member_added", "presence-a");
    watcher.expectSilence();
}

void SubscribeTest::P20_oneSubscriptionTooManyIsRefused()
{
    auto app = makeApp();
    app.limits.maxSubscriptionsPerConnection = 500;
    const EngineFixture fixture{app};
    auto client = fixture.connect();
    for (int i = 0; i < 500; ++i)
        client.join("news-" + std::to_string(i));
    client.subscribe("news-500");
    client.expectRefusal("news-500", "LimitReached", 4100);
    client.leave("news-0");
    client.join("news-500");
    auto other = fixture.connect();
    other.join("news-501");
}

QTEST_GUILESS_MAIN(SubscribeTest)
#include "subscribe_test.moc"
