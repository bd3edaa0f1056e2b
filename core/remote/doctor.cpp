#include "core/remote/doctor.h"

#include "core/base/ascii.h"
#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/http_date.h"
#include "core/broadcast/secret_mask.h"

#include <QHostAddress>
#include <QHostInfo>

#include <cstdlib>

namespace castdeck::remote {

using namespace std::chrono_literals;

namespace {

constexpr auto allowedClockDifference = 600s;
constexpr const char* echoEvent = "castdeck-doctor";

/// One line for people, whatever was sent.
std::string lineOf(std::string_view text)
{
    constexpr std::size_t longest = 160;
    std::string line;
    for (const char c : text) {
        if (line.size() == longest)
            break;
        const bool isBlank = static_cast<unsigned char>(c) <= ' ';
        if (!isBlank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    while (!isValidUtf8(line))
        line.pop_back();
    return line;
}

bool isPage(const RawAnswer& answer)
{
    const std::string* const type = answer.header("Content-Type");
    const std::string start = toLower(std::string_view{answer.body}.substr(0, 64));
    return (type != nullptr && toLower(*type).find("text/html") != std::string::npos) ||
           start.find("<!doctype html") != std::string::npos || start.find("<html") != std::string::npos;
}

bool speaksOfApp(const std::string& body)
{
    const std::string text = toLower(body);
    // Frameworks repeat the path that they do not know.
    for (const char* word : {"route", "cannot get", "/apps/"}) {
        if (text.find(word) != std::string::npos)
            return false;
    }
    return text.find("app") != std::string::npos;
}

bool complainsOfPlainHttp(const RawAnswer& answer)
{
    const std::string text = toLower(answer.body);
    return answer.status == 400 &&
           (text.find("https port") != std::string::npos || text.find("http request to an https") != std::string::npos);
}

std::string said(const RawAnswer& answer)
{
    return isPage(answer) ? std::string{} : lineOf(answer.body);
}

} // namespace

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
    const std::string request = requestHead("GET", "/apps/" + m_options.endpoint.appId + "/channels", {}) + "\r\n";
    m_connection->ask(request, m_options.patience,
                      [this](ProbeFailure failure, const RawAnswer& answer) { httpAnswered(failure, answer); });
}

void ConnectionDoctor::httpAnswered(ProbeFailure failure, const RawAnswer& answer)
{
    m_answer = answer;
    noteClock(answer);
    if (answer.isTlsAlert || complainsOfPlainHttp(answer))
        return fail(DoctorFault::TlsOnPlainPort, said(answer), answer.status);
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
        return fail(DoctorFault::GatewayDown, said(answer), answer.status);
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
    tryWithoutPath(said(m_answer), m_answer.status);
}

void ConnectionDoctor::tryWithoutPath(const std::string& said, int status)
{
    if (m_options.endpoint.pathPrefix.empty())
        return fail(DoctorFault::WrongPath, said, status);
    std::string request = requestHead("GET", "/apps/" + m_options.endpoint.appId + "/channels", {}) + "\r\n";
    request.replace(request.find(m_options.endpoint.pathPrefix), m_options.endpoint.pathPrefix.size(), "");
    askAnew(m_options.endpoint.usesTls, request, Purpose::Diagnosis,
            [this, said, status](ProbeFailure failure, const RawAnswer& answer) {
                if (failure == ProbeFailure::None && answer.isHttp && !isPage(answer) &&
                    (answer.status != 404 || speaksOfApp(answer.body)))
                    m_finding.betterPath = "";
                fail(DoctorFault::WrongPath, said, status);
            });
}

// --- WebSocket and protocol ---

void ConnectionDoctor::openSocket()
{
    m_socket = std::make_unique<PusherSocket>(QList<QSslCertificate>{}, m_options.pinnedCertificate,
                                              QString::fromStdString(m_options.origin));
    connect(m_socket.get(), &PusherSocket::received, this, &ConnectionDoctor::heard);
    connect(m_socket.get(), &PusherSocket::ended, this, &ConnectionDoctor::socketEnded);
    m_patience.disconnect(this);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_finding.step == DoctorStep::Socket)
            fail(DoctorFault::NoGreeting);
        else
            fail(m_finding.step == DoctorStep::Echo ? DoctorFault::EventLost : DoctorFault::SocketRefused);
    });
    m_patience.start(m_options.patience);
    m_socket->open(m_options.endpoint.socketUrl());
}

