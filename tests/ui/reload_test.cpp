#include "app/castdeck/configuration.h"
#include "app/castdeck/console.h"
#include "app/castdeck/stop_signals.h"
#include "app/castdeck/stored_state.h"
#include "core/auth/rule_form.h"
#include "core/store/archive_schema.h"
#include "core/store/database.h"
#include "tests/support/pusher_client.h"
#include "ui/actions/action_list.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/pages/auth_rules_tab.h"
#include "ui/pages/authorization_page.h"
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
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
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
    void aRuleMadeInTheWindowDecidesAndTheRestOfTheFileStays();
    void rulesAreMovedRemovedImportedAndExported();
    void theRuleInTheFormIsJudgedBeforeItIsSaved();
    void ofRulesWithOnePatternTheLastIsEdited();
    void noRuleIsSavedIntoAFileWithMistakes();
    void troubleWithTheStoreIsANotice();
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
    QByteArray written() const;
    void fill(const char* field, const char* text) const { find<QLineEdit>(field)->setText(QString::fromUtf8(text)); }
    void press(const char* button) const { find<QPushButton>(button)->click(); }
    QStringList patterns() const;
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

QByteArray ReloadTest::written() const
{
    QFile file{pathOf("broadcasting.json")};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

QStringList ReloadTest::patterns() const
{
    const auto* table = find<QTableView>("auth.rules.table");
    QStringList patterns;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        patterns << table->model()->index(row, 1).data().toString();
    return patterns;
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
    QVERIFY(mistakes->findChild<QPlainTextEdit*>(QStringLiteral("config.problems"))
                ->toPlainText()
                .contains(QLatin1String{"server.port"}));
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

void ReloadTest::aRuleMadeInTheWindowDecidesAndTheRestOfTheFileStays()
{
    qputenv("SHOP_SECRET", "secret-1");
    write(
        R"({"version":1,"x-ours":[1.0],"server":{"apps":[{"app_id":"1","client":"key-1","secret":"${SHOP_SECRET}"}]},)"
        R"("authorize":{"policy":"closed","topics":{"orders.{id}":{"value":"actor","is":"exists"}}}})");
    QTRY_COMPARE(patterns(), QStringList{QStringLiteral("orders.{id}")});
    PusherClient client{port(), app("1")};
    client.join("before");
    m_console->window().showPage(ui::MainWindow::Authorization);
    m_console->window().authorizationPage()->showTab(ui::AuthorizationPage::Rules);
    press("auth.rules.add");
    press("auth.rule.save");
    QVERIFY(find<QLabel>("auth.rule.problem")->text().contains(QLatin1String{"needs a pattern"}));
    fill("auth.rule.pattern", "news.{part}");
    find<QComboBox>("auth.rule.who")->setCurrentIndex(static_cast<int>(auth::RuleForm::Who::Users));
    fill("auth.rule.value", "7, 8");
    fill("auth.rule.note", "Only the desk");
    press("auth.rule.save");
    QCOMPARE(patterns(), (QStringList{QStringLiteral("orders.{id}"), QStringLiteral("news.{part}")}));
    QVERIFY(!find<QWidget>("auth.rule")->isVisible());
    client.subscribe("news.sport");
    client.expectRefusal("news.sport", "AuthError", 401);
    client.leave("before");
    for (const char* kept : {R"("x-ours")", "1.0", R"("${SHOP_SECRET}")", R"("Only the desk")", R"("closed")"})
        QVERIFY2(written().contains(kept), kept);
    QCOMPARE(QFile::permissions(pathOf("broadcasting.json")) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions{});
}

void ReloadTest::rulesAreMovedRemovedImportedAndExported()
{
    write(configuration(R"("authorize":{"topics":[{"pattern":"a","when":true},{"pattern":"b","when":true}]})"));
    QTRY_COMPARE(patterns().size(), 2);
    auto* const table = find<QTableView>("auth.rules.table");
    table->selectRow(0);
    QVERIFY(!find<QPushButton>("auth.rules.up")->isEnabled());
    press("auth.rules.down");
    QCOMPARE(patterns(), (QStringList{QStringLiteral("b"), QStringLiteral("a")}));
    QCOMPARE(table->selectionModel()->selectedRows().front().row(), 1);
    press("auth.rules.edit");
    QCOMPARE(find<QLineEdit>("auth.rule.pattern")->text(), QStringLiteral("a"));
    press("auth.rule.cancel");
    press("auth.rules.remove");
    QCOMPARE(patterns(), QStringList{QStringLiteral("b")});
    ui::AuthRulesTab& rules = *m_console->window().authorizationPage()->rules();
    QVERIFY(rules.exportTo(pathOf("rules.json")));
    QVERIFY(!rules.importFrom(pathOf("none.json")));
    QFile file{pathOf("more.json")};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"authorize":{"topics":[{"pattern":"c","when":false}]}})");
    file.close();
    QVERIFY(rules.importFrom(file.fileName()));
    QCOMPARE(patterns(), (QStringList{QStringLiteral("b"), QStringLiteral("c")}));
    QFile exported{pathOf("rules.json")};
    QVERIFY(exported.open(QIODevice::ReadOnly));
    QCOMPARE(exported.readAll(), QByteArray{"[\n  {\"pattern\":\"b\",\"when\":true}\n]\n"});
}

