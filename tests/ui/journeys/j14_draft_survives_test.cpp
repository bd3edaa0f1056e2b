#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <QtCore/QProcess>
#include <QtCore/QTextStream>
#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J14: somebody types, the program is killed, and what was typed is there again.
class DraftSurvivesJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typeUntilKilled();
    void aKilledProgramKeepsTheDraft();
};

namespace {

constexpr const char* isVictim = "CASTDECK_JOURNEY_VICTIM";

QString typed()
{
    return QStringLiteral("{\"text\": \"%1\"}").arg(QStringLiteral("storm ").repeated(31));
}

} // namespace

/// The process that is killed: it tells its folder when everything is typed.
void DraftSurvivesJourney::typeUntilKilled()
{
    if (!qEnvironmentVariableIsSet(isVictim))
        return;
    Journey journey{{.id = QStringLiteral("J14 victim"), .title = {}, .actions = 9}};
    Harness harness{journey};
    harness.open();
    harness.window().showPage(ui::MainWindow::Send);
    Ui ui{journey};
    journey.begin();
    ui.fill(QStringLiteral("composer.event"), QStringLiteral("storm.warning"));
    ui.fill(QStringLiteral("composer.payload"), typed());
    QTextStream{stdout} << "typed " << harness.folder() << Qt::endl;
    QTest::qWait(60'000); // Killed long before.
}

void DraftSurvivesJourney::aKilledProgramKeepsTheDraft()
{
    if (qEnvironmentVariableIsSet(isVictim))
        return;
    QProcess victim;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(isVictim), QStringLiteral("1"));
    victim.setProcessEnvironment(environment);
    victim.start(QCoreApplication::applicationFilePath(), {QStringLiteral("typeUntilKilled")});
    QString folder;
    QVERIFY(waitUntil([&] {
        while (victim.canReadLine()) {
            const QString line = QString::fromUtf8(victim.readLine()).trimmed();
            if (line.startsWith(u"typed "))
                folder = line.mid(6);
        }
        return !folder.isEmpty();
    }));
    QTest::qWait(1'500); // The time of the journey, not one that is waited for something.
    victim.kill();
    QVERIFY(victim.waitForFinished());

    Journey journey{{.id = QStringLiteral("J14"), .title = QStringLiteral("A draft survives SIGKILL"), .actions = 0}};
    Harness harness{journey};
    for (const char* const name : {"state.db", "state.db-wal", "state.db-shm"}) {
        const QString file = u'/' + QString::fromLatin1(name);
        QFile::copy(folder + file, harness.folder() + file);
    }
    QDir{folder}.removeRecursively();
    harness.open();
    harness.window().showPage(ui::MainWindow::Send);
    journey.begin();
    const ui::Composer& composer = *harness.window().sendPage()->composer();
    const ui::Draft draft = composer.draft();
    journey.step(QStringLiteral("there again"));
    QCOMPARE(draft.event, QStringLiteral("storm.warning"));
    QCOMPARE(QString::fromStdString(draft.payload), typed());
    QCOMPARE(draft.channels, QStringLiteral("demo"));
    QCOMPARE(composer.cursorPosition(), static_cast<int>(typed().size()));
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(DraftSurvivesJourney)
#include "j14_draft_survives_test.moc"
