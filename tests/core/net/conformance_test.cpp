#include "tests/core/net/conformance_cases.h"

#include "tests/core/net/test_server.h"

#include <QTest>

#include <memory>

using namespace castdeck;
using namespace castdeck::test;

/// RFC 6455 as the usual conformance suite tests it, groups 1 to 10 without compression: 301 cases.
class ConformanceTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyCaseOfTheSuiteIsThere();
    void serverBehavesAsTheCaseDemands_data();
    void serverBehavesAsTheCaseDemands();

private:
    std::vector<NamedCase> m_cases;
    std::unique_ptr<TestServer> m_server;
};

void ConformanceTest::initTestCase()
{
    for (const auto& group : {framingCases(), pingCases(), reservedBitsCases(), opcodeCases(), fragmentationCases(),
                              utf8Cases(), closeCases(), sizeCases(), autoFragmentCases()})
        m_cases.insert(m_cases.end(), group.begin(), group.end());

    constexpr std::size_t maxMessageBytes = 16 << 20;
    auto options = TestServer::defaults();
    options.webSocket.maxMessageBytes = maxMessageBytes;
    options.webSocket.maxFragments = maxMessageBytes;
    options.webSocket.maxQueuedBytes = 4 * maxMessageBytes;
    m_server = std::make_unique<TestServer>(options);
    QVERIFY(m_server->port() != 0);
}

void ConformanceTest::everyCaseOfTheSuiteIsThere()
{
    QCOMPARE(framingCases().size(), 16U);
    QCOMPARE(pingCases().size(), 11U);
    QCOMPARE(reservedBitsCases().size(), 7U);
    QCOMPARE(opcodeCases().size(), 10U);
    QCOMPARE(fragmentationCases().size(), 20U);
    QCOMPARE(utf8Cases().size(), 145U);
    QCOMPARE(closeCases().size(), 37U);
    QCOMPARE(sizeCases().size(), 54U);
    QCOMPARE(autoFragmentCases().size(), 1U);
    QCOMPARE(m_cases.size(), 301U);
}

void ConformanceTest::serverBehavesAsTheCaseDemands_data()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < m_cases.size(); ++i)
        QTest::newRow(m_cases[i].name.c_str()) << i;
}

void ConformanceTest::serverBehavesAsTheCaseDemands()
{
    QFETCH(const std::size_t, index);
    const auto wanted = m_cases[index].make();
    FrameClient client{m_server->port()};
    QVERIFY(client.isOpen());

    for (int round = 0; round < wanted.rounds; ++round) {
        for (const auto& bytes : wanted.sends) {
            if (wanted.chopBytes > 0)
                client.sendChopped(bytes, wanted.chopBytes);
            else
                client.send(bytes);
        }
        for (const auto& frame : wanted.expected) {
            const auto received = client.next();
            QVERIFY2(received, "the connection ended or nothing came");
            QCOMPARE(received->opcode, frame.opcode);
            QVERIFY(received->payload == frame.payload);
        }
    }
    const bool closesItself = wanted.failure == 0 && wanted.closeAnswer == 0;
    if (closesItself)
        client.send(clientFrame(fin | 8, closeBody(1000)));
    const auto last = client.next();
    QVERIFY2(last && last->opcode == 8, "a close frame must be the next");
    const int code = last->payload.size() < 2 ? 1005
                                              : static_cast<unsigned char>(last->payload[0]) << 8 |
                                                    static_cast<unsigned char>(last->payload[1]);
    QCOMPARE(code, closesItself ? 1000 : wanted.failure + wanted.closeAnswer);
    QVERIFY(!client.next());
    QVERIFY2(client.hasEnded(), "the server must end the TCP connection first");
}

QTEST_APPLESS_MAIN(ConformanceTest)

#include "conformance_test.moc"
