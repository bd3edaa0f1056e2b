#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <string>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int text = 1;
constexpr std::size_t clientCount = 4'000;

} // namespace

/// Section 4.7 of the reliability document.
class MassCloseTest : public QObject {
    Q_OBJECT
private slots:
    void handshakeIsNotHeldUp_data();
    void handshakeIsNotHeldUp();
};

void MassCloseTest::handshakeIsNotHeldUp_data()
{
    QTest::addColumn<bool>("closesServer");
    QTest::newRow("all clients vanish") << false;
    QTest::newRow("the server closes all and none answers") << true;
}

void MassCloseTest::handshakeIsNotHeldUp()
{
    QFETCH(const bool, closesServer);
    TestServer server;
    std::vector<FrameClient> clients;
    for (std::size_t i = 0; i < clientCount; ++i) {
        clients.emplace_back(server.port());
        QVERIFY(clients.back().isOpen());
    }
    QTRY_COMPARE(server.server().totals().webSockets, clientCount);

    if (closesServer)
        server.closeAll();
    else
        for (auto& client : clients)
            client.socket().reset();
    do {
        const auto before = std::chrono::steady_clock::now();
        FrameClient fresh{server.port()};
        QVERIFY(fresh.isOpen());
        const auto waited = std::chrono::steady_clock::now() - before;
        QVERIFY2(waited < 250ms, std::to_string(waited / 1ms).append(" ms").c_str());
        fresh.send(clientFrame(fin | text, "hello"));
        QCOMPARE(fresh.next().value_or(WireFrame{}), (WireFrame{text, "hello"}));
    } while (server.server().totals().open > 1);
    QTRY_COMPARE(server.server().totals().webSockets, 0U);
    QTRY_COMPARE(server.ledger().closedCodes().size(), static_cast<std::size_t>(server.ledger().opened));
    QVERIFY(static_cast<std::size_t>(server.ledger().opened) > clientCount);
}

QTEST_APPLESS_MAIN(MassCloseTest)

#include "mass_close_test.moc"