void ReloadTest::theRuleInTheFormIsJudgedBeforeItIsSaved()
{
    const QByteArray before =
        configuration(R"("authorize":{"policy":"closed","topics":[{"pattern":"private-a","when":false}]})");
    write(before);
    QTRY_COMPARE(patterns().size(), 1);
    m_console->window().showPage(ui::MainWindow::Authorization);
    m_console->window().authorizationPage()->showTab(ui::AuthorizationPage::Rules);
    const auto words = [this] { return find<QLabel>("auth.rules.words")->text(); };
    fill("auth.rules.channel", "private-b");
    press("auth.rules.add");
    find<QComboBox>("auth.rule.who")->setCurrentIndex(static_cast<int>(auth::RuleForm::Who::Everybody));
    QVERIFY2(words().startsWith(QStringLiteral("With the rule as it stands in the form. Allowed by rule 2")),
             qPrintable(words()));
    find<QAbstractButton>("auth.rule.deny")->click();
    QVERIFY2(words().contains(QStringLiteral("efused by rule 2")), qPrintable(words()));
    fill("auth.rule.pattern", "private-{");
    QVERIFY2(words().startsWith(QStringLiteral("Without the rule in the form. ")), qPrintable(words()));
    press("auth.rule.cancel");
    QVERIFY2(!words().contains(QStringLiteral("form")), qPrintable(words()));
    fill("auth.rules.channel", "private-a");
    find<QTableView>("auth.rules.table")->selectRow(0);
    press("auth.rules.edit");
    find<QAbstractButton>("auth.rule.allow")->click();
    QVERIFY2(words().contains(QStringLiteral("llowed by rule 1")), qPrintable(words()));
    QCOMPARE(written(), before);
}

void ReloadTest::ofRulesWithOnePatternTheLastIsEdited()
{
    write(configuration(R"("authorize":{"topics":[{"pattern":"a","when":true,"note":"first"},)"
                        R"({"pattern":"b","when":true},{"pattern":"a","when":true,"note":"last"}]})"));
    QTRY_COMPARE(patterns(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    auto* const table = find<QTableView>("auth.rules.table");
    QVERIFY(!find<QPushButton>("auth.rules.edit")->toolTip().isEmpty()); // Says why it cannot be pressed.
    table->selectRow(0);
    QVERIFY(find<QPushButton>("auth.rules.edit")->isEnabled());
    press("auth.rules.edit");
    QCOMPARE(find<QLineEdit>("auth.rule.note")->text(), QStringLiteral("last"));
    QVERIFY(find<QLabel>("auth.rules.said")->text().startsWith(QStringLiteral("2 rules")));
    fill("auth.rule.note", "changed");
    press("auth.rule.save");
    QVERIFY(written().contains("first") && written().contains("changed") && !written().contains("last"));
    table->selectRow(0);
    press("auth.rules.down");
    QCOMPARE(patterns(), (QStringList{QStringLiteral("b"), QStringLiteral("a")}));
    press("auth.rules.remove");
    QCOMPARE(patterns(), QStringList{QStringLiteral("b")});
    QVERIFY(!written().contains("first") && !written().contains("changed"));
}

void ReloadTest::noRuleIsSavedIntoAFileWithMistakes()
{
    m_console->window().showPage(ui::MainWindow::Authorization);
    m_console->window().authorizationPage()->showTab(ui::AuthorizationPage::Rules);
    press("auth.rules.add");
    fill("auth.rule.pattern", "news");
    write("{");
    press("auth.rule.save");
    QVERIFY(find<QLabel>("auth.rule.problem")->text().contains(QLatin1String{"not valid JSON"}));
    QVERIFY(find<QWidget>("auth.rule")->isVisible());
    QCOMPARE(written(), QByteArray{"{"});
}

void ReloadTest::troubleWithTheStoreIsANotice()
{
    // Its own table is gone, as when another program meddles with the file.
    auto database = store::Database::open(pathOf("state.db").toStdString(), store::archiveSteps());
    QVERIFY(database);
    QVERIFY(database->execute("DROP TABLE document"));
    m_console->state().documents().put("settings", "x", "{}");
    QTRY_VERIFY(noticeText("state").startsWith(QStringLiteral("Not everything is kept.")));
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
