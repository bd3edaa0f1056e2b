#include "core/webhook/webhook_event.h"

#include "core/pusher/signature.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;
using hub::FactKind;

class WebhookEventTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFactBecomesTheEventOfTheProtocol_data();
    void aFactBecomesTheEventOfTheProtocol();
    void factsThatNoWebhookTellsBecomeNothing();
    void theBodyIsTheOneOfTheProtocolAndSoIsItsSignature_data();
    void theBodyIsTheOneOfTheProtocolAndSoIsItsSignature();
    void anEventIsReadBackFromItsBytes();
    void whatIsNoEventIsNotReadBack_data();
    void whatIsNoEventIsNotReadBack();
};

Q_DECLARE_METATYPE(castdeck::hub::Fact)

namespace {

const WallTime moment{std::chrono::milliseconds{1'700'000'000'123}};

WebhookEvent eventOf(const hub::Fact& fact)
{
    return makeEvent(*eventKindOf(fact.kind), fact);
}

const hub::Fact wave{.kind = FactKind::ClientEvent,
                     .appId = "900",
                     .channel = "presence-lobby",
                     .event = "client-wave",
                     .socketId = "4711.815",
                     .userId = "u-42",
                     .dataLiteral = R"("{\"x\":1}")"};

} // namespace

void WebhookEventTest::aFactBecomesTheEventOfTheProtocol_data()
{
    QTest::addColumn<hub::Fact>("fact");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("occupied") << hub::Fact{.kind = FactKind::Occupied, .channel = "room.7"}
                              << QByteArray{R"({"name":"channel_occupied","channel":"room.7"})"};
    QTest::newRow("vacated") << hub::Fact{.kind = FactKind::Vacated, .channel = "room.7"}
                             << QByteArray{R"({"name":"channel_vacated","channel":"room.7"})"};
    QTest::newRow("member added") << hub::Fact{.kind = FactKind::MemberAdded,
                                               .channel = "presence-a",
                                               .event = "member_added",
                                               .userId = "10"}
                                  << QByteArray{R"({"name":"member_added","channel":"presence-a","user_id":"10"})"};
    QTest::newRow("member removed")
        << hub::Fact{.kind = FactKind::MemberRemoved, .channel = "presence-a", .userId = "\"\n\xC3\xBC"}
        << QByteArray{"{\"name\":\"member_removed\",\"channel\":\"presence-a\",\"user_id\":\"\\\"\\n\xC3\xBC\"}"};
    QTest::newRow("cache miss") << hub::Fact{.kind = FactKind::CacheMiss, .channel = "cache-a"}
                                << QByteArray{R"({"name":"cache_miss","channel":"cache-a"})"};
    QTest::newRow("subscription count is a number")
        << hub::Fact{.kind = FactKind::SubscriptionCount, .channel = "room.7", .receivers = 12}
        << QByteArray{R"({"name":"subscription_count","channel":"room.7","subscription_count":12})"};
    QTest::newRow("WH4 presence")
        << wave
        << QByteArray{R"({"name":"client_event","channel":"presence-lobby","event":"client-wave","data":"{\"x\":1}",)"
                      R"("socket_id":"4711.815","user_id":"u-42"})"};
    hub::Fact onPrivate = wave;
    onPrivate.channel = "private-lobby";
    QTest::newRow("WH4 private")
        << onPrivate
        << QByteArray{R"({"name":"client_event","channel":"private-lobby","event":"client-wave","data":"{\"x\":1}",)"
                      R"("socket_id":"4711.815"})"};
}

void WebhookEventTest::aFactBecomesTheEventOfTheProtocol()
{
    QFETCH(hub::Fact, fact);
    QFETCH(QByteArray, json);
    QCOMPARE(QByteArray::fromStdString(eventOf(fact).json), json);
    QCOMPARE(eventOf(fact).channel, std::string{fact.channel});
}

void WebhookEventTest::factsThatNoWebhookTellsBecomeNothing()
{
    for (const FactKind kind :
         {FactKind::Connection, FactKind::Disconnection, FactKind::Subscribed, FactKind::Unsubscribed,
          FactKind::ApiMessage, FactKind::Error, FactKind::ClientError, FactKind::ApiError, FactKind::AuthDenied})
        QVERIFY(!eventKindOf(kind));
}

void WebhookEventTest::theBodyIsTheOneOfTheProtocolAndSoIsItsSignature_data()
{
    QTest::addColumn<hub::Fact>("fact");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("WH6 T11") << hub::Fact{.kind = FactKind::Occupied, .channel = "room.7"}
                             << QByteArray{"f17c879df72fbd40af2daba3f081b27b3e980bbe8b5c1c3c807a9ed331e8df6d"};
    QTest::newRow("WH6 T12") << wave << QByteArray{"9bafcbf187aca573080b2a0e78801a8dfc7743a61a71dc6db84f77d4044b3d3a"};
}

void WebhookEventTest::theBodyIsTheOneOfTheProtocolAndSoIsItsSignature()
{
    QFETCH(hub::Fact, fact);
    QFETCH(QByteArray, signature);
    const pusher::Signer signer{"app-key-1", "app-secret-1"};
    QCOMPARE(QByteArray::fromStdString(signer.sign(makeBody(moment, {eventOf(fact)}))), signature);
}

void WebhookEventTest::anEventIsReadBackFromItsBytes()
{
    const WebhookEvent removed = eventOf({.kind = FactKind::MemberRemoved, .channel = "presence-a", .userId = "\"u"});
    const auto alone = parseEvent(removed.json);
    QVERIFY(alone.has_value());
    QCOMPARE(alone->userId, removed.userId);
    const auto events = parseBody(makeBody(moment, {removed, eventOf(wave)}));
    QVERIFY(events.has_value());
    QCOMPARE(events->size(), std::size_t{2});
    QCOMPARE(events->at(0).json, removed.json);
    QCOMPARE(events->at(1).json, eventOf(wave).json);
    QCOMPARE(events->at(1).channel, "presence-lobby");
    QCOMPARE(events->at(1).userId, "");
}

void WebhookEventTest::whatIsNoEventIsNotReadBack_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* const text : {"", "7", "[]", "{}", R"({"name":7})", R"({"name":"pusher:ping"})", "{\"name\":\"c"})
        QTest::newRow(text) << QByteArray{text};
}

void WebhookEventTest::whatIsNoEventIsNotReadBack()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseEvent(text.toStdString()));
    QVERIFY(!parseBody(text.toStdString()));
    QVERIFY(!parseBody("{\"time_ms\":1,\"events\":[" + text.toStdString() + "]}")
                 .value_or(std::vector<WebhookEvent>{})
                 .size());
}

QTEST_APPLESS_MAIN(WebhookEventTest)
#include "webhook_event_test.moc"
