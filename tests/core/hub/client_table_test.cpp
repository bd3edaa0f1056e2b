#include "core/hub/client_table.h"

#include "tests/support/fake_connection.h"

#include <QTest>

using namespace castdeck;
using hub::ClientTable;
using pusher::CloseCode;
using test::FakeConnection;

class ClientTableTest : public QObject {
    Q_OBJECT
private slots:
    void clientsHaveIdsOfTheirOwn();
    void framesReachTheOneClient();
    void aCloseIsExplainedWhereTheProtocolWantsIt_data();
    void aCloseIsExplainedWhereTheProtocolWantsIt();
    void whoIsGoneIsLeftAlone();
};

void ClientTableTest::clientsHaveIdsOfTheirOwn()
{
    hub::Shard shard{0, [] {}};
    FakeConnection connection;
    ClientTable table;
    const auto first = table.add(shard, connection, {"first", "", "", {}});
    const auto second = table.add(shard, connection, {"second", "", "", {}});
    QVERIFY(first != second);
    QCOMPARE(table.size(), std::size_t{2});
    QCOMPARE(table.at(first).info.peer, std::string{"first"});
    QCOMPARE(table.find(second)->info.peer, std::string{"second"});
}

void ClientTableTest::framesReachTheOneClient()
{
    hub::Shard shard{0, [] {}};
    FakeConnection reached;
    FakeConnection other;
    ClientTable table;
    const auto socket = table.add(shard, reached, {});
    (void)table.add(shard, other, {});
    table.deliver(socket, makeFrame(R"({"event":"e"})"));
    shard.drain();
    QCOMPARE(reached.takeNames(), std::vector<std::string>{"e"});
    QVERIFY(other.take().empty());
}

void ClientTableTest::aCloseIsExplainedWhereTheProtocolWantsIt_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isExplained");
    QTest::newRow("policy") << static_cast<int>(CloseCode::PolicyViolation) << false;
    QTest::newRow("4000") << static_cast<int>(CloseCode::TlsRequired) << true;
    QTest::newRow("4009") << static_cast<int>(CloseCode::Unauthorized) << true;
    QTest::newRow("4100") << static_cast<int>(CloseCode::OverCapacity) << true;
    QTest::newRow("4200") << static_cast<int>(CloseCode::ReconnectNow) << false;
}

void ClientTableTest::aCloseIsExplainedWhereTheProtocolWantsIt()
{
    QFETCH(int, code);
    QFETCH(bool, isExplained);
    hub::Shard shard{0, [] {}};
    FakeConnection connection;
    ClientTable table;
    const auto socket = table.add(shard, connection, {});
    table.close(socket, static_cast<CloseCode>(code), "because");
    shard.drain();
    const auto sent = connection.take();
    QCOMPARE(sent.size(), std::size_t{isExplained ? 1U : 0U});
    if (isExplained)
        QCOMPARE(sent.front().code(), code);
    QCOMPARE(static_cast<int>(connection.closeCode().value()), code);
    QCOMPARE(connection.closeReason(), std::string{"because"});
}

void ClientTableTest::whoIsGoneIsLeftAlone()
{
    hub::Shard shard{0, [] {}};
    FakeConnection connection;
    ClientTable table;
    const auto socket = table.add(shard, connection, {});
    table.remove(socket);
    QCOMPARE(table.size(), std::size_t{0});
    QVERIFY(table.find(socket) == nullptr);
    table.deliver(socket, makeFrame("{}"));
    table.close(socket, CloseCode::Normal, "");
    shard.drain();
    QVERIFY(connection.take().empty());
    QVERIFY(!connection.closeCode());
}

QTEST_APPLESS_MAIN(ClientTableTest)
#include "client_table_test.moc"
