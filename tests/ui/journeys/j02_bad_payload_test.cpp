#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"

#include <QtTest/QTest>
#include <QtWidgets/QPlainTextEdit>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J2: an operator fixes a bad payload.
class BadPayloadJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMissingCommaIsFoundAndMendedBeforeAnythingIsSent();
    void whatCannotBeSentSaysWhy_data();
    void whatCannotBeSentSaysWhy();
};

namespace {

const QString broken =
    QStringLiteral("{\n  \"gate\": \"B 12\"\n  \"seats\": 18446744073709551615,\n  \"a\\/b\": 1.0\n}");

QPoint placeOf(const QPlainTextEdit& editor, int position)
{
    QTextCursor cursor{editor.document()};
    cursor.setPosition(position);
    return editor.cursorRect(cursor).center();
}

} // namespace

void BadPayloadJourney::aMissingCommaIsFoundAndMendedBeforeAnythingIsSent()
{
    Journey journey{
        {.id = QStringLiteral("J2"), .title = QStringLiteral("Operator fixes a bad payload"), .actions = 5}};
    Harness harness{journey};
    harness.open();
    harness.window().arrange(ui::Arrangement::Operator); // Opens on the Send page.
    NodeActor& listener = harness.actor();
    harness.client(listener, QStringLiteral("phone"), {QStringLiteral("alerts")});
    harness.client(listener, QStringLiteral("plain"), {QStringLiteral("alerts")}, QStringLiteral("openPlain"));
    Ui ui{journey};
    const auto heard = [&](const char* client) {
        return listener.heard(QLatin1String{client}, QStringLiteral("note"));
    };

    journey.begin();
    ui.fill(QStringLiteral("composer.channels"), QStringLiteral("alerts"));
    ui.fill(QStringLiteral("composer.event"), QStringLiteral("note"));
    ui.paste(QStringLiteral("composer.payload"), broken);
    auto& editor = ui.find<QPlainTextEdit>(QStringLiteral("composer.payload"));
    const QString place = QStringLiteral("Line 3, column 3");
    QVERIFY(journey.within(QStringLiteral("mark after the last key"), 200ms,
                           [&] { return ui.textOf(QStringLiteral("page.send")).contains(place); }));
    QVERIFY(!editor.extraSelections().isEmpty());
    journey.step(QStringLiteral("the mistake is marked"));

    ui.clickAt(editor, placeOf(editor, static_cast<int>(broken.indexOf(u'\n', 3))));
    journey.takeBackAction(); // Typing into a field includes going to the place.
    ui.type(QStringLiteral(","));
    ui.press(Qt::CTRL | Qt::Key_Return);
    QVERIFY(journey.within(QStringLiteral("send"), 300ms,
                           [&] { return heard("phone").size() == 1 && heard("plain").size() == 1; }));
    QVERIFY(waitUntil([&] { return ui.textOf(QStringLiteral("composer.receipt")).contains(QStringLiteral("2 ")); }));
    journey.step(QStringLiteral("sent"));

    const QString sent = editor.toPlainText();
    QCOMPARE(sent.size(), broken.size() + 1);
    QCOMPARE(heard("plain").front()[QLatin1String{"data"}].toString(), sent);
    QCOMPARE(harness.faults(), QString{});
}

void BadPayloadJourney::whatCannotBeSentSaysWhy_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QStringList>("said");
    QTest::newRow("a missing comma") << QStringLiteral("alerts") << broken << QStringList{QStringLiteral("Line 3")};
    QTest::newRow("a byte too much") << QStringLiteral("alerts") << (u'"' + QString{10'239, u'x'} + u'"')
                                     << QStringList{QStringLiteral("10,241"), QStringLiteral("10,240")};
    QTest::newRow("a slash in a name") << QStringLiteral("orders/1") << QStringLiteral("{}")
                                       << QStringList{QStringLiteral("'/'"), QStringLiteral("letters, digits")};
}

void BadPayloadJourney::whatCannotBeSentSaysWhy()
{
    QFETCH(QString, channel);
    QFETCH(QString, payload);
    QFETCH(QStringList, said);
    Journey journey{{.id = QStringLiteral("J2 %1").arg(QLatin1String{QTest::currentDataTag()}),
                     .title = QStringLiteral("What cannot be sent says why"),
                     .actions = 4}};
    Harness harness{journey};
    harness.open();
    harness.window().arrange(ui::Arrangement::Operator); // Opens on the Send page.
    NodeActor& listener = harness.actor();
    harness.client(listener, QStringLiteral("phone"), {QStringLiteral("alerts")});
    Ui ui{journey};

    journey.begin();
    ui.fill(QStringLiteral("composer.channels"), channel);
    ui.fill(QStringLiteral("composer.event"), QStringLiteral("note"));
    ui.paste(QStringLiteral("composer.payload"), payload);
    ui.press(Qt::CTRL | Qt::Key_Return);
    for (const QString& part : said) {
        QVERIFY2(journey.within(QStringLiteral("refusal"), 200ms,
                                [&] { return ui.textOf(QStringLiteral("composer.receipt")).contains(part); }),
                 qPrintable(ui.textOf(QStringLiteral("composer.receipt"))));
    }
    journey.step(QStringLiteral("refused"));
    QCOMPARE(listener.told().size(), 1U); // That it is connected.
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(BadPayloadJourney)
#include "j02_bad_payload_test.moc"
