#include "core/store/environment.h"

#include <QTest>

using castdeck::store::Environment;
using castdeck::store::expand;

class EnvironmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placeholdersAreReplaced_data();
    void placeholdersAreReplaced();
    void dotEnvLinesAreRead_data();
    void dotEnvLinesAreRead();
    void theRealEnvironmentWinsOverDotEnv();
    void anEmptyVariableCountsAsNotSet();
    void aLineOfDotEnvThatIsNoneIsAWarningWithItsNumber();
};

void EnvironmentTest::placeholdersAreReplaced_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("missing");
    QTest::newRow("plain text") << "abc" << "abc" << "";
    QTest::newRow("whole value") << "${NAME}" << "value" << "";
    QTest::newRow("inside text") << "a-${NAME}-b" << "a-value-b" << "";
    QTest::newRow("twice") << "${NAME}${NAME}" << "valuevalue" << "";
    QTest::newRow("fallback not needed") << "${NAME:-other}" << "value" << "";
    QTest::newRow("fallback used") << "${ABSENT:-other}" << "other" << "";
    QTest::newRow("fallback for an empty variable") << "${EMPTY:-other}" << "other" << "";
    QTest::newRow("empty fallback") << "x${ABSENT:-}y" << "xy" << "";
    QTest::newRow("missing") << "x${ABSENT}y" << "xy" << "ABSENT";
    QTest::newRow("the value is not expanded again") << "${NESTED}" << "${NAME}" << "";
    QTest::newRow("no closing brace") << "a${NAME" << "a${NAME" << "";
    QTest::newRow("not a name") << "${a b}" << "${a b}" << "";
    QTest::newRow("a variable as fallback") << "${ABSENT:-${NAME}}" << "value" << "";
    QTest::newRow("a fallback of the fallback") << "x${ABSENT:-a-${EMPTY:-other}-b}y" << "xa-other-by" << "";
    QTest::newRow("missing in a fallback") << "${ABSENT:-${GONE}}" << "" << "GONE";
    QTest::newRow("a fallback in braces") << "${ABSENT:-{\"a\":1}}" << "{\"a\":1}" << "";
    QTest::newRow("a fallback left open") << "${ABSENT:-${NAME}" << "${NAME" << "";
    QTest::newRow("the fallback of a name that is none") << "${a b:-${NAME}}" << "${a b:-${NAME}}" << "";
    QTest::newRow("a lone dollar") << "$NAME $" << "$NAME $" << "";
}

void EnvironmentTest::placeholdersAreReplaced()
{
    QFETCH(QString, text);
    const Environment environment{{{"NAME", "value"}, {"EMPTY", ""}, {"NESTED", "${NAME}"}}};
    const auto result = expand(text.toStdString(), environment);
    QTEST(QString::fromStdString(result.text), "expected");
    QTEST(QString::fromStdString(result.missing.empty() ? "" : result.missing.front()), "missing");
}

void EnvironmentTest::dotEnvLinesAreRead_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << "KEY=value" << "value";
    QTest::newRow("blanks around") << "  KEY = value  " << "value";
    QTest::newRow("export") << "export KEY=value" << "value";
    QTest::newRow("double quotes") << "KEY=\"a b # c\"" << "a b # c";
    QTest::newRow("single quotes") << "KEY='a b'" << "a b";
    QTest::newRow("comment behind") << "KEY=value # why" << "value";
    QTest::newRow("hash inside") << "KEY=val#ue" << "val#ue";
    QTest::newRow("equals inside") << "KEY=a=b" << "a=b";
    QTest::newRow("carriage return") << "KEY=value\r\nNEXT=1" << "value";
    QTest::newRow("after a comment") << "# first\n\nKEY=value" << "value";
    QTest::newRow("the first of two wins") << "KEY=value\nKEY=other" << "value";
}

void EnvironmentTest::dotEnvLinesAreRead()
{
    QFETCH(QString, line);
    Environment environment;
    QVERIFY(environment.addDotEnv(line.toStdString()).empty());
    QTEST(QString::fromStdString(environment.value("KEY").value_or("(none)")), "expected");
}

void EnvironmentTest::theRealEnvironmentWinsOverDotEnv()
{
    Environment environment{{{"BOTH", "real"}, {"EMPTY", ""}}};
    QVERIFY(environment.addDotEnv("BOTH=file\nEMPTY=file\n").empty());
    QCOMPARE(environment.value("BOTH").value(), "real");
    QVERIFY(environment.find("BOTH")->origin == Environment::Origin::Process);
    QCOMPARE(environment.value("EMPTY").value(), "file");
    QVERIFY(environment.find("EMPTY")->origin == Environment::Origin::DotEnv);
}

void EnvironmentTest::anEmptyVariableCountsAsNotSet()
{
    const Environment environment{{{"EMPTY", ""}}};
    QVERIFY(!environment.value("EMPTY"));
}

void EnvironmentTest::aLineOfDotEnvThatIsNoneIsAWarningWithItsNumber()
{
    Environment environment;
    const auto problems = environment.addDotEnv("A=1\nnonsense\n9X=2\nB=3\n");
    QCOMPARE(problems.size(), std::size_t{2});
    QCOMPARE(problems[0].position.line, std::size_t{2});
    QCOMPARE(problems[1].position.line, std::size_t{3});
    QCOMPARE(environment.value("B").value(), "3");
}

QTEST_APPLESS_MAIN(EnvironmentTest)
#include "environment_test.moc"
