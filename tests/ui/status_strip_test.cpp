#include "ui/widgets/status_strip.h"

#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;

class StatusStripTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWideOneTellsAll();
    void aNarrowOneCutsNothing_data();
    void aNarrowOneCutsNothing();

private:
    /// A busy server, paused and with errors.
    static void fill(StatusStrip& strip);
    static bool shows(const StatusStrip& strip, const char* name);
};

void StatusStripTest::fill(StatusStrip& strip)
{
    engine::Snapshot snapshot;
    snapshot.server.state = engine::ServerState::Running;
    snapshot.server.address = "127.0.0.1";
    snapshot.server.port = 6'001;
    snapshot.connectionCount = 12'000;
    snapshot.channelCount = 8'000;
    strip.showServer(snapshot.server, Profile::Kind::Embedded, {});
    strip.showSnapshot(snapshot);
    strip.showLog(276'000, 32'000'000, 0);
    strip.showPaused(true, 247'000);
    strip.showErrors(40);
    strip.show();
}

bool StatusStripTest::shows(const StatusStrip& strip, const char* name)
{
    return strip.findChild<QPushButton*>(QLatin1String{name})->isVisible();
}

void StatusStripTest::aWideOneTellsAll()
{
    StatusStrip strip;
    fill(strip);
    strip.setFixedWidth(700);
    QTRY_VERIFY(!shows(strip, "status.apps"));
    strip.setFixedWidth(1'600);
    for (const char* name : {"status.connection", "status.apps", "status.conns", "status.channels", "status.rates",
                             "status.log", "status.paused", "status.errors", "status.theme"})
        QTRY_VERIFY2(shows(strip, name), name);
}

void StatusStripTest::aNarrowOneCutsNothing_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {700, 800, 960, 1'100})
        QTest::addRow("%d", width) << width;
}

void StatusStripTest::aNarrowOneCutsNothing()
{
    QFETCH(int, width);
    StatusStrip strip;
    fill(strip);
    strip.setFixedWidth(width);
    const auto isWhole = [&strip](const QPushButton* part) {
        return part->isHidden() ||
               (part->width() >= part->sizeHint().width() && strip.rect().contains(part->geometry()));
    };
    QTRY_VERIFY(std::ranges::all_of(strip.findChildren<QPushButton*>(), isWhole));
    for (const char* name : {"status.connection", "status.log", "status.paused", "status.errors"})
        QVERIFY2(shows(strip, name), name);
}

QTEST_MAIN(StatusStripTest)
#include "status_strip_test.moc"
