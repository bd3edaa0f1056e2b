#include "ui/text/draft.h"
#include "ui/text/json_text.h"
#include "ui/text/shown_text.h"
#include "ui/text/snippets.h"

#include "core/base/json.h"

#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::ui;

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prettyPrintingMovesOnlyWhiteSpace_data();
    void prettyPrintingMovesOnlyWhiteSpace();
    void prettyPrintingPutsOneValueOnALine();
    void aPlaceIsCountedInLinesAndColumns_data();
    void aPlaceIsCountedInLinesAndColumns();
    void aMistakeIsFoundWithItsPlace();
    void foreignTextIsShownWithEscapes_data();
    void foreignTextIsShownWithEscapes();
    void aSummaryFoldsLineEndsAndIndentation();
    void aCutNeverSplitsACharacter();
    void channelNamesAreSeparatedByBlanksAndCommas_data();
    void channelNamesAreSeparatedByBlanksAndCommas();
    void aBadChannelNameNamesTheCharacter();
    void aDraftSaysWhatCannotBeSent_data();
    void aDraftSaysWhatCannotBeSent();
    void aPayloadOverTheLimitIsRefusedWithBothSizes();
    void snippetsHideTheSecretUntilItIsAskedFor();
    void snippetsNameAnAddressThatCanBeReached_data();
    void snippetsNameAnAddressThatCanBeReached();
};

void TextTest::prettyPrintingMovesOnlyWhiteSpace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("big integers") << QByteArray{R"({"a":18446744073709551615,"b":123456789012345678901234567890})"};
    QTest::newRow("fractions as written") << QByteArray{R"([1.0,-0.0,1e400,1E+2])"};
    QTest::newRow("duplicate keys and their order") << QByteArray{R"({"z":1,"a":2,"z":3})"};
    QTest::newRow("escapes as written") << QByteArray{R"({"a\/b":"é\ud800\n\"{[,:]}"})"};
    QTest::newRow("blanks in strings") << QByteArray{R"({"  a  ":" b\t ,  c "})"};
    QTest::newRow("a single value") << QByteArray{R"("text")"};
    QTest::newRow("empty containers") << QByteArray{R"({"a":{},"b":[],"c":[{}]})"};
    QTest::newRow("emoji") << QByteArray{"{\"a\":\"\xF0\x9F\x8E\x89\"}"};
}

void TextTest::prettyPrintingMovesOnlyWhiteSpace()
{
    QFETCH(QByteArray, json);
    const std::string text = json.toStdString();
    const std::string pretty = prettyJson(text);
    QVERIFY(!json::check(pretty));
    QCOMPARE(json::compact(pretty), text);
    QCOMPARE(prettyJson(pretty), pretty);
}

void TextTest::prettyPrintingPutsOneValueOnALine()
{
    QCOMPARE(prettyJson(R"({"a":1,"b":[true,{ }]})"),
             std::string{"{\n  \"a\": 1,\n  \"b\": [\n    true,\n    {}\n  ]\n}"});
}

void TextTest::aPlaceIsCountedInLinesAndColumns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("the start") << QByteArray{"abc"} << 0 << 1 << 1;
    QTest::newRow("the end") << QByteArray{"abc"} << 3 << 1 << 4;
    QTest::newRow("a later line") << QByteArray{"{\n  x"} << 4 << 2 << 3;
    QTest::newRow("after an umlaut") << QByteArray{"\xC3\xA4x"} << 2 << 1 << 2;
    QTest::newRow("after an emoji, two units wide") << QByteArray{"\xF0\x9F\x8E\x89x"} << 4 << 1 << 3;
    QTest::newRow("beyond the end") << QByteArray{"a"} << 99 << 1 << 2;
}

void TextTest::aPlaceIsCountedInLinesAndColumns()
{
    QFETCH(QByteArray, text);
    QFETCH(int, offset);
    QFETCH(int, line);
    QFETCH(int, column);
    const TextPlace place = placeAt(text.toStdString(), static_cast<std::size_t>(offset));
    QCOMPARE(place.line, line);
    QCOMPARE(place.column, column);
}

void TextTest::aMistakeIsFoundWithItsPlace()
{
    const auto mistake = findJsonMistake("{\n  \"a\": 1\n  \"b\": 2\n}");
    QVERIFY(mistake);
    QCOMPARE(mistake->place, (TextPlace{3, 3}));
    QCOMPARE(mistake->message, std::string{"expected ',' or '}'"});
    QVERIFY(!findJsonMistake(R"({"a":1})"));
}

