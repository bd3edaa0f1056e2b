#include "core/hub/cache_store.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using hub::CacheStore;
using test::ManualClock;

class CacheStoreTest : public QObject {
    Q_OBJECT
private slots:
    void onlyTheLastEventOfAChannelIsKept();
    void anEntryIsThereUntilItsTimeIsUp();
    void theOldestGivesWayWhenTheStoreIsFull();
    void replacingAnEntryFreesItsBytes();
    void oneEntryBeyondTheBoundIsStillKept();

private:
    CacheStore::Entry entry(const std::string& data, std::chrono::seconds life = 30min) const
    {
        return {makeFrame(data), '"' + data + '"', m_clock.steady() + life};
    }

    ManualClock m_clock;
};

void CacheStoreTest::onlyTheLastEventOfAChannelIsKept()
{
    CacheStore store;
    store.put("cache-a", entry("1"));
    store.put("cache-b", entry("2"));
    store.put("cache-a", entry("3"));
    QCOMPARE(store.find("cache-a", m_clock.steady())->dataLiteral, std::string{R"("3")"});
    QCOMPARE(store.find("cache-b", m_clock.steady())->dataLiteral, std::string{R"("2")"});
    QCOMPARE(store.find("cache-c", m_clock.steady()), nullptr);
}

void CacheStoreTest::anEntryIsThereUntilItsTimeIsUp()
{
    CacheStore store;
    store.put("cache-a", entry("1"));
    m_clock.advance(30min - 1ms);
    store.removeExpired(m_clock.steady());
    QVERIFY(store.find("cache-a", m_clock.steady()) != nullptr);
    m_clock.advance(1ms);
    QCOMPARE(store.find("cache-a", m_clock.steady()), nullptr);
    store.removeExpired(m_clock.steady());
    QCOMPARE(store.find("cache-a", m_clock.steady() - 1h), nullptr);
}

void CacheStoreTest::theOldestGivesWayWhenTheStoreIsFull()
{
    CacheStore store{600};
    store.put("cache-a", entry(std::string(100, 'a')));
    store.put("cache-b", entry(std::string(100, 'b')));
    store.put("cache-a", entry(std::string(100, 'c'))); // Makes b the oldest.
    store.put("cache-d", entry(std::string(100, 'd')));
    QVERIFY(store.find("cache-a", m_clock.steady()) != nullptr);
    QCOMPARE(store.find("cache-b", m_clock.steady()), nullptr);
    QVERIFY(store.find("cache-d", m_clock.steady()) != nullptr);
}

void CacheStoreTest::replacingAnEntryFreesItsBytes()
{
    CacheStore store{600};
    store.put("cache-b", entry(std::string(100, 'b')));
    for (int i = 0; i < 100; ++i)
        store.put("cache-a", entry(std::string(100, 'a')));
    QVERIFY(store.find("cache-b", m_clock.steady()) != nullptr);
}

void CacheStoreTest::oneEntryBeyondTheBoundIsStillKept()
{
    CacheStore store{10};
    store.put("cache-a", entry(std::string(100, 'a')));
    QVERIFY(store.find("cache-a", m_clock.steady()) != nullptr);
}

QTEST_APPLESS_MAIN(CacheStoreTest)
#include "cache_store_test.moc"
