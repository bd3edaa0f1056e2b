#include "core/remote/doctor.h"

#include "tests/remote/raw_server.h"
#include "tests/remote/scripted_server.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/manual_clock.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <vector>

using namespace castdeck;
using namespace castdeck::remote;
using castdeck::test::answerOf;
using castdeck::test::EngineFixture;
using castdeck::test::RawServer;
using Outcome = DoctorOutcome;

namespace {

PusherEndpoint endpointAt(std::uint16_t port, const hub::AppConfig& app = test::makeApp())
{
    PusherEndpoint endpoint;
    endpoint.restHost = endpoint.socketHost = "127.0.0.1";
    endpoint.port = port;
    endpoint.usesTls = false;
    endpoint.appId = app.id;
    endpoint.key = app.key;
    endpoint.secret = app.secret;
    return endpoint;
}

struct Examination {
    std::vector<DoctorFinding> findings;
    bool isOver = false;
    bool isHealthy = false;
    qint64 milliseconds = 0;

    const DoctorFinding& last() const { return findings.back(); }
};

Examination examine(const DoctorOptions& options)
{
    Examination result;
    ConnectionDoctor doctor{options};
    QObject::connect(&doctor, &ConnectionDoctor::stepEnded,
                     [&](const DoctorFinding& finding) { result.findings.push_back(finding); });
    QObject::connect(&doctor, &ConnectionDoctor::finished, [&](bool isHealthy) {
        result.isOver = true;
        result.isHealthy = isHealthy;
    });
    QElapsedTimer timer;
    timer.start();
    doctor.start();
    if (!QTest::qWaitFor([&] { return result.isOver; }, 8'000))
        result.findings.push_back({});
    result.milliseconds = timer.elapsed();
    return result;
}

QString describe(const Examination& examination)
{
    const DoctorFinding& last = examination.last();
    return QStringLiteral("step %1, fault %2, code %3, said '%4', after %5 ms")
        .arg(static_cast<int>(last.step))
        .arg(static_cast<int>(last.fault))
        .arg(last.code)
        .arg(QString::fromStdString(last.said))
        .arg(examination.milliseconds);
}

} // namespace

/// Each fault is seeded into a real server, and the doctor must name its step.
class DoctorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aHealthyServerPassesEveryStepAtOnce();
    void aHealthyServerWithTlsPassesOnceItsCertificateIsTrusted();
    void theFaultIsFoundAtItsStep_data();
    void theFaultIsFoundAtItsStep();
    void aPinDoesNotCoverAnotherCertificate();
    void noFindingHoldsTheSecret();
    void deletingItEndsItQuietly();

private:
    struct Case {
        const char* name;
        DoctorStep step;
        DoctorFault fault;
        std::function<DoctorOptions(DoctorTest&)> arrange;
    };
    static const std::vector<Case>& cases();

    engine::EngineOptions tlsOptions() const;
    DoctorOptions at(std::uint16_t port) const { return {.endpoint = endpointAt(port)}; }
    /// Of an engine that lives until the test function ends.
    DoctorOptions atEngine(engine::EngineOptions options)
    {
        if (options.apps.empty())
            options.apps = {test::makeApp()};
        m_engine = std::make_unique<EngineFixture>(std::move(options));
        return at(m_engine->port());
    }
    DoctorOptions atServer(std::unique_ptr<RawServer> server)
    {
        m_server = std::move(server);
        return at(m_server->port());
    }

    QTemporaryDir m_folder;
    test::SelfSigned m_identity;
    std::unique_ptr<EngineFixture> m_engine;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<test::ScriptedServer> m_scripted;
    test::ManualClock m_clock;
};

void DoctorTest::initTestCase()
{
    m_identity = test::makeSelfSigned();
    for (const auto& [name, text] :
         {std::pair{"tls.pem", m_identity.certificate}, std::pair{"tls.key", m_identity.key}}) {
        QFile file{m_folder.filePath(QLatin1String{name})};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    m_clock.jumpWall(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now() - m_clock.wall()));
    m_clock.jumpWall(std::chrono::minutes{20}); // It stands still from then on.
}

engine::EngineOptions DoctorTest::tlsOptions() const
{
    engine::EngineOptions options;
    options.apps = {test::makeApp()};
    options.tls = engine::TlsFiles{m_folder.filePath(QStringLiteral("tls.pem")).toStdString(),
                                   m_folder.filePath(QStringLiteral("tls.key")).toStdString()};
    return options;
}

void DoctorTest::aHealthyServerPassesEveryStepAtOnce()
{
    const Examination result = examine(atEngine({}));
    QVERIFY2(result.isHealthy, qPrintable(describe(result)));
    QCOMPARE(result.findings.size(), doctorStepCount);
    for (std::size_t i = 0; i < doctorStepCount; ++i) {
        QCOMPARE(static_cast<std::size_t>(result.findings[i].step), i);
        QVERIFY(result.findings[i].outcome == (i == 2 ? Outcome::Skipped : Outcome::Passed));
    }
    QVERIFY2(result.milliseconds < 500, qPrintable(describe(result)));
}

void DoctorTest::aHealthyServerWithTlsPassesOnceItsCertificateIsTrusted()
{
    DoctorOptions options = atEngine(tlsOptions());
    options.endpoint.usesTls = true;
    const Examination first = examine(options);
    QVERIFY2(first.last().fault == DoctorFault::UntrustedCertificate, qPrintable(describe(first)));
    QVERIFY(first.last().certificate.has_value());
    const CertificateFacts facts = *first.last().certificate;
    QCOMPARE(facts.issuer, QStringLiteral("localhost"));
    QVERIFY(!facts.faults.isEmpty());
    QVERIFY(facts.to > QDateTime::currentDateTime());
    QCOMPARE(facts.fingerprint.size(), std::size_t{64});

    options.pinnedCertificate = facts.fingerprint;
    const Examination second = examine(options);
    QVERIFY2(second.isHealthy, qPrintable(describe(second)));
    QVERIFY2(second.milliseconds < 500, qPrintable(describe(second)));
}

const std::vector<DoctorTest::Case>& DoctorTest::cases()
{
    using enum DoctorFault;
    using Step = DoctorStep;
    const auto raw = [](const QByteArray& answer) { return std::make_unique<RawServer>(answer); };
    static const std::vector<Case> all{
        {"a name that does not exist", Step::Name, UnknownName,
         [](DoctorTest& test) {
             DoctorOptions options = test.at(6001);
             options.endpoint.restHost = options.endpoint.socketHost = "no-such-host.invalid";
             return options;
         }},
        {"nobody listens", Step::Port, PortRefused, [](DoctorTest& test) { return test.at(test::closedPort()); }},
        {"plain HTTP on a TLS port", Step::Tls, PlainOnTlsPort,
         [](DoctorTest& test) {
             DoctorOptions options = test.atEngine({});
             options.endpoint.usesTls = true;
             return options;
         }},
        {"a server that answers nothing to TLS", Step::Tls, TlsTimeout,
         [](DoctorTest& test) {
             DoctorOptions options = test.atServer(std::make_unique<RawServer>(QByteArray{}, false));
             options.endpoint.usesTls = true;
             return options;
         }},
        {"TLS on a plain port", Step::Http, TlsOnPlainPort,
         [](DoctorTest& test) { return test.atEngine(test.tlsOptions()); }},
        {"nginx's word for it", Step::Http, TlsOnPlainPort,
         [raw](DoctorTest& test) {
             return test.atServer(raw(answerOf("400 Bad Request",
                                               "<html><head><title>400 The plain HTTP request was sent to HTTPS port"
                                               "</title></head></html>",
                                               "Content-Type: text/html\r\n")));
         }},
        {"a proxy's page", Step::Http, ForeignPage,
         [raw](DoctorTest& test) {
             return test.atServer(raw(
                 answerOf("200 OK", "<!DOCTYPE html><title>Please sign in</title>", "Content-Type: text/html\r\n")));
         }},
        {"a proxy in front of nothing", Step::Http, GatewayDown,
         [raw](DoctorTest& test) {
             return test.atServer(raw(answerOf("502 Bad Gateway", "<html>502</html>", "Content-Type: text/html\r\n")));
         }},
        {"a redirect", Step::Http, Redirected,
         [raw](DoctorTest& test) {
             return test.atServer(
                 raw(answerOf("301 Moved Permanently", "", "Location: https://elsewhere.example.test/\r\n")));
         }},
        {"another protocol", Step::Http, NoHttp,
         [raw](DoctorTest& test) { return test.atServer(raw("SSH-2.0-OpenSSH_9.2\r\n")); }},
        {"a server that stays silent", Step::Http, HttpTimeout,
         [](DoctorTest& test) { return test.atServer(std::make_unique<RawServer>(QByteArray{}, false)); }},
        {"a path that is missing", Step::Path, WrongPath,
         [raw](DoctorTest& test) { return test.atServer(raw(answerOf("404 Not Found", "404 page not found\n"))); }},
        {"another program's path", Step::Path, WrongPath,
         [raw](DoctorTest& test) {
             return test.atServer(
                 raw(answerOf("404 Not Found", R"({"message":"The route apps/app/channels could not be found."})",
                              "Content-Type: application/json\r\n")));
         }},
        {"a path too many", Step::Path, WrongPath,
         [](DoctorTest& test) {
             DoctorOptions options = test.atEngine({});
             options.endpoint.pathPrefix = "/live";
             return options;
         }},
        {"an unknown key", Step::Socket, UnknownKey,
         [](DoctorTest& test) {
             DoctorOptions options = test.atEngine({});
             options.endpoint.key = "nobody";
             return options;
         }},
        {"a disabled application", Step::Socket, AppDisabled,
         [](DoctorTest& test) {
             engine::EngineOptions options;
             options.apps = {test::makeApp()};
             options.apps[0].isEnabled = false;
             return test.atEngine(options);
         }},
        {"an origin that is not allowed", Step::Protocol, OriginRefused,
         [](DoctorTest& test) {
             engine::EngineOptions options;
             options.apps = {test::makeApp()};
             options.apps[0].allowedOrigins = {"https://app.example.test"};
             DoctorOptions result = test.atEngine(options);
             result.origin = "https://other.example.test";
             return result;
         }},
        {"an upgrade that is forbidden", Step::Protocol, OriginRefused,
         [](DoctorTest& test) {
             auto server = std::make_unique<RawServer>();
             server->onRequest = [&received = server->received](QTcpSocket& socket) {
                 const bool isUpgrade =
                     received.contains("Upgrade: websocket") || received.contains("upgrade: websocket");
                 received.clear();
                 socket.write(isUpgrade ? answerOf("403 Forbidden", "origin") : answerOf("401 Unauthorized", "{}"));
                 socket.disconnectFromHost();
             };
             return test.atServer(std::move(server));
         }},
        {"a wrong secret", Step::Signature, WrongSecret,
         [](DoctorTest& test) {
             DoctorOptions options = test.atEngine({});
             options.endpoint.secret = "another";
             return options;
         }},
        {"a clock twenty minutes off", Step::Signature, ClockOff,
         [](DoctorTest& test) {
             DoctorOptions options = test.atEngine({});
             options.clock = &test.m_clock;
             return options;
         }},
        {"an unknown application", Step::Signature, UnknownApp,
         [](DoctorTest& test) {
             DoctorOptions options = test.atEngine({});
             options.endpoint.appId = "other";
             return options;
         }},
    };
    return all;
}

void DoctorTest::theFaultIsFoundAtItsStep_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].name) << static_cast<int>(i);
}

