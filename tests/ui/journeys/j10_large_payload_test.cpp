#include "core/base/json.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/log_model.h"
#include "ui/widgets/payload_view.h"
#include "ui/workspace.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>
#include <QtWidgets/QPlainTextEdit>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J10: a developer opens a payload of a megabyte.
class LargePayloadJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMegabyteIsReadInEveryViewAndCopiedByteForByte();
};

namespace {

/// One line with whatever a careless reader damages.
std::string megabyte()
{
    std::string text = R"({"id":18446744073709551615,"big":123456789012345678901234567890,"id":7,"half":"\ud83d",)"
                       "\"party\":\"\xF0\x9F\x8E\x89\",\"path\":\"a\\/b\",\"rows\":[";
    for (int i = 0; text.size() < std::size_t{1} << 20U; ++i)
        text += (i == 0 ? "" : ",") + std::string{R"({"n":)"} + std::to_string(i) + R"(,"text":"row of the log"})";
    return text + "]}";
}

} // namespace

void LargePayloadJourney::aMegabyteIsReadInEveryViewAndCopiedByteForByte()
{
    Journey journey{{.id = QStringLiteral("J10"),
                     .title = QStringLiteral("Developer opens a 1 MB payload"),
                     .actions = 3,
                     .block = 250ms}};
    Harness harness{journey};
    harness.open();
    harness.window().showPage(ui::Workspace::Log);
    Ui ui{journey};
    const std::string payload = megabyte();
    // The server refuses such a message, but a log may hold one: from a server with other limits, or from disk.
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.at = std::chrono::system_clock::now();
    event.appId = Harness::app().id;
    event.channel = "orders";
    event.event = "export";
    event.payload = std::make_shared<const std::string>(payload);
    ui::LogModel& model = *harness.window().logModel();
    model.append({event});
    int row = -1;
    QVERIFY(waitUntil([&] {
        for (row = model.rowCount() - 1; row >= 0 && model.eventAt(row)->event != "export";)
            --row;
        return row >= 0;
    }));

    journey.begin();
    ui.clickRow(QStringLiteral("log.table"), row);
    QVERIFY(journey.within(QStringLiteral("first screen"), 150ms, [&] {
        return ui.isShown(QStringLiteral("inspector.payload")) &&
               !ui.find<QPlainTextEdit>(QStringLiteral("inspector.payload")).document()->isEmpty();
    }));
    QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("inspector.payload.notes")); }));
    const QString notes = ui.textOf(QStringLiteral("inspector.payload.notes"));
    for (const char* part : {"18446744073709551615", "123456789012345678901234567890", "\"id\"", "\\ud83d"})
        QVERIFY2(notes.contains(QLatin1String{part}), qPrintable(notes));
    journey.step(QStringLiteral("pretty"));

    auto& view = *ui.find(QStringLiteral("inspector.payload")).window()->findChild<ui::PayloadView*>();
    ui.click(QStringLiteral("inspector.payload.all"));
    journey.takeBackAction(); // The test compares all of it.
    QVERIFY(waitUntil([&] { return !view.isLoading(); }, 30s));
    journey.forgetOwnWork();
    const std::string pretty = view.text()->toPlainText().toStdString();
    QVERIFY(json::compact(pretty) == json::compact(payload));
    journey.forgetOwnWork();
    ui.click(QStringLiteral("inspector.payload.raw"));
    journey.takeBackAction(); // The views are one step.
    QVERIFY(waitUntil([&] { return !view.isLoading(); }, 30s));
    journey.step(QStringLiteral("raw"));
    ui.click(QStringLiteral("inspector.payload.tree"));
    journey.takeBackAction(); // The views are one step.
    QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("inspector.payload.nodes")); }));
    journey.step(QStringLiteral("tree"));
    ui.click(QStringLiteral("inspector.payload.hex"));
    QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("inspector.payload.bytes")); }));
    journey.step(QStringLiteral("hex"));
    ui.click(QStringLiteral("inspector.payload.copy"));
    journey.end();
    QVERIFY(QGuiApplication::clipboard()->text().toStdString() == payload);
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(LargePayloadJourney)
#include "j10_large_payload_test.moc"
