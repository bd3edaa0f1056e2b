#include "core/hub/admission.h"

#include "tests/support/app.h"
#include "tests/support/fake_connection.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using hub::Admission;
using hub::Handshake;
using hub::Rejection;
using pusher::CloseCode;

class AdmissionTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void aPathMustNameAKey_data();
    void aPathMustNameAKey();
    void aProtocolMustBeSpoken_data();
    void aProtocolMustBeSpoken();
    void aLenientAppNeedsNoProtocol();
    void theFirstFaultInTheOrderOfTheProtocolIsTheAnswer();
    void theNameOfAClientIsShortAndForPeople();

private:
    int codeOf(const Handshake& handshake) const;
    static Handshake good();

    test::ManualClock m_clock;
    std::unique_ptr<hub::Hub> m_hub;
};

void AdmissionTest::init()
{
    m_hub = std::make_unique<hub::Hub>(m_clock, nullptr);
    auto lenient = test::makeApp("lenient");
    lenient.allowsMissingProtocol = true;
    auto strict = test::makeApp("strict");
    strict.isEnabled = false;
    strict.requiresTls = true;
    QVERIFY(m_hub->setApps({test::makeApp(), lenient, strict}));
}

Handshake AdmissionTest::good()
{
    Handshake handshake;
    handshake.path = "/app/app-key";
    handshake.query = "protocol=7&client=js&version=8.6.0&flash=false";
    return handshake;
}

/// The close code, 0 when admitted.
int AdmissionTest::codeOf(const Handshake& handshake) const
{
    const Admission admission = hub::admit(*m_hub, handshake);
    const auto* rejection = std::get_if<Rejection>(&admission);
    return rejection == nullptr ? 0 : static_cast<int>(rejection->code);
}

void AdmissionTest::aPathMustNameAKey_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<int>("code");
    QTest::newRow("a key") << std::string{"/app/app-key"} << 0;
    QTest::newRow("a percent-encoded key") << std::string{"/app/app%2Dkey"} << 0;
    QTest::newRow("a key that is not known") << std::string{"/app/other"} << 4001;
    QTest::newRow("H11 no key") << std::string{"/app/"} << 4005;
    QTest::newRow("H11 two steps") << std::string{"/app/a/b"} << 4005;
    QTest::newRow("H11 something else") << std::string{"/ws"} << 4005;
    QTest::newRow("H11 a longer first step") << std::string{"/apps/app-key"} << 4005;
    QTest::newRow("H11 a slash at the end") << std::string{"/app/app-key/"} << 4005;
}

void AdmissionTest::aPathMustNameAKey()
{
    QFETCH(std::string, path);
    Handshake handshake = good();
    handshake.path = path;
    QTEST(codeOf(handshake), "code");
}

void AdmissionTest::aProtocolMustBeSpoken_data()
{
    QTest::addColumn<std::string>("query");
    QTest::addColumn<int>("code");
    for (const int number : {4, 5, 6, 7})
        QTest::addRow("protocol %d", number) << "protocol=" + std::to_string(number) << 0;
    for (const int number : {0, 1, 2, 3, 8, 70})
        QTest::addRow("protocol %d", number) << "protocol=" + std::to_string(number) << 4007;
    QTest::newRow("beyond any number") << std::string{"protocol=99999999999999999999"} << 4007;
    QTest::newRow("no query") << std::string{} << 4008;
    QTest::newRow("another parameter") << std::string{"protocols=7"} << 4008;
    for (const char* text : {"abc", "", "7.0", "-7", "0x7", "%37x"})
        QTest::addRow("not a number: '%s'", text) << "protocol=" + std::string{text} << 4006;
}

void AdmissionTest::aProtocolMustBeSpoken()
{
    QFETCH(std::string, query);
    Handshake handshake = good();
    handshake.query = query;
    QTEST(codeOf(handshake), "code");
}

void AdmissionTest::aLenientAppNeedsNoProtocol()
{
    Handshake handshake = good();
    handshake.path = "/app/lenient-key";
    handshake.query = "";
    QCOMPARE(codeOf(handshake), 0);
    handshake.query = "protocol=3";
    QCOMPARE(codeOf(handshake), 4007);
}

void AdmissionTest::theFirstFaultInTheOrderOfTheProtocolIsTheAnswer()
{
    Handshake handshake;
    handshake.path = "/nope";
    handshake.origin = "http://evil.example";
    handshake.isServerFull = true;
    QCOMPARE(codeOf(handshake), 4005);
    handshake.path = "/app/other";
    QCOMPARE(codeOf(handshake), 4008);
    handshake.query = "protocol=7";
    QCOMPARE(codeOf(handshake), 4001);
    handshake.path = "/app/strict-key";
    QCOMPARE(codeOf(handshake), 4003);
    auto strict = test::makeApp("strict");
    strict.requiresTls = true;
    QVERIFY(m_hub->setApps({strict}));
    QCOMPARE(codeOf(handshake), 4000);
    handshake.isTls = true;
    QCOMPARE(codeOf(handshake), 4009);
    handshake.origin = "";
    strict.limits.maxConnections = 1;
    QVERIFY(m_hub->setApps({strict}));
    hub::Shard shard{0, [] {}};
    test::FakeConnection connection;
    const auto application = m_hub->findById(strict.id);
    const auto socket = application->open(shard, connection, {});
    QVERIFY(socket && !application->open(shard, connection, {}));
    QCOMPARE(codeOf(handshake), 4004);
    application->close(*socket, 1000);
    QCOMPARE(codeOf(handshake), 4100);
    handshake.isServerFull = false;
    QCOMPARE(codeOf(handshake), 0);
}

void AdmissionTest::theNameOfAClientIsShortAndForPeople()
{
    QCOMPARE(hub::clientName("protocol=7&client=js&version=8.6.0"), std::string{"js 8.6.0"});
    QCOMPARE(hub::clientName("client=java-client"), std::string{"java-client"});
    QCOMPARE(hub::clientName("version=1"), std::string{"1"});
    QCOMPARE(hub::clientName(""), std::string{});
    QCOMPARE(hub::clientName("client=" + std::string(200, 'x')).size(), std::size_t{64});
    QCOMPARE(hub::clientName("client=" + std::string(63, 'x') + "%C3%A9"), std::string(63, 'x'));
}

QTEST_APPLESS_MAIN(AdmissionTest)
#include "admission_test.moc"
