#include "ui/models/log_store.h"
#include "ui/text/listen_hint.h"
#include "ui/text/near_misses.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/delivery_view.h"
#include "ui/widgets/value_text.h"

#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;
using engine::Event;
using engine::EventKind;
using Kind = NearMiss::Kind;

class DeliveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesThatAreAlikeAreExplained_data();
    void namesThatAreAlikeAreExplained();
    void eachNearMissHasItsReason_data();
    void eachNearMissHasItsReason();
    void whoWasReachedIsNoNearMiss();
    void aCrowdOfMissesIsCut();
    void theLineForEachClient_data();
    void theLineForEachClient();
    void theViewCountsAndExplains();
    void aRowWithoutATraceSaysSo();
    void theCodeTabShowsTheDot();

private:
    static WallTime at(std::chrono::milliseconds offset) { return WallTime{} + 1'000'000s + offset; }
    static Event row(EventKind kind, std::chrono::milliseconds when, const char* socket, const char* channel = "orders")
    {
        Event event;
        event.kind = kind;
        event.at = at(when);
        event.appId = "shop";
        event.channel = channel;
        event.socketId = socket;
        return event;
    }
    static Event sent(const std::string& except = {})
    {
        Event event = row(EventKind::ApiMessage, 0ms, "");
        event.event = "order.shipped";
        event.receivers = 1;
        const auto trace = std::make_shared<engine::DeliveryTrace>(1, except);
        trace->note(std::uint64_t{1} << 32 | 1, 0);
        event.trace = trace;
        return event;
    }
    static engine::ConnectionSnapshot connection(const char* socket, std::vector<std::string> channels)
    {
        engine::ConnectionSnapshot connection;
        connection.appId = "shop";
        connection.socketId = socket;
        connection.client = "js 8.6.0";
        connection.since = at(-10s);
        connection.channels = std::move(channels);
        return connection;
    }
    static NearMisses search(const Event& event, std::vector<engine::ConnectionSnapshot> connections,
                             const std::vector<Event>& log = {})
    {
        engine::Snapshot snapshot;
        snapshot.connections = std::move(connections);
        std::vector<const Event*> rows;
        for (const Event& each : log)
            rows.push_back(&each);
        return nearMisses(event, snapshot, rows);
    }
};

void DeliveryTest::namesThatAreAlikeAreExplained_data()
{
    QTest::addColumn<std::string>("other");
    QTest::addColumn<std::string>("wanted");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* other, const char* wanted, const char* reason) {
        QTest::newRow(other) << std::string{other} << std::string{wanted} << QString{reason};
    };
    row("private-orders", "orders", "another prefix");
    row("private-encrypted-cache-orders", "presence-orders", "another prefix");
    row("Orders", "orders", "capital and small");
    row("private-Orders", "orders", "prefix and capital");
    row("order", "orders", "one letter");
    row("oorders", "orders", "one letter");
    row("ordres", "orders", "one letter");
    row("order5", "orders", "one letter");
    row("orders.*", "orders.17", "asterisk");
    row("news", "orders", "");
    row("orders", "orders", "");
    row("ordxyz", "orders", "");
    row("sredro", "orders", "");
}

void DeliveryTest::namesThatAreAlikeAreExplained()
{
    QFETCH(const std::string, other);
    QFETCH(const std::string, wanted);
    QFETCH(const QString, reason);
    const QString likeness = likenessOf(other, wanted);
    QCOMPARE(likeness.isEmpty(), reason.isEmpty());
    QVERIFY2(likeness.contains(reason), qPrintable(likeness));
}

struct Seeded {
    std::string except;
    std::vector<engine::ConnectionSnapshot> connections;
    std::vector<Event> log;
};

void DeliveryTest::eachNearMissHasItsReason_data()
{
    QTest::addColumn<Seeded>("seeded");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, Seeded seeded, Kind kind, const char* reason) {
        QTest::newRow(name) << std::move(seeded) << static_cast<int>(kind) << QString{reason};
    };
    Event refused = DeliveryTest::row(EventKind::AuthDenied, -2s, "2.2");
    refused.detail = "no rule allows it";
    engine::ConnectionSnapshot foreigner = connection("2.2", {"orders"});
    foreigner.appId = "other";
    row("excluded by its socket id", {"2.2", {connection("2.2", {"orders"})}, {}}, Kind::LeftOut,
        "left this socket out");
    row("prefix", {{}, {connection("2.2", {"news", "private-orders"})}, {}}, Kind::OtherChannel, "private-orders");
    row("refused", {{}, {connection("2.2", {"news"})}, {refused}}, Kind::Refused, "no rule allows it");
    row("came later", {{}, {connection("2.2", {"orders"})}, {}}, Kind::Late, "after the event");
    row("left before", {{}, {connection("2.2", {"news"})}, {DeliveryTest::row(EventKind::Unsubscribed, -4s, "2.2")}},
        Kind::Gone, "left the channel 4.0 s before");
    row("closed before",
        {{},
         {},
         {DeliveryTest::row(EventKind::Unsubscribed, -3s, "2.2"),
          DeliveryTest::row(EventKind::Disconnection, -3s, "2.2", "")}},
        Kind::Gone, "ended 3.0 s before");
    row("waits for its authorization", {{}, {connection("2.2", {})}, {}}, Kind::NothingJoined, "authorization");
    row("another application", {{}, {foreigner}, {}}, Kind::OtherApp, "application other");
}

