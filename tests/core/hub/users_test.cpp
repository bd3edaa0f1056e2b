#include "core/hub/users.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using hub::Users;
using pusher::SocketId;
using test::ManualClock;

class UsersTest : public QObject {
    Q_OBJECT
private slots:
    void onlyTheFirstSocketBringsAUserOnline();
    void aUserGoesOfflineThreeSecondsAfterTheLastSocketLeft();
    void whoComesBackInTimeWasNeverAway();
    void aUserIsReportedOfflineOnce();
    void anUnknownSocketSignsNobodyOut();
    void watchersAreFoundByTheWatchedUser();
    void aNewListReplacesTheOldOne();
    void aListMayNameAUserTwice();

private:
    using Strings = std::vector<std::string>;

    ManualClock m_clock;
    const SocketId m_one = *SocketId::parse("1.1");
    const SocketId m_two = *SocketId::parse("2.2");
};

void UsersTest::onlyTheFirstSocketBringsAUserOnline()
{
    Users users;
    QVERIFY(users.signIn("ann", m_one));
    QVERIFY(!users.signIn("ann", m_two));
    QCOMPARE(users.socketsOf("ann"), (Users::Sockets{m_one, m_two}));
    QVERIFY(users.socketsOf("bob").empty());
}

void UsersTest::aUserGoesOfflineThreeSecondsAfterTheLastSocketLeft()
{
    Users users;
    users.signIn("ann", m_one);
    users.signIn("ann", m_two);
    users.signOut("ann", m_one, m_clock.steady());
    m_clock.advance(1min);
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{});
    users.signOut("ann", m_two, m_clock.steady());
    m_clock.advance(2'999ms);
    QVERIFY(users.isOnline("ann"));
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{});
    m_clock.advance(1ms);
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{"ann"});
    QVERIFY(!users.isOnline("ann"));
}

void UsersTest::whoComesBackInTimeWasNeverAway()
{
    Users users;
    users.signIn("ann", m_one);
    users.signOut("ann", m_one, m_clock.steady());
    m_clock.advance(2s);
    QVERIFY(!users.signIn("ann", m_two));
    m_clock.advance(1h);
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{});
}

void UsersTest::aUserIsReportedOfflineOnce()
{
    Users users;
    users.signIn("ann", m_one);
    users.signOut("ann", m_one, m_clock.steady());
    m_clock.advance(3s);
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{"ann"});
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{});
    QVERIFY(users.signIn("ann", m_one));
}

void UsersTest::anUnknownSocketSignsNobodyOut()
{
    Users users;
    users.signIn("ann", m_one);
    users.signOut("ann", m_two, m_clock.steady());
    users.signOut("bob", m_one, m_clock.steady());
    m_clock.advance(1h);
    QCOMPARE(users.takeOffline(m_clock.steady()), Strings{});
    QCOMPARE(users.socketsOf("ann"), Users::Sockets{m_one});
}

void UsersTest::watchersAreFoundByTheWatchedUser()
{
    Users users;
    users.watch(m_one, {"bob", "cyd"});
    users.watch(m_two, {"bob"});
    QCOMPARE(users.watchersOf("bob"), (Users::Sockets{m_one, m_two}));
    users.unwatch(m_one);
    QCOMPARE(users.watchersOf("bob"), Users::Sockets{m_two});
    QVERIFY(users.watchersOf("cyd").empty());
}

void UsersTest::aNewListReplacesTheOldOne()
{
    Users users;
    users.watch(m_one, {"bob"});
    users.watch(m_one, {"cyd"});
    QVERIFY(users.watchersOf("bob").empty());
    QCOMPARE(users.watchersOf("cyd"), Users::Sockets{m_one});
    users.watch(m_one, {});
    QVERIFY(users.watchersOf("cyd").empty());
}

void UsersTest::aListMayNameAUserTwice()
{
    Users users;
    users.watch(m_one, {"bob", "bob"});
    users.unwatch(m_one);
    QVERIFY(users.watchersOf("bob").empty());
}

QTEST_APPLESS_MAIN(UsersTest)
#include "users_test.moc"