void ConnectionDoctor::heard(const QString& text)
{
    const auto message = ServerMessage::parse(text.toStdString());
    if (!message || m_isOver)
        return;
    if (message->event == "pusher:ping") {
        m_socket->send(R"({"event":"pusher:pong","data":{}})");
    } else if (message->event == "pusher:connection_established" && m_socketId.empty()) {
        m_socketId = message->dataMember("socket_id").value_or("");
        if (m_socketId.empty())
            return fail(DoctorFault::NoGreeting, lineOf(message->data));
        pass("socket " + m_socketId);
    } else if (message->event == "pusher:error" && m_socketId.empty()) {
        m_refusal = ServerError::from(*message);
        // Some servers leave the closing to the client.
        if (m_refusal.code >= 4000 && m_refusal.code < 4100)
            socketEnded(m_refusal.code, QString::fromStdString(m_refusal.text));
    } else if (m_finding.step != DoctorStep::Echo) {
        return;
    } else if (message->event == "pusher_internal:subscription_succeeded" && message->channel == m_channel) {
        sendEvent();
    } else if (message->event == "pusher:subscription_error" || message->event == "pusher:error") {
        fail(DoctorFault::SubscriptionRefused,
             lineOf(message->dataMember("error").value_or(message->dataMember("message").value_or(message->data))));
    } else if (message->event == echoEvent && message->channel == m_channel) {
        pass();
    }
}

void ConnectionDoctor::socketEnded(int code, const QString& reason)
{
    if (m_isOver)
        return;
    const bool wasRefused = m_refusal.code >= 4000;
    const std::string text = lineOf(wasRefused ? m_refusal.text : reason.toStdString());
    code = wasRefused ? m_refusal.code : code;
    if (m_finding.step != DoctorStep::Socket && m_finding.step != DoctorStep::Echo)
        return;
    switch (code) {
    case 4000: return fail(DoctorFault::TlsRequired, text, code);
    case 4001: return fail(DoctorFault::UnknownKey, text, code);
    case 4003: return fail(DoctorFault::AppDisabled, text, code);
    case 4004: return fail(DoctorFault::OverQuota, text, code);
    case 4100: return fail(DoctorFault::ServerFull, text, code);
    case 4006:
    case 4007:
    case 4008:
    case 4009:
        return failAtProtocol(code == 4009 ? DoctorFault::OriginRefused : DoctorFault::ProtocolRefused, text, code);
    case PusherSocket::abnormalClosure: return askWhySocketFailed(reason);
    default: return fail(DoctorFault::SocketRefused, text, code);
    }
}

/// The WebSocket client does not tell which status refused its upgrade.
void ConnectionDoctor::askWhySocketFailed(const QString& reason)
{
    m_patience.stop();
    if (m_finding.step == DoctorStep::Echo)
        return fail(DoctorFault::EventLost, lineOf(reason.toStdString()));
    const QUrl url = m_options.endpoint.socketUrl();
    const std::string path = url.path(QUrl::FullyEncoded).toStdString().substr(m_options.endpoint.pathPrefix.size());
    std::string request = requestHead("GET", path, url.query(QUrl::FullyEncoded).toStdString());
    request.replace(request.find("Connection: close"), 17, "Connection: Upgrade");
    request += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Y2FzdGRlY2stZG9jdG9yIQ==\r\n\r\n";
    askAnew(m_options.endpoint.usesTls, request, Purpose::Diagnosis,
            [this, reason](ProbeFailure, const RawAnswer& answer) {
                const std::string text = answer.isHttp ? said(answer) : lineOf(reason.toStdString());
                if (answer.status == 403)
                    return failAtProtocol(DoctorFault::OriginRefused, text, answer.status);
                if (answer.status == 101)
                    return fail(DoctorFault::NoGreeting, text);
                fail(answer.status == 404 ? DoctorFault::WrongPath : DoctorFault::SocketRefused, text, answer.status);
            });
}

