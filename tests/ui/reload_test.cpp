#include "app/castdeck/configuration.h"
#include "app/castdeck/console.h"
#include "app/castdeck/stop_signals.h"
#include "tests/support/pusher_client.h"
#include "ui/actions/action_list.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/pages/config_problem.h"
#include "ui/theme/theme.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <csignal>
#include <filesystem>

using namespace castdeck;
using namespace castdeck::test;

/// The configuration changes under the running window; its server has real clients.
class ReloadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aRuleDecidesFromTheMomentItIsSaved_data();
    void aRuleDecidesFromTheMomentItIsSaved();
    void aMistakeIsShownWithItsPlaceAndChangesNothing();
    void theLastGoodCopyCanBePutBackWhileItRuns();
    void anAppThatIsAddedIsServedAndShown();
    void aVariableThatChangesIsReadAsWell();
    void theConnectionsToSendThroughFollow();
    void whatNeedsARestartIsNamed();
    void theActionReadsItAgainUnasked();
    void aHangupAsksForItAndEndsNothing();

private:
    static QByteArray configuration(const QByteArray& more = {}, const QByteArray& server = {});
    static hub::AppConfig app(const char* number);
    void write(const QByteArray& json) const;
    QString pathOf(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::uint16_t port() const;
    template <class T> T* find(const char* name) const
    {
        return m_console->window().findChild<T*>(QString::fromLatin1(name));
    }
    QString noticeText(const char* id) const;
    QString toast() const;
    static ui::ConfigProblem* shownMistakes();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<app::Console> m_console;
};

hub::AppConfig ReloadTest::app(const char* number)
{
    hub::AppConfig app;
    app.id = number;
    app.key = std::string{"key-"} + number;
    app.secret = std::string{"secret-"} + number;
    return app;
}

QByteArray ReloadTest::configuration(const QByteArray& more, const QByteArray& server)
{
    return R"({"version":1,"server":{"apps":[{"app_id":"1","client":"key-1","secret":"secret-1"})" +
           (server.isEmpty() ? QByteArray{"]"} : server) + "}" + (more.isEmpty() ? QByteArray{} : "," + more) + "}";
}

void ReloadTest::write(const QByteArray& json) const
{
    QFile file{pathOf("broadcasting.json")};
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(json), json.size());
}

void ReloadTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_folder->path().toUtf8());
    write(configuration());
    app::LaunchOptions launch;
    launch.configFolder = m_folder->path();
    launch.port = 0;
    const auto file = app::loadOrCreate(app::configurationPath(launch.configFolder));
    QVERIFY(file && !file->hasErrors());
    m_theme = std::make_unique<ui::Theme>();
    m_console = std::make_unique<app::Console>(launch, *file, *m_theme);
    m_console->start();
    QTRY_VERIFY(port() != 0);
}

void ReloadTest::cleanup()
{
    m_console.reset();
    m_theme.reset();
    m_folder.reset();
}

std::uint16_t ReloadTest::port() const
{
    const auto snapshot = m_console->bridge().snapshot();
    return snapshot->server.state == engine::ServerState::Running ? snapshot->server.port : std::uint16_t{0};
}

QString ReloadTest::noticeText(const char* id) const
{
    const auto* label = m_console->window().findChild<QLabel*>(QStringLiteral("notice.%1.text").arg(QLatin1String{id}));
    return label == nullptr ? QString{} : label->text();
}

QString ReloadTest::toast() const
{
    for (const QLabel* label : m_console->window().findChildren<QLabel*>()) {
        if (label->property("area") == QLatin1String{"toast"})
            return label->text();
    }
    return {};
}

ui::ConfigProblem* ReloadTest::shownMistakes()
{
    for (QWidget* window : QApplication::topLevelWidgets()) {
        if (auto* mistakes = qobject_cast<ui::ConfigProblem*>(window); mistakes != nullptr && mistakes->isVisible())
            return mistakes;
    }
    return nullptr;
}

void ReloadTest::aRuleDecidesFromTheMomentItIsSaved_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("written into the file") << false;
    QTest::newRow("another file put in its place") << true;
}

