#include "core/remote/doctor.h"

#include "core/base/ascii.h"
#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/http_date.h"
#include "core/remote/doctor_answer.h"

/// The steps at the server: WebSocket, protocol, signed request, round trip.
namespace castdeck::remote {

using namespace std::chrono_literals;

namespace {

constexpr auto allowedClockDifference = 600s;
constexpr const char* echoEvent = "castdeck-doctor";

} // namespace

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
    const std::string path = url.path(QUrl::FullyEncoded).toStdString();
    std::string request = requestHead("GET", path, url.query(QUrl::FullyEncoded).toStdString());
    request.replace(request.find("Connection: close"), 17, "Connection: Upgrade");
    request += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Y2FzdGRlY2stZG9jdG9yIQ==\r\n\r\n";
    askAnew(m_options.endpoint.usesTls, request, Purpose::Diagnosis,
            [this, reason](ProbeFailure, const RawAnswer& answer) {
                const std::string text = answer.isHttp ? saidIn(answer) : lineOf(reason.toStdString());
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
    const std::string text = saidIn(answer);
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
                    fail(DoctorFault::EventRefused, saidIn(answer), answer.status);
            });
}

} // namespace castdeck::remote
