#include "ui/models/log_filter.h"

#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::ui;

class LogFilterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineAcceptsTheRowsItDescribes_data();
    void aLineAcceptsTheRowsItDescribes();
    void aMistakeIsNamedWithItsPlace_data();
    void aMistakeIsNamedWithItsPlace();
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
    row("code:4009", true);
    row("channel:*orders* event:order.paid", false);
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
    QTest::newRow("unknown key") << QStringLiteral("a chanel:x") << QStringLiteral("chanel") << 2 << 8;
    QTest::newRow("missing value") << QStringLiteral("channel:") << QStringLiteral("missing") << 0 << 8;
    QTest::newRow("unknown type") << QStringLiteral("type:banana") << QStringLiteral("banana") << 0 << 11;
    QTest::newRow("unknown direction") << QStringLiteral("dir:up") << QStringLiteral("in, out or self") << 0 << 6;
    QTest::newRow("not a number") << QStringLiteral("size:>many") << QStringLiteral("many") << 0 << 10;
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

QTEST_GUILESS_MAIN(LogFilterTest)
#include "log_filter_test.moc"
