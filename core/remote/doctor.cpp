#include "core/remote/doctor.h"

#include "core/broadcast/secret_mask.h"

#include <QHostInfo>

#include <utility>

namespace castdeck::remote {

ConnectionDoctor::ConnectionDoctor(DoctorOptions options, QObject* parent)
    : QObject{parent}
    , m_options{std::move(options)}
    , m_signer{m_options.endpoint.key, m_options.endpoint.secret}
{
    m_patience.setSingleShot(true);
}

ConnectionDoctor::~ConnectionDoctor()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
}

void ConnectionDoctor::start()
{
    begin(DoctorStep::Name, &ConnectionDoctor::findName);
}

// --- from step to step ---

void ConnectionDoctor::begin(DoctorStep step, Step run)
{
    m_finding = {};
    m_finding.step = step;
    m_time.start();
    Q_EMIT stepStarted(step);
    (this->*run)();
}

void ConnectionDoctor::pass(std::string remark, DoctorOutcome outcome)
{
    if (m_isOver)
        return;
    m_patience.stop();
    m_finding.outcome = outcome;
    m_finding.remark = std::move(remark);
    m_finding.time = std::chrono::milliseconds{m_time.elapsed()};
    Q_EMIT stepEnded(m_finding);
    // Later, so that whoever heard of it may delete this.
    QMetaObject::invokeMethod(this, &ConnectionDoctor::runNext, Qt::QueuedConnection);
}

/// The server did answer, and does not want this client.
void ConnectionDoctor::failAtProtocol(DoctorFault fault, const std::string& said, int code)
{
    pass();
    m_finding = {};
    m_finding.step = DoctorStep::Protocol;
    m_time.start();
    Q_EMIT stepStarted(DoctorStep::Protocol);
    fail(fault, said, code);
}

void ConnectionDoctor::runNext()
{
    if (m_isOver)
        return;
    switch (m_finding.step) {
    case DoctorStep::Name: return begin(DoctorStep::Port, &ConnectionDoctor::openPort);
    case DoctorStep::Port: return begin(DoctorStep::Tls, &ConnectionDoctor::greetTls);
    case DoctorStep::Tls: return begin(DoctorStep::Http, &ConnectionDoctor::askHttp);
    case DoctorStep::Http: return begin(DoctorStep::Path, &ConnectionDoctor::checkPath);
    case DoctorStep::Path: return begin(DoctorStep::Socket, &ConnectionDoctor::openSocket);
    case DoctorStep::Socket: return begin(DoctorStep::Protocol, &ConnectionDoctor::checkProtocol);
    case DoctorStep::Protocol: return begin(DoctorStep::Signature, &ConnectionDoctor::askSigned);
    case DoctorStep::Signature: return begin(DoctorStep::Echo, &ConnectionDoctor::askEcho);
    case DoctorStep::Echo: break;
    }
    m_isOver = true;
    Q_EMIT finished(true);
}

void ConnectionDoctor::fail(DoctorFault fault, std::string said, int code)
{
    if (std::exchange(m_isOver, true))
        return;
    m_patience.stop();
    m_finding.outcome = DoctorOutcome::Failed;
    m_finding.fault = fault;
    m_finding.said = broadcast::SecretMask{{m_options.endpoint.secret}}.line(said);
    m_finding.code = code;
    m_finding.time = std::chrono::milliseconds{m_time.elapsed()};
    Q_EMIT stepEnded(m_finding);
    QMetaObject::invokeMethod(this, [this] { Q_EMIT finished(false); }, Qt::QueuedConnection);
}

// --- requests ---

std::string ConnectionDoctor::requestHead(const std::string& method, const std::string& path,
                                          const std::string& query) const
{
    const PusherEndpoint& endpoint = m_options.endpoint;
    const bool isUsualPort = endpoint.port == (endpoint.usesTls ? 443 : 80);
    const std::string host =
        endpoint.restHost.find(':') == std::string::npos ? endpoint.restHost : "[" + endpoint.restHost + "]";
    std::string head = method + " " + path + (query.empty() ? "" : "?" + query) + " HTTP/1.1\r\nHost: " + host +
                       (isUsualPort ? "" : ":" + std::to_string(endpoint.port)) +
                       "\r\nUser-Agent: castdeck/" CASTDECK_VERSION
                       "\r\nAccept: application/json\r\nConnection: close\r\n";
    if (!m_options.origin.empty())
        head += "Origin: " + m_options.origin + "\r\n";
    return head;
}

std::string ConnectionDoctor::signedRequest(const std::string& method, const std::string& path,
                                            const std::string& body) const
{
    const Clock& clock = m_options.clock != nullptr ? *m_options.clock : static_cast<const Clock&>(m_systemClock);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(clock.wall().time_since_epoch()).count();
    pusher::QueryParameters own;
    if (method == "GET")
        own.emplace_back("filter_by_prefix", "private-castdeck-doctor");
    // What is signed is the path as the server sees it behind its proxy.
    std::string request = requestHead(method, m_options.endpoint.pathPrefix + path,
                                      pusher::signedQuery(m_signer, method, path, body, seconds, std::move(own)));
    if (!body.empty())
        request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

void ConnectionDoctor::askAnew(bool withTls, const std::string& request, Purpose purpose,
                               ProbeConnection::Answered done)
{
    const auto patience = purpose == Purpose::Step ? m_options.patience : m_options.patience / 4;
    m_other = std::make_unique<ProbeConnection>();
    const auto ask = [this, request, patience, done](ProbeFailure failure, const QString&) {
        if (failure != ProbeFailure::None)
            return done(failure, {});
        m_other->ask(request, patience, done);
    };
    m_other->open(QString::fromStdString(m_options.endpoint.restHost), m_options.endpoint.port, patience,
                  [this, withTls, patience, ask](ProbeFailure failure, const QString& text) {
                      if (failure != ProbeFailure::None || !withTls)
                          return ask(failure, text);
                      m_other->encrypt(m_options.pinnedCertificate, patience, ask);
                  });
}

} // namespace castdeck::remote