void DeliveryTest::eachNearMissHasItsReason()
{
    QFETCH(const Seeded, seeded);
    QFETCH(const int, kind);
    QFETCH(const QString, reason);
    const NearMisses misses = search(sent(seeded.except), seeded.connections, seeded.log);
    QCOMPARE(misses.list.size(), std::size_t{1});
    QCOMPARE(misses.list.front().socketId, "2.2");
    QCOMPARE(static_cast<int>(misses.list.front().kind), kind);
    QVERIFY2(misses.list.front().reason.contains(reason), qPrintable(misses.list.front().reason));
}

void DeliveryTest::whoWasReachedIsNoNearMiss()
{
    const NearMisses misses =
        search(sent(), {connection("1.1", {"orders", "Orders"}), connection("3.3", {"news"})},
               {row(EventKind::Unsubscribed, -9s, "1.1"), row(EventKind::Subscribed, -8s, "1.1"),
                row(EventKind::Unsubscribed, -90s, "4.4"), row(EventKind::Disconnection, -90s, "4.4", "")});
    QVERIFY(misses.list.empty());
}

void DeliveryTest::aCrowdOfMissesIsCut()
{
    std::vector<engine::ConnectionSnapshot> crowd(120, connection("2.2", {"Orders"}));
    crowd.push_back(connection("9.9", {"orders"}));
    const NearMisses misses = search(sent("9.9"), std::move(crowd));
    QCOMPARE(misses.list.size(), NearMisses::maxListed);
    QCOMPARE(misses.more, std::size_t{71});
    QCOMPARE(misses.list.front().kind, Kind::LeftOut);
}

void DeliveryTest::theLineForEachClient_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("event");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char* channel, const char* event, const QStringList& lines) {
        QTest::addRow("%s %s", channel, event) << std::string{channel} << std::string{event} << lines;
    };
    row("orders", "order.shipped",
        {"Echo.channel('orders').listen('.order.shipped', (data) => console.log(data));",
         "pusher.subscribe('orders').bind('order.shipped', (data) => console.log(data));",
         "castdeck-cli listen orders --event order.shipped"});
    row("private-orders.5", "App\\Events\\OrderShipped",
        {"Echo.private('orders.5').listen('OrderShipped', (data) => console.log(data));",
         "pusher.subscribe('private-orders.5').bind('App\\\\Events\\\\OrderShipped', (data) => console.log(data));",
         "castdeck-cli listen private-orders.5 --event 'App\\Events\\OrderShipped'"});
    row("presence-room", "client-typing",
        {"Echo.join('room').listenForWhisper('typing', (data) => console.log(data));",
         "pusher.subscribe('presence-room').bind('client-typing', (data) => console.log(data));",
         "castdeck-cli listen presence-room --event client-typing"});
    row("private-encrypted-cache-x", "it's",
        {"Echo.encryptedPrivate('cache-x').listen('.it\\'s', (data) => console.log(data));",
         "pusher.subscribe('private-encrypted-cache-x').bind('it\\'s', (data) => console.log(data));",
         "castdeck-cli listen private-encrypted-cache-x --event 'it'\\''s'"});
    row("#server-to-user-7", "e", {"pusher.signin(); pusher.user.bind('e', (data) => console.log(data));"});
}

void DeliveryTest::theLineForEachClient()
{
    QFETCH(const std::string, channel);
    QFETCH(const std::string, event);
    QFETCH(const QStringList, lines);
    QStringList found;
    for (const ListenHint& hint : listenHints(channel, event))
        found << hint.code;
    QCOMPARE(found, lines);
}

void DeliveryTest::theViewCountsAndExplains()
{
    LogStore log;
    DeliveryView view{log};
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->connections = {connection("1.1", {"orders"}), connection("2.2", {"private-orders"})};
    view.showSnapshot(snapshot);
    view.setEvent(sent());
    view.show();
    const auto* summary = view.findChild<QLabel*>("delivery.summary");
    QTRY_VERIFY(summary->text().contains("1 socket"));
    const auto* table = view.findChild<QTableView*>("delivery.reached");
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 0).data().toString(), "1.1");
    QCOMPARE(table->model()->index(0, 1).data().toString(), "js 8.6.0");
    QStringList texts;
    for (const auto* label : view.findChild<QWidget*>("delivery.misses")->findChildren<QLabel*>())
        texts << label->text();
    QCOMPARE(texts.size(), 2);
    QVERIFY(texts.join(' ').contains("private-orders"));
}

void DeliveryTest::aRowWithoutATraceSaysSo()
{
    LogStore log;
    DeliveryView view{log};
    view.showSnapshot(std::make_shared<engine::Snapshot>());
    Event event = sent();
    event.trace = nullptr;
    view.setEvent(event);
    view.show();
    QStringList texts;
    for (const auto* label : view.findChildren<QLabel*>()) {
        if (label->isVisible())
            texts << label->text();
    }
    QVERIFY2(texts.join(' ').contains("1 subscriber received this message"), qPrintable(texts.join(' ')));
}

void DeliveryTest::theCodeTabShowsTheDot()
{
    CodeView view;
    view.setListening("orders", "order.shipped");
    const auto* line = view.findChild<ValueText*>("code.line.Laravel Echo");
    QVERIFY(line != nullptr);
    QVERIFY(line->toPlainText().contains(".listen('.order.shipped',"));
    view.setListening({}, {});
    QTRY_VERIFY(view.findChild<ValueText*>("code.line.Laravel Echo") == nullptr);
}

QTEST_MAIN(DeliveryTest)
#include "delivery_test.moc"
