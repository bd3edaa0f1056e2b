#include "core/pusher/socket_id.h"

#include <QTest>

#include <unordered_set>

using namespace castdeck;
using pusher::SocketId;

class SocketIdTest : public QObject {
    Q_OBJECT
private slots:
    void CN4_randomIdsAreWellFormedAndDiffer();
    void bothNumbersStayInTheirRange();
    void parsingReadsWhatTextGives_data();
    void parsingReadsWhatTextGives();
    void foreignSpellingsAreWellFormedButNotOurs_data();
    void foreignSpellingsAreWellFormedButNotOurs();
    void malformedIdsAreRefused_data();
    void malformedIdsAreRefused();
    void differentIdsHaveDifferentValues();
};

void SocketIdTest::CN4_randomIdsAreWellFormedAndDiffer()
{
    std::unordered_set<SocketId> seen;
    for (int i = 0; i < 10'000; ++i) {
        const SocketId id = SocketId::random();
        QVERIFY(SocketId::isWellFormed(id.text()));
        QVERIFY(SocketId::parse(id.text()) == id);
        QVERIFY(seen.insert(id).second);
    }
}

void SocketIdTest::bothNumbersStayInTheirRange()
{
    for (int i = 0; i < 1'000; ++i) {
        const QStringList parts = QString::fromStdString(SocketId::random().text()).split('.');
        QCOMPARE(parts.size(), 2);
        for (const QString& part : parts) {
            QVERIFY(!part.startsWith('0'));
            QVERIFY(part.toInt() >= 1 && part.toInt() <= 999'999'999);
        }
    }
}

void SocketIdTest::parsingReadsWhatTextGives_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"1.1", "4711.815", "999999999.999999999", "1.999999999"})
        QTest::newRow(text) << std::string{text};
}

void SocketIdTest::parsingReadsWhatTextGives()
{
    QFETCH(std::string, text);
    const auto id = SocketId::parse(text);
    QVERIFY(id.has_value());
    QCOMPARE(id->text(), text);
}

void SocketIdTest::foreignSpellingsAreWellFormedButNotOurs_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"01.1", "1.01", "1000000000.1", "1.1000000000", "18446744073709551616.1"})
        QTest::newRow(text) << std::string{text};
}

void SocketIdTest::foreignSpellingsAreWellFormedButNotOurs()
{
    QFETCH(std::string, text);
    QVERIFY(SocketId::isWellFormed(text));
    QVERIFY(!SocketId::parse(text));
}

void SocketIdTest::malformedIdsAreRefused_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"", ".", "1", "1.", ".1", "abc", "1.1:x", "1.1.1", "-1.1", "1.-1", "+1.1", " 1.1", "1.1 ",
                             "1,1", "a.b", "1.1\n", "١.١"})
        QTest::newRow(text) << std::string{text};
    QTest::newRow("a zero byte at the end") << std::string("1.1\0", 4);
}

void SocketIdTest::malformedIdsAreRefused()
{
    QFETCH(std::string, text);
    QVERIFY(!SocketId::isWellFormed(text));
    QVERIFY(!SocketId::parse(text));
}

void SocketIdTest::differentIdsHaveDifferentValues()
{
    QVERIFY(SocketId::parse("1.2")->value() != SocketId::parse("2.1")->value());
    QVERIFY(SocketId::parse("1.2")->value() != 0);
    QVERIFY(*SocketId::parse("1.2") == *SocketId::parse("1.2"));
}

QTEST_APPLESS_MAIN(SocketIdTest)
#include "socket_id_test.moc"