void ReloadTest::aRuleDecidesFromTheMomentItIsSaved()
{
    QFETCH(bool, isReplaced);
    PusherClient client{port(), app("1")};
    client.join("before");
    for (const char* channel : {"news", "more"}) { // A second change is seen as well.
        const QByteArray json =
            configuration(QByteArray{R"("authorize":{"topics":[{"pattern":")"} + channel + R"(","when":false}]})");
        if (isReplaced) {
            QSaveFile file{pathOf("broadcasting.json")};
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(json);
            QVERIFY(file.commit());
        } else {
            write(json);
        }
        QTRY_COMPARE(toast(), QStringLiteral("The configuration was read again. Changed: rules."));
        m_console->window().tell({});
        client.subscribe(channel);
        client.expectRefusal(channel, "AuthError", 401);
        client.leave("before"); // The same socket, and it still has its channels.
        client.join("before");
    }
}

void ReloadTest::aMistakeIsShownWithItsPlaceAndChangesNothing()
{
    PusherClient client{port(), app("1")};
    client.join("news");
    write("{\n  \"server\": {\"port\": 70000}}");
    QTRY_VERIFY2(noticeText("configuration").contains(QLatin1String{"broadcasting.json:2:22: error: server.port:"}),
                 qPrintable(noticeText("configuration")));
    find<QPushButton>("notice.configuration.act")->click();
    const ui::ConfigProblem* const mistakes = shownMistakes();
    QVERIFY(mistakes != nullptr);
    QVERIFY(mistakes->findChild<QPlainTextEdit*>(QStringLiteral("config.problems"))->toPlainText().contains(QLatin1String{"server.port"}));
    client.leave("news");
    write(configuration());
    QTRY_COMPARE(noticeText("configuration"), QString{});
    QCOMPARE(shownMistakes(), nullptr);
    client.join("news");
}

void ReloadTest::theLastGoodCopyCanBePutBackWhileItRuns()
{
    write("{");
    QTRY_VERIFY(find<QPushButton>("notice.configuration.act") != nullptr);
    find<QPushButton>("notice.configuration.act")->click();
    const ui::ConfigProblem* const mistakes = shownMistakes();
    QVERIFY(mistakes != nullptr);
    mistakes->findChild<QPushButton*>(QStringLiteral("config.restore"))->click();
    QTRY_COMPARE(noticeText("configuration"), QString{});
    QFile file{pathOf("broadcasting.json")};
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), configuration());
}

void ReloadTest::anAppThatIsAddedIsServedAndShown()
{
    PusherClient client{port(), app("1")};
    client.join("news");
    write(configuration({}, R"(,{"app_id":"2","name":"Harbour","client":"key-2","secret":"secret-2"}])"));
    QTRY_COMPARE(toast(), QStringLiteral("The configuration was read again. Changed: apps."));
    PusherClient other{port(), app("2")};
    other.join("news");
    client.leave("news");
    auto* const apps = find<QComboBox>("composer.app");
    QCOMPARE(apps->count(), 2);
    QCOMPARE(apps->itemText(1), QStringLiteral("Harbour"));
    QVERIFY(!apps->isHidden());
}

void ReloadTest::aVariableThatChangesIsReadAsWell()
{
    QFile file{pathOf(".env")};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("BROADCAST_CONNECTION=quiet\n");
    file.close();
    QTRY_COMPARE(toast(), QStringLiteral("The configuration was read again. Changed: connections."));
}

void ReloadTest::theConnectionsToSendThroughFollow()
{
    write(configuration(R"("default":"quiet","connections":{"quiet":{"driver":"null"},"home":{"driver":"local"}})"));
    QTRY_COMPARE(toast(), QStringLiteral("The configuration was read again. Changed: connections."));
    auto* const box = find<QComboBox>("send.connection");
    QVERIFY(box->findData(QStringLiteral("quiet")) >= 0);
    QCOMPARE(m_console->connections().defaultConnection().name, std::string{"quiet"});
}

void ReloadTest::whatNeedsARestartIsNamed()
{
    write(configuration({}, R"(],"workers":3,"path_prefix":"/inner")"));
    QTRY_COMPARE(noticeText("restart"),
                 QStringLiteral("Changed in the configuration, and used when Castdeck is started again: "
                                "server.path_prefix, server.workers."));
    find<QToolButton>("notice.restart.close")->click();
    QTRY_COMPARE(noticeText("restart"), QString{});
}

void ReloadTest::theActionReadsItAgainUnasked()
{
    m_console->window().actions().run("server.reload");
    QCOMPARE(toast(), QStringLiteral("The configuration was read again; nothing has changed."));
}

void ReloadTest::aHangupAsksForItAndEndsNothing()
{
    app::StopSignals signalsOfProcess;
    signalsOfProcess.watch();
    QSignalSpy reloads{&signalsOfProcess, &app::StopSignals::reloadRequested};
    const QSignalSpy ends{&signalsOfProcess, &app::StopSignals::arrived};
    for (int count = 1; count <= 2; ++count) {
        ::pthread_kill(::pthread_self(), SIGHUP);
        QTRY_COMPARE(reloads.count(), count);
    }
    QCOMPARE(ends.count(), 0);
    ::pthread_kill(::pthread_self(), SIGTERM);
    QTRY_COMPARE(ends.count(), 1);
}

QTEST_MAIN(ReloadTest)
#include "reload_test.moc"
