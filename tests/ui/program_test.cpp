#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QTest>

/// The executable as people start it.
class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTourDrawsEveryPageInBothThemes();
    void withoutADisplayItSaysSoAndEnds();
    void theFirstRunKeepsItsCredentialsForItsOwnerOnly();
    void aMistakeOnTheCommandLineIsNamed();

private:
    static QProcessEnvironment withoutDisplay();
    static QString program() { return qEnvironmentVariable("CASTDECK_BIN_DIR") + QStringLiteral("/castdeck"); }
};

QProcessEnvironment ProgramTest::withoutDisplay()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
        environment.remove(QString::fromLatin1(name));
    return environment;
}

void ProgramTest::theTourDrawsEveryPageInBothThemes()
{
    const QTemporaryDir folder;
    QProcess process;
    process.setProcessEnvironment(withoutDisplay());
    process.start(program(),
                  {QStringLiteral("--tour"), folder.path(), QStringLiteral("--size"), QStringLiteral("1280x800")});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    for (const char* page : {"send", "log", "channels", "apps"}) {
        const QImage light{folder.filePath(QStringLiteral("%1-light.png").arg(QLatin1String{page}))};
        const QImage dark{folder.filePath(QStringLiteral("%1-dark.png").arg(QLatin1String{page}))};
        QCOMPARE(light.size(), QSize(1280, 800));
        QCOMPARE(dark.size(), QSize(1280, 800));
        QVERIFY(light.pixelColor(1'000, 760).lightness() > dark.pixelColor(1'000, 760).lightness() + 100);
    }
}

void ProgramTest::withoutADisplayItSaysSoAndEnds()
{
    QProcess process;
    process.setProcessEnvironment(withoutDisplay());
    process.start(program(), {});
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 3);
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.startsWith("castdeck: there is no display"), said.constData());
    QCOMPARE(said.count('\n'), 1);
}

void ProgramTest::theFirstRunKeepsItsCredentialsForItsOwnerOnly()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("config/broadcasting.json"));
    const auto run = [&folder](QByteArray& kept, const QString& path) {
        QProcess process;
        process.start(program(), {QStringLiteral("--config-dir"), folder.filePath(QStringLiteral("config")),
                                  QStringLiteral("--port"), QStringLiteral("0")});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20'000);
        QFile written{path};
        QVERIFY(written.open(QIODevice::ReadOnly));
        kept = written.readAll();
        process.terminate();
        QVERIFY(process.waitForFinished(20'000));
    };
    QByteArray first;
    run(first, file);
    QVERIFY(first.contains("secret"));
    const auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY((QFile::permissions(file) & others) == 0);
    QVERIFY((QFile::permissions(folder.filePath(QStringLiteral("config"))) & others) == 0);
    QByteArray second;
    run(second, file);
    QCOMPARE(second, first);
}

void ProgramTest::aMistakeOnTheCommandLineIsNamed()
{
    QProcess process;
    process.start(program(), {QStringLiteral("--port"), QStringLiteral("many")});
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("--port"));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
