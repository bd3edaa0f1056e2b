#include "tests/support/manual_clock.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J4: an operator cannot hit production by accident.
class ProductionJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingGoesOutUnlessItIsUnlockedAndNamed();
};

void ProductionJourney::nothingGoesOutUnlessItIsUnlockedAndNamed()
{
    Journey journey{{.id = QStringLiteral("J4"),
                     .title = QStringLiteral("Operator cannot hit production by accident"),
                     .actions = 5}};
    Harness harness{journey};
    harness.open();
    ui::MemoryDocuments documents;
    ManualClock clock;
    ui::Profile production;
    production.id = "prod";
    production.name = QStringLiteral("Prod");
    production.kind = ui::Profile::Kind::Embedded;
    production.color = ui::Profile::Color::Red;
    production.isProduction = true;
    ui::WindowSettings settings;
    settings.apps = {Harness::app()};
    ui::Workspace* const workspace = harness.window().addWorkspace({.server = harness.console().bridge(),
                                                                    .connections = harness.console().connections(),
                                                                    .documents = documents,
                                                                    .clock = clock},
                                                                   settings, production);
    harness.window().showWorkspace(ui::Profile::localId);
    harness.window().showPage(ui::MainWindow::Send);
    harness.console().bridge().setView(workspace); // One server stands for both here.
    NodeActor& listener = harness.actor();
    harness.client(listener, QStringLiteral("phone"), {QStringLiteral("alerts")});
    workspace->sendPage()->composer()->setDraft(
        {QStringLiteral("alerts"), QStringLiteral("note"), R"({"n": 1})", ui::PayloadMode::Json});
    Ui ui{journey};
    const auto heard = [&] { return listener.heard(QStringLiteral("phone"), QStringLiteral("note")).size(); };
    const auto buttonSays = [&] { return ui.find<QPushButton>(QStringLiteral("composer.send")).text(); };

    journey.begin();
    ui.press(Qt::CTRL | Qt::Key_Tab);
    ui.press(Qt::CTRL | Qt::Key_Return);
    QCOMPARE(buttonSays(), QStringLiteral("Read-only"));
    QVERIFY(ui.textOf(QStringLiteral("composer.receipt")).contains(QStringLiteral("Ctrl+Shift+L")));
    QVERIFY(!ui.isShown(QStringLiteral("confirm")));
    journey.step(QStringLiteral("locked"));

    ui.press(Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    journey.takeBackAction(); // Unlocking is its key and the answer.
    QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("lock.question")); }));
    ui.press(Qt::Key_Return);
    QVERIFY(waitUntil([&] { return buttonSays() == QStringLiteral("Send to PRODUCTION"); }));
    ui.press(Qt::CTRL | Qt::Key_Return);
    ui.type(QStringLiteral("alert"));
    journey.takeBackAction(); // The wrong name is the test's wish.
    QVERIFY(!ui.find<QPushButton>(QStringLiteral("confirm.send")).isEnabled());
    ui.press(Qt::Key_Return);
    journey.takeBackAction();
    QVERIFY(ui.isShown(QStringLiteral("confirm")));
    QCOMPARE(ui.textOf(QStringLiteral("confirm.payload")), QStringLiteral("{\"n\": 1}"));
    journey.step(QStringLiteral("the second look"));
    ui.type(QStringLiteral("s"));
    QVERIFY(ui.find<QPushButton>(QStringLiteral("confirm.send")).isEnabled());
    for (int i = 0; i < 3; ++i) {
        ui.press(Qt::Key_Return);
        journey.takeBackAction(); // Part of the typed field.
    }
    QVERIFY(journey.within(QStringLiteral("send"), 300ms, [&] { return heard() == 1; }));
    QVERIFY(waitUntil([&] { return ui.textOf(QStringLiteral("composer.receipt")).contains(u"1 subscriber"); }));
    journey.step(QStringLiteral("sent once"));

    clock.advance(10min);
    QVERIFY(waitUntil([&] { return buttonSays() == QStringLiteral("Read-only"); }));
    QCOMPARE(heard(), std::size_t{1});
    QCOMPARE(workspace->sendPage()->composer()->draft().payload, std::string{R"({"n": 1})"});
    harness.console().bridge().setView(nullptr);
    harness.window().removeWorkspace(production.id);
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(ProductionJourney)
#include "j04_production_test.moc"
