#include "core/remote/server_message.h"

#include <QTest>

using namespace castdeck::remote;

class ServerMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void CL5_dataMayComeInEveryForm_data();
    void CL5_dataMayComeInEveryForm();
    void CL5_errorsMayComeInEveryForm_data();
    void CL5_errorsMayComeInEveryForm();
    void bytesOfThePayloadStay();
    void whatIsNoMessageIsRefused_data();
    void whatIsNoMessageIsRefused();
};

void ServerMessageTest::CL5_dataMayComeInEveryForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("data");
    QTest::newRow("string") << R"({"event":"e","data":"{\"a\":1}"})" << R"({"a":1})";
    QTest::newRow("object") << R"({"event":"e","data":{"a":1}})" << R"({"a":1})";
    QTest::newRow("absent") << R"({"event":"e"})" << "{}";
    QTest::newRow("null") << R"({"event":"e","data":null})" << "{}";
    QTest::newRow("plain text") << R"({"event":"e","data":"hello"})" << "hello";
    QTest::newRow("list") << R"({"event":"e","data":[1]})" << "[1]";
    QTest::newRow("number") << R"({"event":"e","data":7})" << "7";
}

void ServerMessageTest::CL5_dataMayComeInEveryForm()
{
    QFETCH(QString, text);
    const auto message = ServerMessage::parse(text.toStdString());
    QVERIFY(message.has_value());
    QTEST(QString::fromStdString(message->data), "data");
}

void ServerMessageTest::CL5_errorsMayComeInEveryForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("object") << R"({"event":"pusher:error","data":{"code":4301,"message":"m"}})" << 4301 << "m";
    QTest::newRow("string") << R"({"event":"pusher:error","data":"{\"code\":4301,\"message\":\"m\"}"})" << 4301 << "m";
    QTest::newRow("null code") << R"({"event":"pusher:error","data":{"code":null,"message":"m"}})" << 0 << "m";
    QTest::newRow("no code") << R"({"event":"pusher:error","data":{"message":"m"}})" << 0 << "m";
    QTest::newRow("text only") << R"({"event":"pusher:error","data":"broken"})" << 0 << "broken";
    QTest::newRow("huge code") << R"({"event":"pusher:error","data":{"code":1e99,"message":"m"}})" << 0 << "m";
}

void ServerMessageTest::CL5_errorsMayComeInEveryForm()
{
    QFETCH(QString, text);
    const ServerError error = ServerError::from(ServerMessage::parse(text.toStdString()).value());
    QTEST(error.code, "code");
    QTEST(QString::fromStdString(error.text), "message");
}

void ServerMessageTest::bytesOfThePayloadStay()
{
    const auto message =
        ServerMessage::parse(R"({"event":"e","channel":"c","data":"{\"n\": 12345678901234567890.10}"})");
    QCOMPARE(message->data, R"({"n": 12345678901234567890.10})");
    QCOMPARE(message->dataMember("n").value(), "12345678901234567890.10");
}

void ServerMessageTest::whatIsNoMessageIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "x", "[]", "7", "null", "{}", R"({"event":7})", R"({"event":"e")"})
        QTest::newRow(text) << text;
}

void ServerMessageTest::whatIsNoMessageIsRefused()
{
    QFETCH(QString, text);
    QVERIFY(!ServerMessage::parse(text.toStdString()).has_value());
}

QTEST_APPLESS_MAIN(ServerMessageTest)
#include "server_message_test.moc"
