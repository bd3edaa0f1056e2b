#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"

#include <QtGui/QClipboard>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J6: a developer learns why a channel is denied.
class DeniedChannelJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstFailingCheckIsNamed_data();
    void theFirstFailingCheckIsNamed();
    void aSlowEndpointCanBeLeft();
    void theFailingCheckIsFoundWithoutAMouse();

private:
    static QString endpointWith(Harness& harness, const QString& fault);
    /// Asks the endpoint with that fault for a channel, as far as the last key.
    static void ask(Harness& harness, Ui& ui, const QString& fault, const QString& channel);
};

QString DeniedChannelJourney::endpointWith(Harness& harness, const QString& fault)
{
    const QJsonObject app{{QStringLiteral("key"), QString::fromStdString(Harness::app().key)},
                          {QStringLiteral("secret"), QString::fromLatin1(Harness::secret())}};
    const QJsonObject endpoint = harness.actor().ask(QStringLiteral("endpoint"),
                                                     {{QStringLiteral("app"), app}, {QStringLiteral("fault"), fault}});
    return endpoint[QLatin1String{"url"}].toString();
}

void DeniedChannelJourney::ask(Harness& harness, Ui& ui, const QString& fault, const QString& channel)
{
    const QString url = endpointWith(harness, fault);
    harness.begin();
    ui.press(Qt::CTRL | Qt::Key_6);
    ui.fill(QStringLiteral("auth.try.channel"), channel); // Tab Try is open, with Ana as the persona.
    ui.fill(QStringLiteral("auth.try.url"), url);
    ui.press(Qt::Key_F5);
}

void DeniedChannelJourney::theFirstFailingCheckIsNamed_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<int>("check");
    QTest::addColumn<QString>("said");
    const QString orders = QStringLiteral("private-orders.5");
    const QString lobby = QStringLiteral("presence-orders.5");
    QTest::newRow("no session") << orders << 5 << QStringLiteral("403");
    QTest::newRow("CSRF") << orders << 5 << QStringLiteral("419");
    QTest::newRow("redirect to login") << orders << 4 << QStringLiteral("/login");
    QTest::newRow("stack page") << orders << 5 << QStringLiteral("500");
    QTest::newRow("HTML with 200") << orders << 6 << QStringLiteral("HTML");
    QTest::newRow("auth missing") << orders << 7 << QStringLiteral("auth");
    QTest::newRow("other key") << orders << 9 << QStringLiteral("other-key");
    QTest::newRow("other secret") << orders << 10 << QStringLiteral("secret");
    QTest::newRow("other socket") << orders << 10 << QStringLiteral("another socket");
    QTest::newRow("channel_data as object") << lobby << 11 << QStringLiteral("channel_data");
    QTest::newRow("user_id as number") << lobby << 11 << QStringLiteral("user_id");
}

void DeniedChannelJourney::theFirstFailingCheckIsNamed()
{
    QFETCH(QString, channel);
    QFETCH(int, check);
    QFETCH(QString, said);
    const QString fault = QString::fromLatin1(QTest::currentDataTag());
    Journey journey{{.id = QStringLiteral("J6 %1").arg(fault),
                     .title = QStringLiteral("Developer learns why a channel is denied"),
                     .actions = 4}};
    Harness harness{journey};
    harness.open();
    Ui ui{journey};
    ask(harness, ui, fault, channel);
    const QString sentence = QStringLiteral("auth.check.%1.sentence").arg(check);
    QVERIFY(journey.within(QStringLiteral("the failing check"), 500ms, [&] { return ui.isShown(sentence); }));
    journey.step(QStringLiteral("the failing check"));
    const QString why = ui.textOf(sentence) + u' ' + ui.textOf(QStringLiteral("auth.check.%1.next").arg(check));
    QVERIFY2(why.contains(said), qPrintable(why));
    for (int other = 1; other < check; ++other)
        QVERIFY(!ui.isShown(QStringLiteral("auth.check.%1.sentence").arg(other)));

    journey.end();
    ui.click(QStringLiteral("auth.result.copy"));
    const QByteArray report = QGuiApplication::clipboard()->text().toUtf8();
    QVERIFY(!report.isEmpty());
    QVERIFY(!report.contains(Harness::secret()));
    journey.takeBackAction();
    if (check == 10) {
        ui.clickTab(QStringLiteral("auth.result.tabs"), QStringLiteral("Signature"));
        QVERIFY(ui.textOf(QStringLiteral("auth.result.text")).contains(channel));
        journey.step(QStringLiteral("the signature"));
        journey.takeBackAction();
    }
    QCOMPARE(harness.faults(), QString{});
}

void DeniedChannelJourney::aSlowEndpointCanBeLeft()
{
    Journey journey{{.id = QStringLiteral("J6 slow"),
                     .title = QStringLiteral("Developer does not wait for a slow endpoint"),
                     .actions = 5}};
    Harness harness{journey};
    harness.open();
    Ui ui{journey};
    ask(harness, ui, QStringLiteral("slow"), QStringLiteral("private-orders.5"));
    QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("auth.try.cancel")); }));
    journey.step(QStringLiteral("waiting"));
    ui.click(QStringLiteral("auth.try.cancel"));
    QVERIFY(journey.within(QStringLiteral("cancel"), 100ms,
                           [&] { return ui.find(QStringLiteral("auth.try.run")).isEnabled(); }));
    QCOMPARE(harness.faults(), QString{});
}

void DeniedChannelJourney::theFailingCheckIsFoundWithoutAMouse()
{
    Journey journey{{.id = QStringLiteral("J13 denied"),
                     .title = QStringLiteral("Developer learns by keys why a channel is denied"),
                     .actions = 5}};
    Harness harness{journey};
    harness.open();
    Ui ui{journey};
    const QString url = endpointWith(harness, QStringLiteral("other secret"));
    harness.begin();
    ui.press(Qt::CTRL | Qt::Key_6);
    ui.type(QStringLiteral("private-orders.5"));
    ui.press(Qt::Key_Tab);
    ui.type(url);
    ui.press(Qt::Key_F5);
    QVERIFY(journey.within(QStringLiteral("the failing check"), 500ms,
                           [&] { return ui.isShown(QStringLiteral("auth.check.10.sentence")); }));
    QVERIFY(ui.find(QStringLiteral("auth.check.10")).accessibleName().contains(u"failed", Qt::CaseInsensitive));
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(DeniedChannelJourney)
#include "j06_denied_channel_test.moc"
