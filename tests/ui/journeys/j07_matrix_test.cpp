#include "core/auth/settings_reader.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/models/matrix_model.h"
#include "ui/pages/auth_matrix_tab.h"
#include "ui/pages/authorization_page.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QTest>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

QByteArray rulesFor(const char* warehouse)
{
    return QByteArray{R"("authorize":{"policy":"closed","topics":[
        {"pattern":"private-orders.{id:[0-9]+}","when":{"value":"actor.id","is":"equals","to":"{id}"}},
        {"pattern":"private-warehouse","when":{"value":"actor.roles","is":"contains","to":"WAREHOUSE"}},
        {"pattern":"private-leads","when":{"value":"actor.role","is":"equals","to":"lead"}},
        {"pattern":"support","when":{"value":"actor","is":"exists"},"kinds":["presence"]},
        {"pattern":"private-hall","when":true},{"pattern":"private-vault","when":false}]},
        "actors":[{"id":"ana","name":"Ana","roles":["lead","staff"]},{"id":"ben","name":"Ben","role":"staff"},
                  {"id":"5","name":"Customer 5"}])"}
        .replace("WAREHOUSE", warehouse);
}

int run(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(qEnvironmentVariable("CASTDECK_BIN_DIR") + QStringLiteral("/castdeck-cli"),
                  QStringList{QStringLiteral("authorize")} + arguments);
    return waitUntil([&] { return process.state() == QProcess::NotRunning; }, 20s) ? process.exitCode() : -1;
}

QByteArray contentOf(const QString& path)
{
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

} // namespace

/// J7: a developer runs the permission matrix and puts it in the pipeline.
class MatrixJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMatrixFindsTwoDifferencesAndRunsInThePipeline();
};

void MatrixJourney::theMatrixFindsTwoDifferencesAndRunsInThePipeline()
{
    Journey journey{{.id = QStringLiteral("J7"),
                     .title = QStringLiteral("Developer runs the permission matrix and puts it in the pipeline"),
                     .actions = 6}};
    Harness harness{journey};
    harness.setConfiguration(Harness::configuration(rulesFor("staff")));
    harness.open();
    Ui ui{journey};
    const QString summary = QStringLiteral("auth.matrix.summary");

    journey.begin();
    ui.press(Qt::CTRL | Qt::Key_6);
    ui.clickTab(QStringLiteral("auth.tabs"), QStringLiteral("Matrix"));
    ui.click(QStringLiteral("auth.matrix.fill"));
    QVERIFY(ui.textOf(summary).startsWith(QStringLiteral("24 cell")));
    auto& table = ui.find<QTableView>(QStringLiteral("auth.matrix.table"));
    // The customer and the visitor should get into the warehouse.
    for (const int row : {2, 3})
        ui.clickAt(*table.viewport(), table.visualRect(table.model()->index(row, 1)).center());
    ui.click(QStringLiteral("auth.matrix.run"));
    QVERIFY(journey.within(QStringLiteral("24 cells"), 1s,
                           [&] { return ui.textOf(summary).contains(QStringLiteral("2 not as expected")); }));
    journey.step(QStringLiteral("two differ"));

    ui::AuthorizationPage& page = *harness.window().authorizationPage();
    ui::MatrixModel& model = *page.matrix()->model();
    for (const int row : {2, 3}) // The journey's own look at the rules: they should not, after all.
        model.setExpectation(model.index(row, 1), remote::Expectation::Deny);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("permissions.json"));
    const QString report = folder.filePath(QStringLiteral("window.xml"));
    std::vector<auth::Problem> problems;
    page.setConfiguration(auth::readAuthorization(
        auth::OrderedJson::parse(Harness::configuration(rulesFor("lead")).toStdString()), problems));
    page.runChanged();
    QVERIFY(waitUntil([&] { return ui.textOf(summary).contains(QStringLiteral("1 changed since the last run")); }));
    QVERIFY(ui.textOf(summary).contains(QStringLiteral("all as expected")));
    journey.step(QStringLiteral("as expected after the change"));
    journey.end();

    QVERIFY(page.matrix()->saveMatrix(file) && page.matrix()->saveJunit(report));
    QVERIFY(ui.textOf(QStringLiteral("auth.matrix.command")).contains(file));
    const QString config = folder.filePath(QStringLiteral("broadcasting.json"));
    const auto writeConfig = [&](const QByteArray& text) {
        QFile configuration{config};
        return configuration.open(QIODevice::WriteOnly) && configuration.write(text) == text.size();
    };
    QVERIFY(writeConfig(Harness::configuration(rulesFor("lead"))));
    const QStringList arguments{QStringLiteral("--matrix"), file,
                                QStringLiteral("--junit"),  folder.filePath(QStringLiteral("cli.xml")),
                                QStringLiteral("--config"), config};
    QCOMPARE(run(folder.path(), arguments), 0);
    QCOMPARE(contentOf(folder.filePath(QStringLiteral("cli.xml"))), contentOf(report));
    QVERIFY(
        writeConfig(Harness::configuration(rulesFor("staff"))
                        .replace("\"when\":{\"value\":\"actor.roles\"", "\"when\":{\"not\":{\"value\":\"actor.roles\"")
                        .replace("\"to\":\"staff\"}", "\"to\":\"staff\"}}")));
    QCOMPARE(run(folder.path(), arguments), 1);
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(MatrixJourney)
#include "j07_matrix_test.moc"
