#include "core/hub/roster.h"

#include <QTest>

using namespace castdeck;
using hub::Roster;
using pusher::SocketId;

class RosterTest : public QObject {
    Q_OBJECT
private slots:
    void onlyTheFirstSocketOfAUserIsAnArrival();
    void onlyTheLastSocketOfAUserIsADeparture();
    void theInfoOfTheFirstSocketStaysUntilTheUserHasLeft();
    void aSocketThatDidNotComeCannotLeave();
    void sizeCountsUsersNotSockets();

private:
    const SocketId m_one = *SocketId::parse("1.1");
    const SocketId m_two = *SocketId::parse("2.2");
};

void RosterTest::onlyTheFirstSocketOfAUserIsAnArrival()
{
    Roster roster;
    QVERIFY(roster.join("ann", "{}", m_one));
    QVERIFY(!roster.join("ann", "{}", m_two));
    QVERIFY(roster.join("bob", "{}", m_two));
}

void RosterTest::onlyTheLastSocketOfAUserIsADeparture()
{
    Roster roster;
    roster.join("ann", "{}", m_one);
    roster.join("ann", "{}", m_two);
    QVERIFY(!roster.leave("ann", m_one));
    QVERIFY(roster.has("ann"));
    QVERIFY(roster.leave("ann", m_two));
    QVERIFY(!roster.has("ann"));
}

void RosterTest::theInfoOfTheFirstSocketStaysUntilTheUserHasLeft()
{
    Roster roster;
    roster.join("ann", R"({"n":1})", m_one);
    roster.join("ann", R"({"n":2})", m_two);
    roster.leave("ann", m_one);
    QCOMPARE(roster.members().at("ann").userInfo, std::string{R"({"n":1})"});
    roster.leave("ann", m_two);
    roster.join("ann", R"({"n":3})", m_one);
    QCOMPARE(roster.members().at("ann").userInfo, std::string{R"({"n":3})"});
}

void RosterTest::aSocketThatDidNotComeCannotLeave()
{
    Roster roster;
    QVERIFY(!roster.leave("ann", m_one));
    roster.join("ann", "{}", m_one);
    QVERIFY(!roster.leave("ann", m_two));
    QCOMPARE(roster.members().at("ann").sockets, std::vector<SocketId>{m_one});
}

void RosterTest::sizeCountsUsersNotSockets()
{
    Roster roster;
    roster.join("ann", "{}", m_one);
    roster.join("ann", "{}", m_two);
    QCOMPARE(roster.size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(RosterTest)
#include "roster_test.moc"
