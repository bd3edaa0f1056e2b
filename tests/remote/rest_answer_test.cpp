#include "core/remote/rest_answer.h"

#include "core/base/ascii.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::remote;

namespace {

http::Answer answer(int status, std::string body, http::Headers headers = {})
{
    return {.failure = http::Failure::None,
            .detail = {},
            .status = status,
            .headers = std::move(headers),
            .body = std::move(body)};
}

const http::OutgoingRequest request{
    .method = "GET", .url = "https://api.example/apps/1/channels?auth_key=k", .headers = {}, .body = {}};
const WallTime noon{std::chrono::seconds{1'700'000'000}}; // Tue, 14 Nov 2023 22:13:20 GMT

} // namespace

class RestAnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStatusHasItsCode_data();
    void everyStatusHasItsCode();
    void everyFailureHasItsCode_data();
    void everyFailureHasItsCode();
    void theTextComesFromLinesAndFromJson_data();
    void theTextComesFromLinesAndFromJson();
    void aRefusedTimestampTellsTheDifferenceOfTheClocks();
    void secretsAreReplaced();
    void textFromOutsideIsOneShortLine();
};

void RestAnswerTest::everyStatusHasItsCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("200") << 200 << "{}" << "";
    QTest::newRow("202") << 202 << "{\"ok\":true}" << "";
    QTest::newRow("200 without JSON") << 200 << "<html>" << "bad_response";
    QTest::newRow("200 with a list") << 200 << "[]" << "bad_response";
    QTest::newRow("200 empty") << 200 << "" << "bad_response";
    QTest::newRow("204") << 204 << "" << "bad_response";
    QTest::newRow("301") << 301 << "" << "bad_response";
    QTest::newRow("400") << 400 << "bad" << "rejected";
    QTest::newRow("401") << 401 << "bad" << "unauthorized";
    QTest::newRow("403") << 403 << "bad" << "forbidden";
    QTest::newRow("404") << 404 << "bad" << "bad_response";
    QTest::newRow("413") << 413 << "bad" << "too_large";
    QTest::newRow("500") << 500 << "bad" << "bad_response";
}

void RestAnswerTest::everyStatusHasItsCode()
{
    QFETCH(int, status);
    QFETCH(QString, body);
    const RestAnswer result = interpret(request, answer(status, body.toStdString()), "secret", noon);
    QTEST(QString::fromUtf8(toText(result.code).data()), "code");
    QCOMPARE(result.status, status);
    QCOMPARE(result.body, result.code == broadcast::Code::None ? body.toStdString() : "");
    QCOMPARE(result.text.empty(), result.code == broadcast::Code::None);
}

void RestAnswerTest::everyFailureHasItsCode_data()
{
    QTest::addColumn<int>("failure");
    QTest::addColumn<QString>("code");
    QTest::newRow("unreachable") << static_cast<int>(http::Failure::Unreachable) << "unreachable";
    QTest::newRow("timeout") << static_cast<int>(http::Failure::Timeout) << "timeout";
    QTest::newRow("tls") << static_cast<int>(http::Failure::Tls) << "tls";
    QTest::newRow("too large") << static_cast<int>(http::Failure::AnswerTooLarge) << "bad_response";
}

void RestAnswerTest::everyFailureHasItsCode()
{
    QFETCH(int, failure);
    http::Answer failed;
    failed.failure = static_cast<http::Failure>(failure);
    failed.detail = "why";
    const RestAnswer result = interpret(request, failed, "secret", noon);
    QTEST(QString::fromUtf8(toText(result.code).data()), "code");
    QCOMPARE(result.text, "https://api.example: why");
}

void RestAnswerTest::theTextComesFromLinesAndFromJson_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("text");
    QTest::newRow("line") << "Channel name invalid\n" << "Channel name invalid";
    QTest::newRow("error") << R"({"error":"wrong","code":1})" << "wrong";
    QTest::newRow("message") << R"({"message":"wrong"})" << "wrong";
    QTest::newRow("other JSON") << R"({"a":1})" << R"({"a":1})";
}

void RestAnswerTest::theTextComesFromLinesAndFromJson()
{
    QFETCH(QString, body);
    QTEST(QString::fromStdString(interpret(request, answer(400, body.toStdString()), "secret", noon).text), "text");
}

void RestAnswerTest::aRefusedTimestampTellsTheDifferenceOfTheClocks()
{
    const http::Headers date{{"Date", "Tue, 14 Nov 2023 22:33:20 GMT"}};
    const RestAnswer late = interpret(request, answer(401, "Timestamp expired", date), "secret", noon);
    QVERIFY(QString::fromStdString(late.text).contains("clock differs from the server's by 1200 s"));
    const RestAnswer other = interpret(request, answer(401, "Invalid signature", date), "secret", noon);
    QCOMPARE(other.text, "Invalid signature");
}

void RestAnswerTest::secretsAreReplaced()
{
    const RestAnswer result = interpret(request, answer(400, "you sent the-secret and the-secret"), "the-secret", noon);
    QCOMPARE(result.text, "you sent •••• and ••••");
}

void RestAnswerTest::textFromOutsideIsOneShortLine()
{
    const auto textOf = [](std::string body) {
        return interpret(request, answer(400, std::move(body)), "", noon).text;
    };
    QCOMPARE(QString::fromStdString(textOf("a\r\nb\x1b[31mc")).count(u'\n'), 0);
    QVERIFY(textOf("a\x1b[31mc").find('\x1b') == std::string::npos);
    QVERIFY(isValidUtf8(textOf("\xff")));
    QVERIFY(textOf(std::string(5'000, 'x')).size() < 600);
}

QTEST_APPLESS_MAIN(RestAnswerTest)
#include "rest_answer_test.moc"