void ConnectionDoctor::checkProtocol()
{
    pass("version 7");
}

// --- signed request ---

void ConnectionDoctor::askSigned()
{
    const std::string path = "/apps/" + m_options.endpoint.appId + "/channels";
    askAnew(m_options.endpoint.usesTls, signedRequest("GET", path, {}), Purpose::Step,
            [this](ProbeFailure failure, const RawAnswer& answer) { signedAnswered(failure, answer); });
}

void ConnectionDoctor::signedAnswered(ProbeFailure failure, const RawAnswer& answer)
{
    noteClock(answer);
    m_finding.clockAhead = m_clockAhead;
    if (failure != ProbeFailure::None || !answer.isHttp)
        return fail(DoctorFault::RequestRefused, lineOf(answer.start));
    const std::string text = said(answer);
    if (answer.status == 200)
        return pass();
    if (answer.status == 401 || answer.status == 403) {
        if (isClockOff() || toLower(text).find("timestamp") != std::string::npos)
            return fail(DoctorFault::ClockOff, text, answer.status);
        return fail(DoctorFault::WrongSecret, text, answer.status);
    }
    if (answer.status == 404 && speaksOfApp(answer.body))
        return fail(DoctorFault::UnknownApp, text, answer.status);
    // A server that does not list channels has not looked at the signature; the next step tells.
    if (answer.status == 404 || answer.status == 405 || answer.status == 501)
        return pass("this server does not list channels");
    fail(DoctorFault::RequestRefused, text, answer.status);
}

void ConnectionDoctor::noteClock(const RawAnswer& answer)
{
    const std::string* const date = answer.header("Date");
    const auto theirs = date == nullptr ? std::nullopt : broadcast::parseHttpDate(*date);
    if (!theirs)
        return;
    const Clock& clock = m_options.clock != nullptr ? *m_options.clock : static_cast<const Clock&>(m_systemClock);
    m_clockAhead = std::chrono::floor<std::chrono::seconds>(clock.wall()) - *theirs;
}

bool ConnectionDoctor::isClockOff() const
{
    return m_clockAhead && std::chrono::abs(*m_clockAhead) >= allowedClockDifference;
}

// --- echo ---

void ConnectionDoctor::askEcho()
{
    m_channel = "private-castdeck-doctor-" + randomHex(8);
    m_patience.start(m_options.patience);
    m_socket->send(R"({"event":"pusher:subscribe","data":{"channel":)" + json::toString(m_channel) + R"(,"auth":)" +
                   json::toString(m_signer.channelAuth(m_socketId, m_channel)) + "}}");
}

void ConnectionDoctor::sendEvent()
{
    if (!m_options.sendsEcho)
        return pass("subscribed");
    const std::string body =
        R"({"name":")" + std::string{echoEvent} + R"(","channels":[)" + json::toString(m_channel) + R"(],"data":"{}"})";
    askAnew(m_options.endpoint.usesTls, signedRequest("POST", "/apps/" + m_options.endpoint.appId + "/events", body),
            Purpose::Step, [this](ProbeFailure failure, const RawAnswer& answer) {
                if (m_finding.step == DoctorStep::Echo && !m_isOver &&
                    (failure != ProbeFailure::None || answer.status != 200))
                    fail(DoctorFault::EventRefused, said(answer), answer.status);
            });
}

// --- requests ---

std::string ConnectionDoctor::requestHead(const std::string& method, const std::string& path,
                                          const std::string& query) const
{
    const PusherEndpoint& endpoint = m_options.endpoint;
    const bool isUsualPort = endpoint.port == (endpoint.usesTls ? 443 : 80);
    const std::string host =
        endpoint.restHost.find(':') == std::string::npos ? endpoint.restHost : "[" + endpoint.restHost + "]";
    std::string head = method + " " + endpoint.pathPrefix + path + (query.empty() ? "" : "?" + query) +
                       " HTTP/1.1\r\nHost: " + host + (isUsualPort ? "" : ":" + std::to_string(endpoint.port)) +
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
    std::string request =
        requestHead(method, path, pusher::signedQuery(m_signer, method, path, body, seconds, std::move(own)));
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