void TextTest::foreignTextIsShownWithEscapes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QByteArray{"orders"} << QStringLiteral("orders");
    QTest::newRow("markup stays text") << QByteArray{"<b>x</b>"} << QStringLiteral("<b>x</b>");
    QTest::newRow("line ends") << QByteArray{"a\r\nb\tc"} << QStringLiteral("a\\r\\nb\\tc");
    QTest::newRow("terminal escape") << QByteArray{"\x1b[31m"} << QStringLiteral("\\u001b[31m");
    QTest::newRow("right-to-left override") << QByteArray{"a\xE2\x80\xAE"
                                                          "b"}
                                            << QStringLiteral("a\\u202eb");
    QTest::newRow("zero width space") << QByteArray{"a\xE2\x80\x8B"
                                                    "b"}
                                      << QStringLiteral("a\\u200bb");
}

void TextTest::foreignTextIsShownWithEscapes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    QCOMPARE(shownText(bytes.toStdString()), shown);
}

void TextTest::aSummaryFoldsLineEndsAndIndentation()
{
    QCOMPARE(shownText("{\n  \"a  b\": 1,\r\n\t\"c\": 2\n}", 100, LineEnds::Fold),
             QStringLiteral("{ \"a  b\": 1, \"c\": 2 }"));
    QCOMPARE(shownText("a\x1b[0m\tb", 100, LineEnds::Fold), QStringLiteral("a\\u001b[0m\\tb"));
}

void TextTest::aCutNeverSplitsACharacter()
{
    QCOMPARE(shownText("ab\xF0\x9F\x8E\x89", 4), QStringLiteral("ab…"));
    QCOMPARE(shownText("abcd", 4), QStringLiteral("abcd"));
}

void TextTest::channelNamesAreSeparatedByBlanksAndCommas_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("nothing") << QStringLiteral("  ") << QStringList{};
    QTest::newRow("one") << QStringLiteral("orders") << QStringList{QStringLiteral("orders")};
    QTest::newRow("comma and blank") << QStringLiteral("a, b") << QStringList{QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("blanks and line ends")
        << QStringLiteral(" a \n b\tc ") << QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    QTest::newRow("a comma inside a name")
        << QStringLiteral("a,b c;") << QStringList{QStringLiteral("a,b"), QStringLiteral("c")};
    QTest::newRow("repeated names count once") << QStringLiteral("a a, a") << QStringList{QStringLiteral("a")};
}

void TextTest::channelNamesAreSeparatedByBlanksAndCommas()
{
    QFETCH(QString, line);
    QFETCH(QStringList, names);
    QStringList found;
    for (const ChannelEntry& entry : parseChannels(line))
        found << toQt(entry.name);
    QCOMPARE(found, names);
}

void TextTest::aBadChannelNameNamesTheCharacter()
{
    const auto entries = parseChannels(QStringLiteral("orders/1"));
    QCOMPARE(entries.size(), 1U);
    QVERIFY2(entries[0].problem.contains(QStringLiteral("'/'")), qPrintable(entries[0].problem));
    QVERIFY2(entries[0].problem.contains(QStringLiteral("allowed are letters")), qPrintable(entries[0].problem));
}

void TextTest::aDraftSaysWhatCannotBeSent_data()
{
    QTest::addColumn<QString>("channels");
    QTest::addColumn<QString>("event");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("isJson");
    QTest::addColumn<QString>("problem");
    const QString orders = QStringLiteral("orders");
    const QString note = QStringLiteral("note");
    QTest::newRow("nothing wrong") << orders << note << QByteArray{"{}"} << true << QString{};
    QTest::newRow("any JSON value") << orders << note << QByteArray{"42"} << true << QString{};
    QTest::newRow("text is not checked as JSON") << orders << note << QByteArray{"hello"} << false << QString{};
    QTest::newRow("text in JSON mode") << orders << note << QByteArray{"hello"} << true
                                       << QStringLiteral("Line 1, column 1");
    QTest::newRow("channel") << QStringLiteral("a b!") << note << QByteArray{"{}"} << true << QStringLiteral("'!'");
    QTest::newRow("protocol's own event")
        << orders << QStringLiteral("pusher:ping") << QByteArray{"{}"} << true << QStringLiteral("pusher:");
    QTest::newRow("long event name") << orders << QString{201, u'e'} << QByteArray{"{}"} << true
                                     << QStringLiteral("201");
}

