#include "core/remote/doctor.h"

#include "core/remote/doctor_answer.h"

#include <QHostAddress>
#include <QHostInfo>

#include <utility>

/// The steps up to the server: name, port, TLS, HTTP, path.
namespace castdeck::remote {

using namespace std::chrono_literals;

// --- name and port ---

void ConnectionDoctor::findName()
{
    const QString host = QString::fromStdString(m_options.endpoint.restHost);
    if (!QHostAddress{host}.isNull())
        return pass(m_options.endpoint.restHost);
    m_patience.disconnect(this);
    connect(&m_patience, &QTimer::timeout, this, [this] { fail(DoctorFault::NameTimeout); });
    m_patience.start(m_options.patience);
    m_lookup = QHostInfo::lookupHost(host, this, [this](const QHostInfo& info) {
        m_lookup = -1;
        if (m_isOver)
            return;
        if (info.error() != QHostInfo::NoError || info.addresses().isEmpty())
            return fail(DoctorFault::UnknownName, info.errorString().toStdString());
        pass(info.addresses().first().toString().toStdString());
    });
}

void ConnectionDoctor::openPort()
{
    m_connection = std::make_unique<ProbeConnection>();
    m_connection->open(QString::fromStdString(m_options.endpoint.restHost), m_options.endpoint.port, m_options.patience,
                       [this](ProbeFailure failure, const QString& text) { portAnswered(failure, text); });
}

void ConnectionDoctor::portAnswered(ProbeFailure failure, const QString& text)
{
    switch (failure) {
    case ProbeFailure::None: return pass(m_connection->peer().toStdString());
    case ProbeFailure::Refused: return fail(DoctorFault::PortRefused, text.toStdString());
    case ProbeFailure::Timeout: return fail(DoctorFault::PortTimeout, text.toStdString());
    default: return fail(DoctorFault::PortUnreachable, text.toStdString());
    }
}

// --- TLS ---

void ConnectionDoctor::greetTls()
{
    if (!m_options.endpoint.usesTls)
        return pass({}, DoctorOutcome::Skipped);
    m_connection->encrypt(m_options.pinnedCertificate, m_options.patience * 3 / 4,
                          [this](ProbeFailure failure, const QString& text) { tlsAnswered(failure, text); });
}

void ConnectionDoctor::tlsAnswered(ProbeFailure failure, const QString& text)
{
    m_finding.certificate = m_connection->certificate();
    switch (failure) {
    case ProbeFailure::None: return pass(m_connection->protocol().toStdString());
    case ProbeFailure::Certificate: return fail(DoctorFault::UntrustedCertificate, text.toStdString());
    case ProbeFailure::Timeout: return tryWithoutTls(DoctorFault::TlsTimeout, text);
    default: return tryWithoutTls(DoctorFault::TlsFailed, text);
    }
}

/// Whether the port that does not speak TLS speaks HTTP instead.
void ConnectionDoctor::tryWithoutTls(DoctorFault otherwise, const QString& text)
{
    const std::string request = requestHead("GET", "/", {}) + "\r\n";
    askAnew(false, request, Purpose::Diagnosis, [this, otherwise, text](ProbeFailure failure, const RawAnswer& answer) {
        const bool isPlain = failure == ProbeFailure::None && !answer.isTlsAlert && !complainsOfPlainHttp(answer) &&
                             (answer.isHttp || !answer.start.empty());
        fail(isPlain ? DoctorFault::PlainOnTlsPort : otherwise, text.toStdString());
    });
}

// --- HTTP and path ---

void ConnectionDoctor::askHttp()
{
    const std::string request =
        requestHead("GET", m_options.endpoint.pathPrefix + "/apps/" + m_options.endpoint.appId + "/channels", {}) +
        "\r\n";
    m_connection->ask(request, m_options.patience,
                      [this](ProbeFailure failure, const RawAnswer& answer) { httpAnswered(failure, answer); });
}

void ConnectionDoctor::httpAnswered(ProbeFailure failure, const RawAnswer& answer)
{
    m_answer = answer;
    noteClock(answer);
    if (answer.isTlsAlert || complainsOfPlainHttp(answer))
        return fail(DoctorFault::TlsOnPlainPort, saidIn(answer), answer.status);
    if (failure != ProbeFailure::None) {
        const DoctorFault fault = failure == ProbeFailure::Timeout ? DoctorFault::HttpTimeout : DoctorFault::NoHttp;
        return m_options.endpoint.usesTls ? fail(fault) : tryWithTls(fault, {});
    }
    if (!answer.isHttp)
        return fail(DoctorFault::NoHttp, lineOf(answer.start));
    if (answer.status >= 300 && answer.status < 400) {
        const std::string* const target = answer.header("Location");
        return fail(DoctorFault::Redirected, target == nullptr ? std::string{} : lineOf(*target), answer.status);
    }
    if (answer.status == 502 || answer.status == 503 || answer.status == 504)
        return fail(DoctorFault::GatewayDown, saidIn(answer), answer.status);
    if ((isPage(answer) && answer.status != 404) || answer.status == 407)
        return fail(DoctorFault::ForeignPage, {}, answer.status);
    const std::string* const server = answer.header("Server");
    pass(server == nullptr ? std::string{} : lineOf(*server));
}

/// Whether the port that does not speak HTTP speaks TLS instead.
void ConnectionDoctor::tryWithTls(DoctorFault otherwise, const std::string& said)
{
    m_other = std::make_unique<ProbeConnection>();
    m_other->open(QString::fromStdString(m_options.endpoint.restHost), m_options.endpoint.port, 400ms,
                  [this, otherwise, said](ProbeFailure failure, const QString&) {
                      if (failure != ProbeFailure::None)
                          return fail(otherwise, said);
                      m_other->encrypt({}, 400ms, [this, otherwise, said](ProbeFailure tls, const QString&) {
                          const bool isTls = tls == ProbeFailure::None || tls == ProbeFailure::Certificate;
                          fail(isTls ? DoctorFault::TlsOnPlainPort : otherwise, said);
                      });
                  });
}

void ConnectionDoctor::checkPath()
{
    const bool isLost = m_answer.status == 404 && (isPage(m_answer) || !speaksOfApp(m_answer.body));
    if (!isLost)
        return pass(m_options.endpoint.pathPrefix);
    if (m_options.endpoint.pathPrefix.empty())
        tryPaths({"/reverb", "/ws", "/soketi"}); // Where people put such a server behind their web server.
    else
        tryPaths({""});
}

/// Whether the server is at one of those paths; the first that answers ends it.
void ConnectionDoctor::tryPaths(std::vector<std::string> paths)
{
    if (paths.empty())
        return fail(DoctorFault::WrongPath, saidIn(m_answer), m_answer.status);
    std::string path = std::move(paths.front());
    paths.erase(paths.begin());
    const std::string request =
        requestHead("GET", path + "/apps/" + m_options.endpoint.appId + "/channels", {}) + "\r\n";
    askAnew(m_options.endpoint.usesTls, request, Purpose::Diagnosis,
            [this, path, paths = std::move(paths)](ProbeFailure failure, const RawAnswer& answer) mutable {
                if (failure != ProbeFailure::None || !isFromServer(answer))
                    return tryPaths(std::move(paths));
                m_finding.betterPath = path;
                fail(DoctorFault::WrongPath, saidIn(m_answer), m_answer.status);
            });
}

} // namespace castdeck::remote
