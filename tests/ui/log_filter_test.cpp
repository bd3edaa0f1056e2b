#include "ui/models/log_filter.h"

#include <QtCore/QDateTime>
#include <QtTest/QTest>

#include <ctime>

using namespace castdeck;
using namespace castdeck::ui;

class LogFilterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineAcceptsTheRowsItDescribes_data();
    void aLineAcceptsTheRowsItDescribes();
    void aMistakeIsNamedWithItsPlace_data();
    void aMistakeIsNamedWithItsPlace();
    void aJsonConditionReadsThePayload_data();
    void aJsonConditionReadsThePayload();
    void timesAreCountedFromTheClock_data();
    void timesAreCountedFromTheClock();
    void filtersCombineWithAnd();
    void aFilterIsToldInWords_data();
    void aFilterIsToldInWords();
    void aHundredThousandRowsAreJudgedWithinTheBudget_data();
    void aHundredThousandRowsAreJudgedWithinTheBudget();
};

namespace {

engine::Event order()
{
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.appId = "demo";
    event.channel = "private-orders.7";
    event.event = "order.shipped";
    event.socketId = "12.34";
    event.userId = "Ana";
    event.payload = std::make_shared<const std::string>(R"({"total":100,"note":"Rush hour"})");
    event.code = 4009;
    return event;
}

} // namespace

void LogFilterTest::aLineAcceptsTheRowsItDescribes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isAccepted");
    const auto row = [](const char* line, bool isAccepted) {
        QTest::newRow(line) << QString::fromUtf8(line) << isAccepted;
    };
    row("", true);
    row("rush", true);
    row("RUSH total", true);
    row("absent", false);
    row("rush absent", false);
    row("-rush", false);
    row("-absent", true);
    row("\"rush hour\"", true);
    row("\"hour rush\"", false);
    row("-\"rush hour\"", false);
    row("\"order:x\"", false);
    row("-", true);
    row("channel:private-orders.7", true);
    row("channel:orders", false);
    row("channel:*orders.*", true);
    row("channel:PRIVATE-*", true);
    row("-channel:private-*", false);
    row("event:order.*", true);
    row("type:api", true);
    row("type:client", false);
    row("type:*error", false);
    row("socket:12.34", true);
    row("user:ana", true);
    row("-user:ana", false);
    row("app:demo", true);
    row("dir:out", true);
    row("dir:in", false);
    row("size:>20", true);
    row("size:<20", false);
    row("size:32", true);
    row("size:>1k", false);
    row("size:<=32", true);
    row("status:4009", true);
    row("status:>=4000 status:<4100", true);
    row("channel:*orders* event:order.paid", false);
    row("absent or rush", true);
    row("rush or absent", true);
    row("absent or missing", false);
    row("rush absent or total", true);
    row("rush (absent or total)", true);
    row("absent (rush or total)", false);
    row("-(absent or missing)", true);
    row("-(rush total)", false);
    row("((rush))", true);
    row("(channel:a or channel:private-*) -type:client", true);
    row("oregano", false);
    row("\"or\"", true);
    row("ru*hour", true);
    row("hour*ru", false);
    row("*", true);
    row("\"*\"", false);
    row("event:\"order.*\"", false);
    row("event:\"order.\"*", true);
    row("channel:private-orders.*7", true);
    row("channel:*7*7", false);
    row("channel:private-orders.7private-orders.7", false);
}

void LogFilterTest::aLineAcceptsTheRowsItDescribes()
{
    QFETCH(QString, line);
    QFETCH(bool, isAccepted);
    const auto parsed = LogFilter::parse(line);
    QVERIFY2(parsed.filter, qPrintable(parsed.mistake.sentence));
    QCOMPARE(parsed.filter->accepts(order()), isAccepted);
}

void LogFilterTest::aMistakeIsNamedWithItsPlace_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("length");
    QTest::newRow("unknown key") << QStringLiteral("a chanel:x") << QStringLiteral("chanel") << 2 << 7;
    QTest::newRow("missing value") << QStringLiteral("channel:") << QStringLiteral("missing") << 0 << 8;
    QTest::newRow("unknown type") << QStringLiteral("type:banana") << QStringLiteral("banana") << 0 << 11;
    QTest::newRow("unknown direction") << QStringLiteral("dir:up") << QStringLiteral("in, out or self") << 0 << 6;
    QTest::newRow("not a number") << QStringLiteral("size:>many") << QStringLiteral("many") << 0 << 10;
    QTest::newRow("no bracket open") << QStringLiteral("ä b) c") << QStringLiteral("closes none") << 3 << 1;
    QTest::newRow("bracket left open") << QStringLiteral("a (b or c") << QStringLiteral("not closed") << 2 << 1;
    QTest::newRow("empty brackets") << QStringLiteral("a ()") << QStringLiteral("missing") << 3 << 1;
    QTest::newRow("or at the start") << QStringLiteral("or a") << QStringLiteral("before “or”") << 0 << 2;
    QTest::newRow("or at the end") << QStringLiteral("a or ") << QStringLiteral("missing here") << 3 << 1;
    QTest::newRow("quote left open") << QStringLiteral("a \"b c") << QStringLiteral("closing quote") << 2 << 4;
    QTest::newRow("no path") << QStringLiteral("json:order") << QStringLiteral("starts with $") << 5 << 5;
    QTest::newRow("no step") << QStringLiteral("json:$order") << QStringLiteral("Expected .name") << 6 << 5;
    QTest::newRow("no name") << QStringLiteral("json:$.a..b>1") << QStringLiteral("after the dot") << 9 << 4;
    QTest::newRow("no index") << QStringLiteral("json:$[x]") << QStringLiteral("Expected a number") << 7 << 2;
    QTest::newRow("no value") << QStringLiteral("json:$.a>") << QStringLiteral("after the comparison") << 8 << 1;
    QTest::newRow("no order") << QStringLiteral("json:$.a>true") << QStringLiteral("have an order") << 9 << 4;
    QTest::newRow("no time") << QStringLiteral("since:soon") << QStringLiteral("since:5m") << 0 << 10;
    QTest::newRow("no such hour") << QStringLiteral("time:25:00") << QStringLiteral("no time") << 0 << 10;
}