void TextTest::aDraftSaysWhatCannotBeSent()
{
    QFETCH(QString, channels);
    QFETCH(QString, event);
    QFETCH(QByteArray, payload);
    QFETCH(bool, isJson);
    QFETCH(QString, problem);
    const DraftProblems problems =
        checkDraft({channels, event, payload.toStdString(), isJson ? PayloadMode::Json : PayloadMode::Text});
    QCOMPARE(problems.none(), problem.isEmpty());
    QVERIFY2(problems.first().contains(problem), qPrintable(problems.first()));
}

void TextTest::aPayloadOverTheLimitIsRefusedWithBothSizes()
{
    Draft draft{QStringLiteral("orders"), QStringLiteral("note"), std::string(10'240, 'x'), PayloadMode::Text};
    QVERIFY(checkDraft(draft).none());
    draft.payload += 'x';
    const DraftProblems problems = checkDraft(draft);
    QVERIFY(problems.isTooLarge);
    QVERIFY(problems.payload.contains(QStringLiteral("10,241")));
    QVERIFY(problems.payload.contains(QStringLiteral("10,240")));
}

void TextTest::snippetsHideTheSecretUntilItIsAskedFor()
{
    hub::AppConfig app;
    app.id = "demo";
    app.key = "the-key";
    app.secret = "the-secret";
    const ServerAddress server{.host = "127.0.0.1", .port = 6002, .isTls = false};
    QVERIFY(!pusherJsSnippet(app, server).contains(QStringLiteral("the-secret")));
    QVERIFY(pusherJsSnippet(app, server).contains(QStringLiteral("wsPort: 6002")));
    // Never userAuthentication, which is about who, not about channels.
    QVERIFY(pusherJsSnippet(app, server)
                .contains(QStringLiteral("channelAuthorization: { endpoint: 'http://127.0.0.1:6002/pusher/auth' }")));
    QVERIFY(!pusherJsSnippet(app, server).contains(QStringLiteral("userAuthentication")));
    QVERIFY(!laravelEnvSnippet(app, server, SecretUse::Mask).contains(QStringLiteral("the-secret")));
    QVERIFY(
        laravelEnvSnippet(app, server, SecretUse::Reveal).contains(QStringLiteral("PUSHER_APP_SECRET=the-secret\n")));
    QVERIFY(!curlSnippet(app, server, SecretUse::Mask).contains(QStringLiteral("the-secret")));
    QVERIFY(curlSnippet(app, server, SecretUse::Reveal).contains(QStringLiteral("secret='the-secret'")));
    // In zsh, which many paste into, `path` is the search path for programs.
    QVERIFY(!curlSnippet(app, server, SecretUse::Mask).contains(QStringLiteral("\npath=")));
}

void TextTest::snippetsNameAnAddressThatCanBeReached_data()
{
    QTest::addColumn<QByteArray>("listen");
    QTest::addColumn<QString>("host");
    QTest::newRow("IPv4") << QByteArray{"127.0.0.2"} << QStringLiteral("127.0.0.2");
    QTest::newRow("a name") << QByteArray{"localhost"} << QStringLiteral("localhost");
    QTest::newRow("IPv6 needs brackets") << QByteArray{"::1"} << QStringLiteral("[::1]");
    QTest::newRow("everywhere") << QByteArray{"0.0.0.0"} << QStringLiteral("127.0.0.1");
    QTest::newRow("everywhere, IPv6") << QByteArray{"::"} << QStringLiteral("[::1]");
}

void TextTest::snippetsNameAnAddressThatCanBeReached()
{
    QFETCH(QByteArray, listen);
    QFETCH(QString, host);
    const ServerAddress server{.host = listen.toStdString(), .port = 6002, .isTls = false};
    QVERIFY(pusherJsSnippet({}, server).contains(QStringLiteral("wsHost: '%1'").arg(host)));
    QVERIFY(laravelEnvSnippet({}, server, SecretUse::Mask).contains(QStringLiteral("PUSHER_HOST=%1\n").arg(host)));
    QVERIFY(curlSnippet({}, server, SecretUse::Mask).contains(QStringLiteral("http://%1:6002$route").arg(host)));
}

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