void DoctorTest::theFaultIsFoundAtItsStep()
{
    QFETCH(int, index);
    const Case& one = cases()[static_cast<std::size_t>(index)];
    const Examination result = examine(one.arrange(*this));
    QVERIFY(result.isOver && !result.isHealthy);
    QVERIFY2(result.last().step == one.step && result.last().fault == one.fault, qPrintable(describe(result)));
    QCOMPARE(result.findings.size(), static_cast<std::size_t>(one.step) + 1);
    QVERIFY2(result.milliseconds < 3'000, qPrintable(describe(result)));
    if (one.fault == DoctorFault::ClockOff)
        QVERIFY2(result.last().clockAhead && std::abs(result.last().clockAhead->count() - 1'200) < 120,
                 qPrintable(QString::number(result.last().clockAhead.value_or(std::chrono::seconds{-1}).count()) +
                            describe(result)));
    if (qstrcmp(one.name, "a path too many") == 0)
        QVERIFY(result.last().betterPath == std::string{});
}

void DoctorTest::aPinDoesNotCoverAnotherCertificate()
{
    DoctorOptions options = atEngine(tlsOptions());
    options.endpoint.usesTls = true;
    options.pinnedCertificate = std::string(64, 'a');
    QVERIFY(examine(options).last().fault == DoctorFault::UntrustedCertificate);
}

void DoctorTest::noFindingHoldsTheSecret()
{
    DoctorOptions options =
        atServer(std::make_unique<RawServer>(answerOf("401 Unauthorized", "your secret is marker-7f31")));
    options.endpoint.secret = "marker-7f31";
    for (const DoctorFinding& finding : examine(options).findings)
        QVERIFY(finding.said.find("marker-7f31") == std::string::npos);
}

void DoctorTest::deletingItEndsItQuietly()
{
    for (int after = 0; after < 6; ++after) {
        auto doctor = std::make_unique<ConnectionDoctor>(atEngine({}));
        QSignalSpy ended{doctor.get(), &ConnectionDoctor::stepEnded};
        doctor->start();
        QTRY_VERIFY(ended.count() >= after);
        doctor.reset();
        QCoreApplication::processEvents();
    }
}

QTEST_GUILESS_MAIN(DoctorTest)
#include "doctor_test.moc"