void LogFilterTest::aMistakeIsNamedWithItsPlace()
{
    QFETCH(QString, line);
    QFETCH(QString, part);
    QFETCH(int, from);
    QFETCH(int, length);
    const auto parsed = LogFilter::parse(line);
    QVERIFY(!parsed.filter);
    QVERIFY2(parsed.mistake.sentence.contains(part), qPrintable(parsed.mistake.sentence));
    QCOMPARE(parsed.mistake.from, from);
    QCOMPARE(parsed.mistake.length, length);
}

void LogFilterTest::aJsonConditionReadsThePayload_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char* payload, const char* condition, bool holds) {
        QTest::addRow("%s %s", condition, payload) << QByteArray{payload} << QString::fromUtf8(condition) << holds;
    };
    const char* order = R"({"order":{"total":189.90,"items":[{"id":"a7"},{"id":"b8"}]},"ok":true,"none":null})";
    row(order, "$.order.total>100", true);
    row(order, "$.order.total>189.9", false);
    row(order, "$.order.total=189.9", true);
    row(order, "$.order.total=18990e-2", true);
    row(order, "$.order.total!=1", true);
    row(order, "$.order.total<=189.90", true);
    row(order, "$.order.items[1].id=\"b8\"", true);
    row(order, "$.order.items[1].id=B8", true);
    row(order, "$.order.items[1].id=b*", true);
    row(order, "$.order.items[1].id=\"b*\"", false);
    row(order, "$.order.items[2].id", false);
    row(order, "$.order.items[*].id=\"b8\"", true);
    row(order, "$.order.items[*].id=\"c9\"", false);
    row(order, "$[\"order\"].total>100", true);
    row(order, "$.ok=true", true);
    row(order, "$.ok=false", false);
    row(order, "$.ok", true);
    row(order, "$.none", true);
    row(order, "$.none=null", true);
    row(order, "$.absent", false);
    row(order, "$.absent!=1", false);
    row(order, "$.total", false);
    row(order, "$.ok>1", false);
    row(R"({"n":"100"})", "$.n=100", false);
    row(R"({"n":"100"})", "$.n=\"100\"", true);
    row(R"({"at":"2026-05-04"})", "$.at>\"2026-01-01\"", true);
    row(R"({"at":"2026-05-04"})", "$.at<2026-01-01", false);
    row(R"({"n":18446744073709551615})", "$.n<18446744073709551616", true);
    row(R"({"n":9007199254740993})", "$.n=9007199254740992", false);
    row(R"({"n":123456789012345678901234567890})", "$.n>=123456789012345678901234567890", true);
    row(R"({"n":-5})", "$.n<-4.99", true);
    row(R"({"n":1e400})", "$.n>1e399", true);
    row(R"({"n":-0.0})", "$.n=0", true);
    row(R"({"n":1,"n":2})", "$.n=2", true);
    row(R"({"n":1,"n":2})", "$.n=1", false);
    row("{\"\\u006e\":7}", "$.n=7", true);
    row(R"({"a":"x\"},\"n\":1","n":2})", "$.n=2", true);
    row(R"([1,[2,3]])", "$[1][0]=2", true);
    row(R"(42)", "$>41", true);
    row(R"("hello")", "$=hello", true);
    row(R"({"n":600)", "$.n>500", false);
    row("hello n 600", "$.n>500", false);
    row("", "$", false);
}

void LogFilterTest::aJsonConditionReadsThePayload()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, condition);
    QFETCH(bool, holds);
    engine::Event event;
    event.payload = std::make_shared<const std::string>(payload.toStdString());
    const auto parsed = LogFilter::parse(QStringLiteral("json:") + condition);
    QVERIFY2(parsed.filter, qPrintable(parsed.mistake.sentence));
    QCOMPARE(parsed.filter->accepts(event), holds);
    event.payload = nullptr;
    QVERIFY(!parsed.filter->accepts(event));
}

