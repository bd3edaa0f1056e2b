#include "core/remote/permission_matrix.h"

#include "core/auth/settings_reader.h"
#include "core/remote/matrix_run.h"
#include "tests/remote/raw_server.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace castdeck;
using namespace castdeck::remote;

namespace {

auth::AuthorizationConfig rules()
{
    std::vector<auth::Problem> problems;
    const char* const text = R"({
        "authorize": {"policy": "closed", "topics": [
            {"pattern": "private-admins", "when": {"value": "actor.role", "is": "equals", "to": "admin"}},
            {"pattern": "private-{id:[0-9]+}", "when": {"value": "actor.id", "is": "equals", "to": "{id}"}}]},
        "actors": [{"id": "1", "name": "Ada", "role": "admin"}]})";
    return auth::readAuthorization(auth::OrderedJson::parse(text), problems);
}

hub::AppConfig app()
{
    hub::AppConfig one;
    one.id = "demo";
    one.key = "demo-key";
    one.secret = "zqx-marker-app";
    return one;
}

Persona persona(std::string id, std::string name, std::vector<std::string> roles = {})
{
    Persona one;
    one.id = std::move(id);
    one.name = std::move(name);
    one.roles = std::move(roles);
    return one;
}

PermissionMatrix sample()
{
    PermissionMatrix matrix;
    matrix.personas = {persona("1", "Ada", {"admin"}), persona("2", "Bob"), persona("anonymous", "Anonymous")};
    matrix.personas[1].userInfo = R"({"big": 123456789012345678901234567890})";
    matrix.personas[1].headers = {{"Authorization", "Bearer zqx-marker-token"}};
    matrix.personas[1].cookies = "session=zqx-marker-cookie";
    matrix.personas[2].isAnonymous = true;
    matrix.channels = {"private-admins", "private-2", "private-nowhere"};
    matrix.expectations = {{{"1", "private-admins"}, Expectation::Allow}, {{"2", "private-2"}, Expectation::Deny}};
    return matrix;
}

} // namespace

class PermissionMatrixTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFileHoldsNoSecretAndComesBack();
    void whatIsNoMatrixIsRefused_data();
    void whatIsNoMatrixIsRefused();
    void variablesAreFilledIn();
    void theRulesFillTheCells();
    void fourHundredCellsTakeLessThanTwoSeconds();
    void reportsNameWhatDiffers();
    void noFieldIsAFormula();
    void tenAreAskedAtATime();

private:
    MatrixResults run(const PermissionMatrix& matrix)
    {
        MatrixResults results;
        MatrixRun run;
        connect(&run, &MatrixRun::cellDone, this,
                [&](MatrixCell cell, const MatrixResult& result) { results[cell] = result; });
        QSignalSpy finished{&run, &MatrixRun::finished};
        run.start(matrix, matrix.cells(),
                  {.builtIn = std::make_shared<const BuiltinEndpoint>(rules(), std::vector{app()}, matrix.personas),
                   .apps = knownApps({app()})});
        [&] { QVERIFY(finished.wait(10'000)); }();
        return results;
    }
};

void PermissionMatrixTest::theFileHoldsNoSecretAndComesBack()
{
    const std::string file = matrixFile(sample());
    QVERIFY2(file.find("zqx-marker") == std::string::npos, file.c_str());
    const auto read = readMatrix(file);
    QVERIFY(read.has_value());
    QCOMPARE(read->channels, sample().channels);
    QCOMPARE(read->personas.size(), std::size_t{3});
    QCOMPARE(read->personas[1].userInfo, sample().personas[1].userInfo);
    QCOMPARE(read->personas[1].headers[0].value, std::string{"${CASTDECK_2_AUTHORIZATION}"});
    QVERIFY(read->personas[2].isAnonymous);
    QVERIFY(read->expectations == sample().expectations);
    QCOMPARE(matrixFile(*read), file);
    const auto own = readMatrix(matrixDocument(sample()));
    QCOMPARE(own->personas[1].cookies, sample().personas[1].cookies);
}

void PermissionMatrixTest::whatIsNoMatrixIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("no JSON") << QByteArray{"{"} << QByteArray{"no JSON"};
    QTest::newRow("another file") << QByteArray{"{}"} << QByteArray{"castdeck_matrix"};
    QTest::newRow("newer") << QByteArray{R"({"castdeck_matrix":2})"} << QByteArray{"format 2"};
    QTest::newRow("no list") << QByteArray{R"({"castdeck_matrix":1,"personas":{}})"} << QByteArray{"must be a list"};
    QTest::newRow("no id") << QByteArray{R"({"castdeck_matrix":1,"personas":[{}]})"} << QByteArray{"needs an \"id\""};
    QTest::newRow("twice") << QByteArray{R"({"castdeck_matrix":1,"personas":[{"id":"a"},{"id":"a"}]})"}
                           << QByteArray{"two personas"};
    QTest::newRow("unknown persona")
        << QByteArray{R"({"castdeck_matrix":1,"expectations":[{"persona":"a","channel":"b","expect":"allow"}]})"}
        << QByteArray{"not in the lists"};
    QTest::newRow("another word") << QByteArray{R"({"castdeck_matrix":1,"personas":[{"id":"a"}],"channels":["b"],)"
                                                R"("expectations":[{"persona":"a","channel":"b","expect":"maybe"}]})"}
                                  << QByteArray{"is \"maybe\""};
}

void PermissionMatrixTest::whatIsNoMatrixIsRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, why);
    const auto read = readMatrix(text.toStdString());
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().detail.find(why.toStdString()) != std::string::npos, read.error().detail.c_str());
}

