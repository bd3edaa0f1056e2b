#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/models/history_model.h"
#include "ui/pages/board_pane.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/alert_tile.h"

#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J1: an operator sends a prepared alert, by mouse and by keyboard (J13).
class PreparedAlertJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAlertGoesOutInThreeActions();
    void anAlertGoesOutWithoutAMouse();

private:
    static void fillBoard(Harness& harness);
    static void expectSent(Harness& harness, Ui& ui, const NodeActor& phones, int minutes);
};

namespace {

QString rendered(int minutes)
{
    return QStringLiteral("{\"minutes\": %1, \"text\": \"Back soon\"}").arg(minutes);
}

ui::Template alert(const QString& name, const QString& event, std::string payload)
{
    ui::Template message;
    message.name = name;
    message.draft = {QStringLiteral("alerts"), event, std::move(payload), ui::PayloadMode::Json};
    return message;
}

bool haveAll(const NodeActor& phones)
{
    return phones.heard(QStringLiteral("first"), QStringLiteral("maintenance")).size() == 1 &&
           phones.heard(QStringLiteral("second"), QStringLiteral("maintenance")).size() == 1;
}

} // namespace

void PreparedAlertJourney::fillBoard(Harness& harness)
{
    ui::TemplateList& board = harness.window().sendPage()->board()->templates();
    board.add(alert(QStringLiteral("All clear"), QStringLiteral("clear"), "{}"));
    board.add(alert(QStringLiteral("Maintenance"), QStringLiteral("maintenance"),
                    R"({"minutes": {{minutes:number=10}}, "text": "Back soon"})"));
    board.add(alert(QStringLiteral("Gate change"), QStringLiteral("gate"), R"({"gate": "{{gate}}"})"));
    harness.window().arrange(ui::Arrangement::Operator);
}

void PreparedAlertJourney::expectSent(Harness& harness, Ui& ui, const NodeActor& phones, int minutes)
{
    const QJsonObject heard = phones.heard(QStringLiteral("first"), QStringLiteral("maintenance")).front();
    QCOMPARE(heard[QLatin1String{"data"}][QLatin1String{"minutes"}].toInt(), minutes);
    QVERIFY(waitUntil([&] { return ui.textOf(QStringLiteral("composer.receipt")).contains(u"2 subscribers"); }));
    const auto& tile = ui.find<ui::AlertTile>(QStringLiteral("board.tile.2"));
    QCOMPARE(tile.lastSent(), QStringLiteral("just now"));
    auto* const history = harness.window().findChild<QListView*>(QStringLiteral("history"));
    const auto* const sent = qobject_cast<ui::HistoryModel*>(history->model());
    QCOMPARE(QString::fromStdString(sent->at(0).draft.payload), rendered(minutes));
    QCOMPARE(sent->at(0).draft.event, QStringLiteral("maintenance"));
}

void PreparedAlertJourney::anAlertGoesOutInThreeActions()
{
    Journey journey{
        {.id = QStringLiteral("J1"), .title = QStringLiteral("Operator sends a prepared alert"), .actions = 3}};
    Harness harness{journey};
    harness.open();
    fillBoard(harness);
    NodeActor& phones = harness.actor();
    harness.client(phones, QStringLiteral("first"), {QStringLiteral("alerts")});
    harness.client(phones, QStringLiteral("second"), {QStringLiteral("alerts")});
    Ui ui{journey};
    journey.step(QStringLiteral("the board"));

    journey.begin();
    ui.click(QStringLiteral("board.tile.2"));
    const auto& minutes = ui.find<QLineEdit>(QStringLiteral("form.field.minutes"));
    QVERIFY(minutes.hasFocus());
    QCOMPARE(minutes.selectedText(), QStringLiteral("10"));
    ui.type(QStringLiteral("15"));
    journey.step(QStringLiteral("the form"));
    ui.press(Qt::Key_Return);
    QVERIFY(journey.within(QStringLiteral("both phones have it"), 300ms, [&] { return haveAll(phones); }));
    expectSent(harness, ui, phones, 15);
    journey.step(QStringLiteral("sent"));
    QCOMPARE(harness.faults(), QString{});
}

void PreparedAlertJourney::anAlertGoesOutWithoutAMouse()
{
    Journey journey{{.id = QStringLiteral("J13 alert"),
                     .title = QStringLiteral("Operator sends a prepared alert by keys"),
                     .actions = 3}};
    Harness harness{journey};
    harness.open();
    fillBoard(harness);
    NodeActor& phones = harness.actor();
    harness.client(phones, QStringLiteral("first"), {QStringLiteral("alerts")});
    harness.client(phones, QStringLiteral("second"), {QStringLiteral("alerts")});
    Ui ui{journey};

    journey.begin();
    ui.press(Qt::Key_2);
    ui.type(QStringLiteral("20"));
    ui.press(Qt::Key_Return);
    QVERIFY(journey.within(QStringLiteral("both phones have it"), 300ms, [&] { return haveAll(phones); }));
    expectSent(harness, ui, phones, 20);
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(PreparedAlertJourney)
#include "j01_prepared_alert_test.moc"
