#include "tests/app/cli_runner.h"

#include <QJsonArray>
#include <QTest>

using castdeck::test::CliRunner;

namespace {

QByteArray rulesFor(const char* role)
{
    return QByteArray{R"({"authorize": {"policy": "closed", "topics": [
        {"pattern": "private-admins", "when": {"value": "actor.role", "is": "equals", "to": "ROLE"}}]},
        "server": {"apps": [{"app_id": "demo", "client": "k", "secret": "zqx-marker-app"}]}})"}
        .replace("ROLE", role);
}

const QByteArray matrix = R"({"castdeck_matrix": 1,
    "personas": [{"id": "ana", "name": "Ana", "roles": ["admin"]},
                 {"id": "ben", "name": "Ben", "roles": [], "cookies": "${BENS_COOKIE}"},
                 {"id": "nobody", "anonymous": true}],
    "channels": ["private-admins"],
    "expectations": [{"persona": "ana", "channel": "private-admins", "expect": "allow"},
                     {"persona": "ben", "channel": "private-admins", "expect": "deny"}]})";

} // namespace

class CliMatrixTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_cli = std::make_unique<CliRunner>();
        m_cli->writeFile("broadcasting.json", rulesFor("admin"));
        m_cli->writeFile("matrix.json", matrix);
        m_cli->setVariable("BENS_COOKIE", "s=zqx-marker-cookie");
    }
    void J7_asExpectedIsCode0();
    void J7_aBrokenRuleIsCode1();
    void wrongUsageIsCode2_data();
    void wrongUsageIsCode2();

private:
    CliRunner::Outcome run(const QStringList& arguments) const
    {
        return m_cli->run(QStringList{"authorize"} + arguments);
    }

    std::unique_ptr<CliRunner> m_cli;
};

void CliMatrixTest::J7_asExpectedIsCode0()
{
    const auto outcome = run({"--matrix", "matrix.json", "--junit", "report.xml", "--csv", "report.csv"});
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.err).constData());
    QCOMPARE(outcome.out, QByteArray{"3 asked, 2 expected, 0 different\n"});
    const QByteArray junit = m_cli->readFile("report.xml");
    QVERIFY2(junit.contains("tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"1\""), junit.constData());
    QVERIFY(m_cli->readFile("report.csv").startsWith("persona,channel,expected,result,as expected,why\r\n"));
    QVERIFY(!junit.contains("zqx-marker"));
}

void CliMatrixTest::J7_aBrokenRuleIsCode1()
{
    m_cli->writeFile("broadcasting.json", rulesFor("nobody"));
    const auto outcome = run({"--matrix", "matrix.json"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.startsWith("different: ana, private-admins: expected allow, got Deny: HTTP 403: refused by "
                                    "rule 1"),
             outcome.out.constData());
    const auto json = run({"--matrix", "matrix.json", "--json"});
    QCOMPARE(json.exitCode, 1);
    QCOMPARE(json.json()["different"].toInt(), 1);
    QCOMPARE(json.json()["cells"].toArray().size(), 3);
}

void CliMatrixTest::wrongUsageIsCode2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no file") << QStringList{"--matrix", "none.json"} << QByteArray{"the matrix none.json: "};
    QTest::newRow("no matrix") << QStringList{"--matrix", "broadcasting.json"} << QByteArray{"it is no matrix"};
    QTest::newRow("beside a channel") << QStringList{"--matrix", "matrix.json", "--channel", "a"}
                                      << QByteArray{"leave out --channel"};
    QTest::newRow("a report of nothing") << QStringList{"--channel", "a", "--junit", "x"} << QByteArray{"for --matrix"};
    QTest::newRow("a variable") << QStringList{"--matrix", "variable.json"} << QByteArray{"MISSING_ONE is not set"};
}

void CliMatrixTest::wrongUsageIsCode2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, message);
    m_cli->writeFile("variable.json", QByteArray{matrix}.replace("BENS_COOKIE", "MISSING_ONE"));
    const auto outcome = run(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(message), outcome.err.constData());
}

QTEST_GUILESS_MAIN(CliMatrixTest)
#include "cli_matrix_test.moc"
