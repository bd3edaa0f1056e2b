#include "core/base/http.h"

#include <QTest>

using namespace castdeck;

class HttpTest : public QObject {
    Q_OBJECT
private slots:
    void headersAreFoundWhateverTheirCase();
    void firstOfEqualHeadersIsFound();
    void missingHeaderIsNull();
    void errorIsOneLineOfPlainText();
    void everyStatusInUseHasItsPhrase_data();
    void everyStatusInUseHasItsPhrase();
};

void HttpTest::headersAreFoundWhateverTheirCase()
{
    http::Request request;
    request.headers = {{"Host", "localhost"}, {"content-LENGTH", "12"}};
    QVERIFY(request.header("Content-Length") != nullptr);
    QCOMPARE(*request.header("Content-Length"), std::string{"12"});
    QCOMPARE(*request.header("HOST"), std::string{"localhost"});
}

void HttpTest::firstOfEqualHeadersIsFound()
{
    const http::Headers headers{{"Accept", "a"}, {"accept", "b"}};
    QCOMPARE(*http::find(headers, "ACCEPT"), std::string{"a"});
}

void HttpTest::missingHeaderIsNull()
{
    const http::Headers headers{{"Hosts", "a"}, {"Hos", "b"}};
    QVERIFY(http::find(headers, "Host") == nullptr);
    QVERIFY(http::find({}, "Host") == nullptr);
}

void HttpTest::errorIsOneLineOfPlainText()
{
    const http::Response response = http::Response::error(413, "The data is too long");
    QCOMPARE(response.status, 413);
    QCOMPARE(response.contentType, std::string{"text/plain; charset=utf-8"});
    QCOMPARE(response.body, std::string{"The data is too long\n"});
    QVERIFY(response.headers.empty());
}

void HttpTest::everyStatusInUseHasItsPhrase_data()
{
    QTest::addColumn<int>("status");
    for (const int status :
         {101, 200, 202, 204, 400, 401, 403, 404, 405, 408, 413, 414, 415, 421, 426, 429, 431, 500, 501, 503, 505})
        QTest::addRow("%d", status) << status;
}

void HttpTest::everyStatusInUseHasItsPhrase()
{
    QFETCH(int, status);
    QVERIFY(!http::reasonPhrase(status).empty());
    QVERIFY(http::reasonPhrase(status) != "Unknown");
    QCOMPARE(http::reasonPhrase(299), std::string_view{"Unknown"});
}

QTEST_APPLESS_MAIN(HttpTest)
#include "http_test.moc"
