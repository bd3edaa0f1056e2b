#include "ui/text/copy_as.h"

#include "core/base/json.h"
#include "ui/text/code_text.h"
#include "ui/text/listen_hint.h"
#include "ui/text/shown_text.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::ui;

/// Code as it is copied. That the whole programs work with the real libraries is tested beside those libraries.
class CopyAsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLiteralGivesBackTheText_data();
    void aLiteralGivesBackTheText();
    void nothingHiddenIsCopiedAsItStands();
    void noFormHoldsASecret();
    void theBodyOfCurlIsTheRequest();
    void echoGetsItsPrefixesAndTheDot_data();
    void echoGetsItsPrefixesAndTheDot();
    void theCommandLineSendsTextAsAJsonString();
    void everyChannelGetsItsLine();
    void anAddressOfVersionSixStandsInBrackets();
};

namespace {

const CopyEndpoint endpoint{.isTls = false,
                            .host = "127.0.0.1",
                            .port = 6001,
                            .path = "",
                            .appId = "demo",
                            .key = "demo-key",
                            .authEndpoint = "http://127.0.0.1:6001/pusher/auth"};

/// What a program makes of a literal: it gets the code and writes the bytes to its standard output.
QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(20'000) || process.exitCode() != 0)
        return "failed: " + process.readAllStandardError();
    return process.readAllStandardOutput();
}

} // namespace