void LogFilterTest::timesAreCountedFromTheClock_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isAccepted");
    // The row is of 14:03:20.500, the clock shows 14:10 of the same day.
    const auto row = [](const char* line, bool isAccepted) {
        QTest::newRow(line) << QString::fromUtf8(line) << isAccepted;
    };
    row("since:7m", true);
    row("since:6m", false);
    row("since:6m39s", false);
    row("since:1h", true);
    row("since:14:03", true);
    row("since:14:04", false);
    row("since:14:11", true); // Yesterday's.
    row("since:2026-05-04", true);
    row("since:2026-05-05", false);
    row("since:2026-05-04T14:03:21", false);
    row("time:14:03", true);
    row("time:14:03:20", true);
    row("time:14:03:20.5", true);
    row("time:14:03:20.6", false);
    row("time:14:02", false);
    row("time:>14:03", true);
    row("time:>14:04", false);
    row("time:<14:03", false);
    row("time:<=14:03", true);
    row("time:2026-05-04", true);
}

void LogFilterTest::timesAreCountedFromTheClock()
{
    QFETCH(QString, line);
    QFETCH(bool, isAccepted);
    const auto at = [](const QTime& time) {
        return WallTime{std::chrono::milliseconds{QDateTime{QDate{2026, 5, 4}, time}.toMSecsSinceEpoch()}};
    };
    engine::Event event;
    event.at = at(QTime{14, 3, 20, 500});
    const auto parsed = LogFilter::parse(line, at(QTime{14, 10}));
    QVERIFY2(parsed.filter, qPrintable(parsed.mistake.sentence));
    QCOMPARE(parsed.filter->accepts(event), isAccepted);
}

void LogFilterTest::filtersCombineWithAnd()
{
    const auto filter = [](const char* line) { return *LogFilter::parse(QString::fromUtf8(line)).filter; };
    QVERIFY(LogFilter::both({}, {}).isEmpty());
    QVERIFY(LogFilter::both(filter("absent or rush"), filter("type:api")).accepts(order()));
    QVERIFY(!LogFilter::both(filter("absent or rush"), filter("type:client")).accepts(order()));
    QVERIFY(!LogFilter::both(filter("absent"), {}).accepts(order()));
}

void LogFilterTest::aFilterIsToldInWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* line, const char* words) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(words);
    };
    row("", "");
    row("rush", "“rush”");
    row("channel:orders.* -type:api", "channel is orders.* and not type is api");
    row("a (b or size:>1k)", "“a” and (“b” or size >1k)");
    row("json:$.n>5 since:5m", "since 5m and payload has $.n>5");
}

void LogFilterTest::aFilterIsToldInWords()
{
    QFETCH(QString, line);
    QFETCH(QString, words);
    const QString description = LogFilter::parse(line).filter->description();
    if (line.startsWith(QStringLiteral("a (")))
        QVERIFY(description.contains(QStringLiteral("“a”")) && description.contains(QStringLiteral(" or ")));
    else
        QCOMPARE(description, words);
}

void LogFilterTest::aHundredThousandRowsAreJudgedWithinTheBudget_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("accepted");
    QTest::newRow("J9") << QStringLiteral("channel:orders.7* json:$.n>500") << 5'467;
    QTest::newRow("every payload is read") << QStringLiteral("json:$.n>500") << 99'499;
    QTest::newRow("a path behind long texts") << QStringLiteral("json:$.tail[1]=2") << 100'000;
    QTest::newRow("a frequent word") << QStringLiteral("teaser") << 0;
    QTest::newRow("a negated word in two cases") << QStringLiteral("-NeedLE or channel:none") << 100'000;
}

void LogFilterTest::aHundredThousandRowsAreJudgedWithinTheBudget()
{
    QFETCH(QString, line);
    QFETCH(int, accepted);
    std::vector<engine::Event> rows(100'000);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].kind = engine::EventKind::ApiMessage;
        rows[i].channel = "orders." + std::to_string(i % 200);
        rows[i].payload = std::make_shared<const std::string>(
            R"({"n":)" + std::to_string(i) + R"(,"text":")" + std::string(120, 'e') +
            R"(","list":[1,2,{"a":"b"}],"more":")" + std::string(100, 't') + R"(","tail":[1,2]})");
    }
    const auto parsed = LogFilter::parse(line);
    QVERIFY2(parsed.filter, qPrintable(parsed.mistake.sentence));
    // Processor time: what other programs take is not judged here.
    const std::clock_t start = std::clock();
    int count = 0;
    for (const engine::Event& row : rows)
        count += parsed.filter->accepts(row) ? 1 : 0;
    const auto milliseconds = (std::clock() - start) * 1'000 / CLOCKS_PER_SEC;
    qInfo("%ld ms for 100,000 rows", static_cast<long>(milliseconds));
    QCOMPARE(count, accepted);
    QVERIFY2(milliseconds <= 300, qPrintable(QStringLiteral("%1 ms").arg(milliseconds)));
}

QTEST_GUILESS_MAIN(LogFilterTest)
#include "log_filter_test.moc"