void PermissionMatrixTest::variablesAreFilledIn()
{
    const auto read = readMatrix(matrixFile(sample()));
    QCOMPARE(variablesOf(*read), (std::vector<std::string>{"CASTDECK_2_COOKIE", "CASTDECK_2_AUTHORIZATION"}));
    const auto missing = withVariables(*read, [](const std::string&) { return std::nullopt; });
    QVERIFY(missing.error().detail.find("CASTDECK_2_COOKIE is not set") != std::string::npos);
    const auto filled = withVariables(*read, [](const std::string& name) { return std::optional{name + "!"}; });
    QCOMPARE(filled->personas[1].cookies, std::string{"CASTDECK_2_COOKIE!"});
}

void PermissionMatrixTest::theRulesFillTheCells()
{
    const MatrixResults results = run(sample());
    QCOMPARE(results.size(), std::size_t{9});
    using enum EndpointOutcome;
    const std::array expected{Allowed, Denied, Denied, Denied, Allowed, Denied, Denied, Denied, Denied};
    std::size_t i = 0;
    for (const auto& [cell, result] : results)
        QVERIFY2(result.outcome == expected[i++], result.explanation.c_str());
    QCOMPARE(countDifferent(sample(), results), std::size_t{1}); // Bob's own channel.
}

void PermissionMatrixTest::fourHundredCellsTakeLessThanTwoSeconds()
{
    PermissionMatrix matrix;
    for (int i = 0; i < 20; ++i) {
        matrix.personas.push_back(persona(std::to_string(i), "Somebody"));
        matrix.channels.push_back("private-" + std::to_string(i));
    }
    QElapsedTimer timer;
    timer.start();
    const MatrixResults results = run(matrix);
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(results.size(), std::size_t{400});
    QCOMPARE(std::ranges::count_if(results,
                                   [](const auto& entry) { return entry.second.outcome == EndpointOutcome::Allowed; }),
             20);
}

void PermissionMatrixTest::reportsNameWhatDiffers()
{
    const PermissionMatrix matrix = sample();
    const MatrixResults results = run(matrix);
    const auto junit = QByteArray::fromStdString(junitReport(matrix, results));
    QVERIFY2(junit.contains("tests=\"9\" failures=\"1\" errors=\"0\" skipped=\"7\""), junit);
    QVERIFY2(junit.contains("<failure message=\"expected Deny, got Allow\">"), junit);
    QVERIFY2(junit.contains("classname=\"Bob (2)\" name=\"private-2\""), junit);
    const auto csv = QByteArray::fromStdString(csvReport(matrix, results));
    QVERIFY2(csv.contains("\"Bob (2)\",\"private-2\",\"Deny\",\"Allow\",\"no\","), csv);
    QVERIFY(!junit.contains("zqx-marker") && !csv.contains("zqx-marker"));
}

void PermissionMatrixTest::noFieldIsAFormula()
{
    PermissionMatrix matrix;
    matrix.personas = {persona("=cmd|' /C calc'!A0", "")};
    matrix.channels = {"-private, \"x\" <&>"};
    const MatrixResults results{{{0, 0}, {EndpointOutcome::Error, "@why\n"}}};
    const auto csv = QByteArray::fromStdString(csvReport(matrix, results));
    QVERIFY2(csv.contains("\"'=cmd|"), csv);
    QVERIFY2(csv.contains(",\"'-private, \"\"x\"\" <&>\","), csv);
    QVERIFY2(csv.contains(",\"'@why"), csv);
    const auto junit = QByteArray::fromStdString(junitReport(matrix, results));
    QVERIFY2(junit.contains("name=\"-private, &quot;x&quot; &lt;&amp;&gt;\""), junit);
    QVERIFY2(junit.contains("<error message=\"got Error\">@why </error>"), junit);
}

void PermissionMatrixTest::tenAreAskedAtATime()
{
    test::RawServer server;
    QList<QTcpSocket*> waiting;
    server.onRequest = [&](QTcpSocket& socket) { waiting.append(&socket); };
    PermissionMatrix matrix;
    matrix.url = server.url("/auth");
    matrix.personas = {persona("a", "A")};
    for (int i = 0; i < 12; ++i)
        matrix.channels.push_back("private-" + std::to_string(i));
    MatrixRun run;
    int done = 0;
    connect(&run, &MatrixRun::cellDone, this, [&] { ++done; });
    QSignalSpy finished{&run, &MatrixRun::finished};
    run.start(matrix, matrix.cells(), {.builtIn = {}, .apps = {}});
    QTRY_COMPARE(waiting.size(), 10);
    const auto answerAll = [&] {
        for (QTcpSocket* socket : std::exchange(waiting, {})) {
            socket->write("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        }
    };
    answerAll();
    QTRY_COMPARE(waiting.size(), 2);
    answerAll();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(done, 12);
}

QTEST_GUILESS_MAIN(PermissionMatrixTest)
#include "permission_matrix_test.moc"
