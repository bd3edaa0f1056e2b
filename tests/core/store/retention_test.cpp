#include "core/store/retention.h"

#include <QTest>

using namespace castdeck::store;

class RetentionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasSetCounts();
    void whatIsNoNumberCountsAsNotSet_data();
    void whatIsNoNumberCountsAsNotSet();
};

void RetentionTest::whatWasSetCounts()
{
    const Retention retention = retentionSet(
        {{"settings", "other", R"({"log.days":1})"},
         {"settings", "preferences", R"({"log.days":7,"log.rows":20,"log.megabytes":64,"sent.rows":-5})"}});
    QCOMPARE(retention.logAge.count(), std::chrono::hours{7 * 24}.count());
    QCOMPARE(retention.logRows, std::int64_t{20'000});
    QCOMPARE(retention.bytes, std::int64_t{64} << 20);
    QCOMPARE(retention.sentRows, std::int64_t{1'000});
}

void RetentionTest::whatIsNoNumberCountsAsNotSet_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("text") << QByteArray{R"({"log.days":"7","log.rows":null,"log.megabytes":[]})"};
    QTest::newRow("no JSON") << QByteArray{"{"};
    QTest::newRow("no object") << QByteArray{"[1]"};
    QTest::newRow("nothing") << QByteArray{"{}"};
}

void RetentionTest::whatIsNoNumberCountsAsNotSet()
{
    QFETCH(QByteArray, json);
    const Retention retention = retentionSet({{"settings", "preferences", json.toStdString()}});
    QCOMPARE(retention.logAge.count(), Retention{}.logAge.count());
    QCOMPARE(retention.logRows, Retention{}.logRows);
    QCOMPARE(retention.bytes, Retention{}.bytes);
    QCOMPARE(retention.sentRows, Retention{}.sentRows);
}

QTEST_APPLESS_MAIN(RetentionTest)
#include "retention_test.moc"
