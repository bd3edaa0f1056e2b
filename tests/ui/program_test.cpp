#include "tests/support/pusher_client.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <csignal>

using namespace castdeck;

namespace {

QString program()
{
    return qEnvironmentVariable("CASTDECK_BIN_DIR") + QStringLiteral("/castdeck");
}

/// The window on a first run, with a folder of its own.
class Window {
public:
    explicit Window(quint16 port = freePort()) : m_port{port}
    {
        m_process.start(program(), {QStringLiteral("--config-dir"), m_folder.path(), QStringLiteral("--port"),
                                    QString::number(port)});
    }
    ~Window()
    {
        m_process.terminate();
        m_process.waitForFinished(15'000);
    }

    QProcess& process() { return m_process; }
    QString file(const QString& name) const { return m_folder.filePath(name); }
    /// Waits until the server answers there.
    quint16 port() const
    {
        const auto answers = [this] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, m_port);
            return socket.waitForConnected(1'000);
        };
        return QTest::qWaitFor(answers, 20'000) ? m_port : quint16{0};
    }
    /// Waits until the file of the first run stands.
    hub::AppConfig app() const
    {
        QJsonObject found;
        const bool isThere = QTest::qWaitFor(
            [&] {
                QFile read{file(QStringLiteral("broadcasting.json.good"))};
                if (!read.open(QIODevice::ReadOnly))
                    return false;
                found = QJsonDocument::fromJson(read.readAll())[QLatin1String{"server"}][QLatin1String{"apps"}][0]
                            .toObject();
                return !found.isEmpty();
            },
            20'000);
        hub::AppConfig app;
        if (!isThere)
            return app;
        app.id = found[QLatin1String{"app_id"}].toString().toStdString();
        app.key = found[QLatin1String{"client"}].toString().toStdString();
        app.secret = found[QLatin1String{"secret"}].toString().toStdString();
        return app;
    }

private:
    static quint16 freePort()
    {
        QTcpServer probe;
        return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16{0};
    }

    const QTemporaryDir m_folder;
    const quint16 m_port;
    QProcess m_process;
};

} // namespace

/// The executable as people start it.
class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTourDrawsEveryPageInBothThemes();
    void withoutADisplayItSaysSoAndEnds_data();
    void withoutADisplayItSaysSoAndEnds();
    void theFirstRunKeepsItsCredentialsForItsOwnerOnly();
    void theFirstAppHasANumberForAnId();
    void aSignalClosesClientsSoThatTheyComeBack_data();
    void aSignalClosesClientsSoThatTheyComeBack();
    void aTakenPortIsLeftToItsOwner();
    void aBrokenConfigurationOpensAWindowThatSaysSo_data();
    void aBrokenConfigurationOpensAWindowThatSaysSo();
    void aMistakeOnTheCommandLineIsNamed();

private:
    static QProcessEnvironment withoutDisplay();
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
                  {QStringLiteral("--tour"), folder.path(), QStringLiteral("--size"), QStringLiteral("1280x800"),
                   QStringLiteral("--only"), QStringLiteral("send,log,channels,apps")});
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

void ProgramTest::withoutADisplayItSaysSoAndEnds_data()
{
    QTest::addColumn<QString>("display");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("none is named") << QString{} << QByteArray{"castdeck: there is no display to open a window on; run"};
    QTest::newRow("it does not answer") << QStringLiteral(":4711")
                                        << QByteArray{"castdeck: the display :4711 does not answer; run"};
}

void ProgramTest::withoutADisplayItSaysSoAndEnds()
{
    QFETCH(QString, display);
    QFETCH(QByteArray, said);
    QProcessEnvironment environment = withoutDisplay();
    if (!display.isEmpty())
        environment.insert(QStringLiteral("DISPLAY"), display);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program(), {});
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 3);
    const QByteArray err = process.readAllStandardError();
    QVERIFY2(err.startsWith(said), err.constData());
    QCOMPARE(err.count('\n'), 1);
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

void ProgramTest::theFirstAppHasANumberForAnId()
{
    const Window window;
    // The library for Python takes only digits.
    const hub::AppConfig app = window.app();
    QVERIFY2(app.id.size() == 7 && app.id.find_first_not_of("0123456789") == std::string::npos, app.id.c_str());
}

void ProgramTest::aSignalClosesClientsSoThatTheyComeBack_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void ProgramTest::aSignalClosesClientsSoThatTheyComeBack()
{
    QFETCH(int, signal);
    Window window;
    test::PusherClient client{window.port(), window.app()};
    client.join("orders");
    QCOMPARE(::kill(static_cast<pid_t>(window.process().processId()), signal), 0);
    client.expectClose(4200);
    QVERIFY(window.process().waitForFinished(15'000));
    QCOMPARE(window.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(window.process().exitCode(), 0);
    QVERIFY(QFile::exists(window.file(QStringLiteral("window.ini")))); // As after closing the window by hand.
}

void ProgramTest::aTakenPortIsLeftToItsOwner()
{
    QTcpServer owner;
    QVERIFY(owner.listen(QHostAddress::LocalHost));
    Window window{owner.serverPort()};
    // The ports right after it may be taken as well, by anybody.
    const auto answers = [&window, &owner] {
        for (int next = 1; next <= 10 && window.process().state() == QProcess::Running; ++next) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(owner.serverPort() + next));
            if (socket.waitForConnected(1'000))
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(answers(), 20'000);
}

void ProgramTest::aBrokenConfigurationOpensAWindowThatSaysSo_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("C1 empty") << QByteArray{} << QByteArray{"broadcasting.json:1:1: error: the file is empty"};
    QTest::newRow("C1 cut short") << QByteArray{"{\"version\": 1,\n"}
                                  << QByteArray{"broadcasting.json:2:1: error: not"};
    QTest::newRow("C4 port in quotes") << QByteArray{R"({"server": {"port": "6001"}})"}
                                       << QByteArray{"error: server.port: must be a whole number"};
}

void ProgramTest::aBrokenConfigurationOpensAWindowThatSaysSo()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, said);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("broadcasting.json"));
    QFile file{path};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QProcess process;
    process.start(program(), {QStringLiteral("--config-dir"), folder.path()});
    QByteArray err;
    QTRY_VERIFY2_WITH_TIMEOUT((err += process.readAllStandardError()).contains(said), err.constData(), 20'000);
    QCOMPARE(process.state(), QProcess::Running); // The window waits for an answer.
    process.terminate();
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), text);
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
