#include "tests/remote/raw_server.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/models/log_model.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J15: window and daemon agree.
class DaemonJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWindowWatchesWhatRunsAlready();
};

namespace {

QString program()
{
    return qEnvironmentVariable("CASTDECK_BIN_DIR") + QStringLiteral("/castdeck-cli");
}

/// castdeck-cli with the configuration of the window.
void run(QProcess& process, const Harness& harness, const QStringList& arguments)
{
    process.start(program(), arguments + QStringList{QStringLiteral("--config"),
                                                     harness.folder() + QStringLiteral("/broadcasting.json")});
}

bool holds(const ui::LogStore& log, const std::string& event, const std::string& payload)
{
    for (auto i = log.first(); i < log.end(); ++i) {
        const engine::Event& row = log.at(i);
        if (row.kind == engine::EventKind::ApiMessage && row.event == event && row.payload && *row.payload == payload)
            return true;
    }
    return false;
}

} // namespace

void DaemonJourney::theWindowWatchesWhatRunsAlready()
{
    Journey journey{{.id = QStringLiteral("J15"),
                     .title = QStringLiteral("Window and daemon agree"),
                     .actions = 3,
                     .block = 250ms}}; // As J5: a profile opens.
    Harness harness{journey};
    const quint16 port = closedPort();
    QByteArray configuration =
        Harness::configuration(R"("default":"local","connections":{"local":{"driver":"local"}})");
    configuration.replace(R"("server":{)", R"("server":{"port":)" + QByteArray::number(port) + ',');
    harness.setConfiguration(configuration);
    harness.setPort(port);
    QProcess daemon;
    run(daemon, harness, {QStringLiteral("serve")});
    QVERIFY(waitUntil([&] { return daemon.canReadLine(); }));
    QVERIFY(daemon.readLine().contains("listening"));

    harness.open();
    Ui ui{journey};
    journey.begin();
    QCOMPARE(harness.port(), quint16{0}); // Nothing was bound a second time.
    QVERIFY(journey.within(QStringLiteral("attached"), 1s, [&] {
        return ui.textOf(QStringLiteral("status.connection")) == QStringLiteral("Connected, 127.0.0.1:%1").arg(port);
    }));
    ui.press(Qt::CTRL | Qt::Key_3);
    QProcess emitting;
    run(emitting, harness,
        {QStringLiteral("emit"), QStringLiteral("orders"), QStringLiteral("created"), QStringLiteral(R"({"id":7})")});
    QVERIFY(waitUntil([&] { return emitting.state() == QProcess::NotRunning; }));
    QCOMPARE(emitting.exitCode(), 0);
    QVERIFY(journey.within(QStringLiteral("the event shows in the log"), 1s,
                           [&] { return holds(harness.window().logModel()->store(), "created", R"({"id":7})"); }));
    journey.step(QStringLiteral("the event shows in the log"));

    ui.press(Qt::CTRL | Qt::Key_Q);
    QVERIFY(ui.isShown(QStringLiteral("quit.notice")));
    QVERIFY(ui.textOf(QStringLiteral("quit.notice")).contains(QLatin1String{"goes on"}));
    journey.step(QStringLiteral("before the window closes"));
    QVERIFY(harness.window().isVisible());
    ui.click(QStringLiteral("quit.notice.confirm"));
    QVERIFY(waitUntil([&] { return !harness.window().isVisible(); }));
    QCOMPARE(harness.faults(), QString{});

    QCOMPARE(daemon.state(), QProcess::Running);
    QProcess asking;
    run(asking, harness, {QStringLiteral("channels")});
    QVERIFY(asking.waitForFinished());
    QCOMPARE(asking.exitCode(), 0);
    daemon.terminate();
    QVERIFY(daemon.waitForFinished());
}

QTEST_MAIN(DaemonJourney)
#include "j15_daemon_test.moc"
