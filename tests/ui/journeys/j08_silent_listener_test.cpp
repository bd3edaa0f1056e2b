#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <QtTest/QTest>
#include <QtWidgets/QComboBox>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J8: a developer finds out why a listener is silent.
class SilentListenerJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNearMissHasItsReasonAndTheHintWorks();

private:
    static void openListeners(Harness& harness, NodeActor& outside);
};

namespace {

QJsonObject channelOf(const QString& client, const QString& channel)
{
    return {{QStringLiteral("client"), client}, {QStringLiteral("channel"), channel}};
}

/// A pusher-js whose private channels are signed by an endpoint with that fault.
void openSigned(Harness& harness, NodeActor& outside, const QString& client, const QString& fault)
{
    const QJsonObject app{{QStringLiteral("key"), QString::fromStdString(Harness::app().key)},
                          {QStringLiteral("secret"), QString::fromLatin1(Harness::secret())}};
    const QJsonObject endpoint =
        outside.ask(QStringLiteral("endpoint"), {{QStringLiteral("app"), app}, {QStringLiteral("fault"), fault}});
    QJsonObject address = harness.address(client);
    address.insert(QStringLiteral("auth"), QJsonObject{{QStringLiteral("endpoint"), endpoint[QLatin1String{"url"}]},
                                                       {QStringLiteral("transport"), QStringLiteral("ajax")}});
    outside.ask(QStringLiteral("open"), address);
}

} // namespace

void SilentListenerJourney::openListeners(Harness& harness, NodeActor& outside)
{
    harness.client(outside, QStringLiteral("echo"), {}, QStringLiteral("openEcho"));
    QJsonObject listening = channelOf(QStringLiteral("echo"), QStringLiteral("orders"));
    listening.insert(QStringLiteral("code"),
                     QStringLiteral("Echo.channel('orders').listen('OrderShipped', console.log)"));
    QVERIFY(!outside.ask(QStringLiteral("run"), listening).contains(QStringLiteral("error")));
    openSigned(harness, outside, QStringLiteral("private"), QStringLiteral("none"));
    QVERIFY(!outside.ask(QStringLiteral("join"), channelOf(QStringLiteral("private"), QStringLiteral("private-orders")))
                 .contains(QStringLiteral("error")));
    harness.client(outside, QStringLiteral("capital"), {QStringLiteral("Orders")});
    openSigned(harness, outside, QStringLiteral("waiting"), QStringLiteral("slow"));
    QJsonObject waiting = channelOf(QStringLiteral("waiting"), QStringLiteral("private-orders"));
    waiting.insert(QStringLiteral("waits"), false);
    outside.ask(QStringLiteral("join"), waiting);
}

void SilentListenerJourney::everyNearMissHasItsReasonAndTheHintWorks()
{
    Journey journey{{.id = QStringLiteral("J8"),
                     .title = QStringLiteral("Developer finds out why a listener is silent"),
                     .actions = 3}};
    Harness harness{journey};
    harness.open();
    harness.window().showPage(ui::MainWindow::Send);
    NodeActor& outside = harness.actor();
    openListeners(harness, outside);
    harness.window().sendPage()->composer()->setDraft(
        {QStringLiteral("orders"), QStringLiteral("order.shipped"), R"({"id":5})", ui::PayloadMode::Json});
    const QString excluded = harness.client(outside, QStringLiteral("excluded"), {QStringLiteral("orders")});
    harness.window().findChild<QComboBox*>(QStringLiteral("composer.exclude"))->setEditText(excluded);
    harness.window().sendPage()->focusComposer();
    Ui ui{journey};
    QVERIFY(waitUntil([&] { return harness.window().workspace()->snapshot()->connectionCount == 5; }));

    journey.begin();
    ui.press(Qt::CTRL | Qt::Key_Return);
    QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("receipt.who")); }));
    ui.click(QStringLiteral("receipt.who"));
    const bool isTold = journey.within(QStringLiteral("who got this"), 200ms, [&] {
        return ui.isShown(QStringLiteral("delivery.misses")) &&
               ui.textOf(QStringLiteral("delivery.summary")).startsWith(u"1 socket reached");
    });
    journey.step(QStringLiteral("who got this"));
    QVERIFY2(isTold, qPrintable(ui.textOf(QStringLiteral("inspector.delivery"))));
    const QString misses = ui.textOf(QStringLiteral("inspector.delivery"));
    QVERIFY2(misses.contains(u"4 near misses"), qPrintable(misses));
    ui.clickTab(QStringLiteral("inspector.tabs"), QStringLiteral("Code"));
    const QString code = ui.textOf(QStringLiteral("inspector.code"));
    QVERIFY2(code.contains(u".listen('.order.shipped'"), qPrintable(code));
    journey.step(QStringLiteral("the line that listens"));
    journey.end();

    QString hint;
    for (const QString& line : code.split(u'\n')) {
        if (line.contains(u".listen('.order.shipped'"))
            hint = line;
    }
    // It listens on that channel already, for another name.
    const QJsonObject pasted{{QStringLiteral("client"), QStringLiteral("echo")}, {QStringLiteral("code"), hint}};
    const QJsonObject answer = outside.ask(QStringLiteral("run"), pasted);
    QVERIFY2(!answer.contains(QStringLiteral("error")), qPrintable(hint + answer[QLatin1String{"error"}].toString()));
    harness.window().showPage(ui::MainWindow::Send);
    harness.window().sendPage()->send();
    QVERIFY(waitUntil([&] {
        return std::ranges::any_of(outside.told(), [](const QJsonObject& line) {
            return line[QLatin1String{"heard"}][QLatin1String{"id"}].toInt() == 5;
        });
    }));
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(SilentListenerJourney)
#include "j08_silent_listener_test.moc"
