#include "ui/models/row_colors.h"

#include "ui/models/log_model.h"
#include "ui/pages/log_page.h"
#include "ui/theme/theme.h"

#include <QtTest/QTest>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::ui;

/// Rows of the log on a colour that somebody has given them.
class RowColorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTermColoursWhatItFinds();
    void theTermColouredLastCounts();
    void aTermWithAMistakeChangesNothing();
    void theOldestOfTooManyGoes();
    void theMenuOfACellColoursItsRows();
};

namespace {

engine::Event on(const std::string& channel)
{
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.channel = channel;
    event.event = "note";
    return event;
}

} // namespace

void RowColorsTest::aTermColoursWhatItFinds()
{
    RowColors colors;
    QVERIFY(!colors.toneOf(on("orders")));
    colors.set(QStringLiteral("channel:orders"), Tone::Success);
    QCOMPARE(colors.toneOf(on("orders")), std::optional{Tone::Success});
    QVERIFY(!colors.toneOf(on("alerts")));
    colors.remove(QStringLiteral("channel:orders"));
    QVERIFY(colors.isEmpty());
}

void RowColorsTest::theTermColouredLastCounts()
{
    RowColors colors;
    colors.set(QStringLiteral("channel:orders"), Tone::Success);
    colors.set(QStringLiteral("event:note"), Tone::Warning);
    QCOMPARE(colors.toneOf(on("orders")), std::optional{Tone::Warning});
    colors.set(QStringLiteral("channel:orders"), Tone::Violet);
    QCOMPARE(colors.toneOf(on("orders")), std::optional{Tone::Violet});
}

void RowColorsTest::aTermWithAMistakeChangesNothing()
{
    RowColors colors;
    colors.set(QStringLiteral("json:$."), Tone::Success);
    colors.set(QString{}, Tone::Success);
    QVERIFY(colors.isEmpty());
}

void RowColorsTest::theOldestOfTooManyGoes()
{
    RowColors colors;
    for (std::size_t i = 0; i <= RowColors::most; ++i)
        colors.set(QStringLiteral("channel:c%1").arg(i), Tone::Info);
    QVERIFY(!colors.has(QStringLiteral("channel:c0")));
    QVERIFY(colors.has(QStringLiteral("channel:c1")));
}

void RowColorsTest::theMenuOfACellColoursItsRows()
{
    Theme theme;
    LogModel model;
    LogPage page{&model};
    theme.dress(page);
    page.resize(1'000, 600);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    model.append({on("orders"), on("alerts"), on("orders")});
    QTRY_COMPARE(model.rowCount(), 3);
    auto* table = page.findChild<QTableView*>(QStringLiteral("log.table"));
    const auto colorOf = [&](int row) {
        const QRect cell = table->visualRect(model.index(row, LogModel::Channel));
        return table->viewport()->grab().toImage().pixelColor(cell.right() - 4, cell.top() + 4);
    };
    const QColor plain = colorOf(1);
    const QRect cell = table->visualRect(model.index(0, LogModel::Channel));
    Q_EMIT table->customContextMenuRequested(cell.center());
    auto* colors = page.findChild<QMenu*>(QStringLiteral("log.menu.colors"));
    QVERIFY(colors != nullptr);
    colors->actions().at(1)->trigger();
    page.findChild<QMenu*>(QStringLiteral("log.menu"))->close();
    table->clearSelection();
    QTRY_COMPARE(colorOf(2), Theme::colors().soft(Tone::Success));
    QCOMPARE(colorOf(1), plain);
}

QTEST_MAIN(RowColorsTest)
#include "row_colors_test.moc"