void CopyAsTest::aLiteralGivesBackTheText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray{"orders"};
    QTest::newRow("quotes of all kinds") << QByteArray{R"(a'b"c`d\e\\'')"};
    QTest::newRow("what a shell expands") << QByteArray{"$(touch /tmp/x) `id` $HOME !! ~ * ; & | <x>"};
    QTest::newRow("line ends") << QByteArray{"a\nb\n\n"};
    QTest::newRow("a carriage return and a tab") << QByteArray{"a\r\n\tb"};
    QTest::newRow("an escape sequence of a terminal") << QByteArray{"\x1b[2J\x07"};
    QTest::newRow("text that is turned around") << QByteArray{"a\xE2\x80\xAE"
                                                              "b\xE2\x80\xA8"
                                                              "c"};
    QTest::newRow("what ends a script") << QByteArray{"</script><!--"};
    QTest::newRow("JSON") << QByteArray{R"({"a":"\/\u00e9","b":18446744073709551615})"};
    QTest::newRow("umlauts and emoji") << QByteArray{"\xC3\xA4 \xF0\x9F\x8E\x89"};
    QTest::newRow("placeholders of Qt") << QByteArray{"%1 %2 @key"};
    QTest::newRow("nothing") << QByteArray{};
}

void CopyAsTest::aLiteralGivesBackTheText()
{
    QFETCH(QByteArray, text);
    const std::string_view bytes{text.data(), static_cast<std::size_t>(text.size())};
    const std::string quoted = toStd(code::json(bytes));
    QCOMPARE(QByteArray::fromStdString(json::Value::parse(quoted)->text()), text);
    QCOMPARE(
        outputOf(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("printf %s ") + code::shell(bytes)}),
        text);
    QCOMPARE(outputOf(QStringLiteral("python3"),
                      {QStringLiteral("-c"), QStringLiteral("import sys; sys.stdout.buffer.write((") +
                                                 code::python(bytes) + QStringLiteral(").encode())")}),
             text);
    QCOMPARE(outputOf(QStringLiteral("node"), {QStringLiteral("-e"), QStringLiteral("process.stdout.write(") +
                                                                         code::script(bytes) + QStringLiteral(")")}),
             text);
    if (const QString php = QStandardPaths::findExecutable(QStringLiteral("php")); !php.isEmpty())
        QCOMPARE(outputOf(php, {QStringLiteral("-r"), QStringLiteral("echo ") + code::php(bytes) + u';'}), text);
}

void CopyAsTest::nothingHiddenIsCopiedAsItStands()
{
    const CopyMessage message{{"a"}, "x\u202Ey\u200B\x1b", "\u2066\x7f\"'"};
    for (const CopyKind kind : copyKinds()) {
        const QString text = copyAs(kind, message, endpoint);
        for (const QChar c : text)
            QVERIFY2(c == u'\n' || (c.unicode() >= 0x20 && c.unicode() < 0x7F), qPrintable(nameOf(kind)));
    }
}

void CopyAsTest::noFormHoldsASecret()
{
    const CopyMessage message{{"private-encrypted-x"}, "e", "{}"};
    for (const CopyKind kind : {CopyKind::Curl, CopyKind::Php, CopyKind::Python, CopyKind::CommandLine})
        QVERIFY2(copyAs(kind, message, endpoint).contains(QStringLiteral("PUSHER_APP_SECRET")),
                 qPrintable(nameOf(kind)));
}

void CopyAsTest::theBodyOfCurlIsTheRequest()
{
    const CopyMessage message{{"orders", "it's"}, "a'b", "{\"n\": 1.0}", "1.2"};
    const QString text = copyAs(CopyKind::Curl, message, endpoint);
    const QString script = text.left(text.indexOf(QStringLiteral("query="))) + QStringLiteral("printf %s \"$body\"");
    const std::string body = outputOf(QStringLiteral("bash"), {QStringLiteral("-c"), script}).toStdString();
    const auto read = json::Value::parse(body);
    QVERIFY(read);
    QCOMPARE(read->find("name")->text(), message.event);
    QCOMPARE(read->find("data")->text(), message.payload);
    QCOMPARE(read->find("channels")->elements().size(), std::size_t{2});
    QCOMPARE(read->find("socket_id")->text(), std::string{"1.2"});
}

void CopyAsTest::echoGetsItsPrefixesAndTheDot_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("start");
    QTest::newRow("public") << QStringLiteral("orders") << QStringLiteral("echo.channel('orders').listen('.o'");
    QTest::newRow("private") << QStringLiteral("private-a") << QStringLiteral("echo.private('a').listen('.o'");
    QTest::newRow("presence") << QStringLiteral("presence-a") << QStringLiteral("echo.join('a').listen('.o'");
    QTest::newRow("encrypted") << QStringLiteral("private-encrypted-a")
                               << QStringLiteral("echo.encryptedPrivate('a').listen('.o'");
    QTest::newRow("cache") << QStringLiteral("cache-a") << QStringLiteral("echo.channel('cache-a')");
    QTest::newRow("private cache") << QStringLiteral("private-cache-a") << QStringLiteral("echo.private('cache-a')");
    QTest::newRow("a user") << QStringLiteral("#server-to-user-1") << QStringLiteral("echo.connector.pusher.signin()");
}

void CopyAsTest::echoGetsItsPrefixesAndTheDot()
{
    QFETCH(QString, channel);
    QFETCH(QString, start);
    const QString line = echoListenLine(toStd(channel), "o", QStringLiteral("echo"));
    QVERIFY2(line.startsWith(start), qPrintable(line));
}

void CopyAsTest::theCommandLineSendsTextAsAJsonString()
{
    const QString text = copyAs(CopyKind::CommandLine, {{"a"}, "e", "it's"}, endpoint);
    QVERIFY2(text.contains(QStringLiteral("'\"it'\\''s\"'")), qPrintable(text));
    QVERIFY(copyAs(CopyKind::CommandLine, {{"a"}, "--help", "{}"}, endpoint).startsWith(u'#'));
}

void CopyAsTest::everyChannelGetsItsLine()
{
    const CopyMessage message{{"a", "private-b"}, "e", "{}"};
    QCOMPARE(copyAs(CopyKind::PusherJs, message, endpoint).count(QStringLiteral("pusher.subscribe(")), 2);
    QCOMPARE(copyAs(CopyKind::Echo, message, endpoint).count(QStringLiteral(".listen(")), 2);
}

void CopyAsTest::anAddressOfVersionSixStandsInBrackets()
{
    CopyEndpoint six = endpoint;
    six.host = "::1";
    QVERIFY(copyAs(CopyKind::Curl, {{"a"}, "e", "{}"}, six).contains(QStringLiteral("'http://[::1]:6001'")));
}

QTEST_GUILESS_MAIN(CopyAsTest)
#include "copy_as_test.moc"
