#include "core/net/request_parser.h"

#include <QTest>

#include <string>

using castdeck::net::HttpLimits;
using castdeck::net::RequestParser;

class RequestParserTest : public QObject {
    Q_OBJECT
private slots:
    void chunkedBodyMayArriveInAnyPieces_data();
    void chunkedBodyMayArriveInAnyPieces();
};

void RequestParserTest::chunkedBodyMayArriveInAnyPieces_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray{"0\r\n\r\n"} << QByteArray{};
    QTest::newRow("empty, with a trailer") << QByteArray{"0\r\nT: 1\r\n\r\n"} << QByteArray{};
    QTest::newRow("several chunks") << QByteArray{"3\r\nabc\r\n1;ext=1\r\nd\r\n0\r\n\r\n"} << QByteArray{"abcd"};
}

void RequestParserTest::chunkedBodyMayArriveInAnyPieces()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArray, body);
    const HttpLimits limits; // The parser refers to it.
    for (qsizetype pieceBytes = 1; pieceBytes <= stream.size(); ++pieceBytes) {
        RequestParser parser{limits};
        QVERIFY(!parser.readHead("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
        std::string pending;
        for (qsizetype at = 0; at < stream.size(); at += pieceBytes) {
            pending += stream.mid(at, pieceBytes).toStdString();
            std::string_view input = pending;
            QVERIFY(!parser.readBody(input));
            pending = std::string{input};
        }
        QVERIFY(parser.isComplete());
        QCOMPARE(QByteArray::fromStdString(parser.request().body), body);
    }
}

QTEST_APPLESS_MAIN(RequestParserTest)
#include "request_parser_test.moc"
