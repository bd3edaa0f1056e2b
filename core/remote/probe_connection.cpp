#include "core/remote/probe_connection.h"

#include "core/base/ascii.h"
#include "core/base/loopback.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkProxyFactory>
#include <QSslConfiguration>

#include <utility>

namespace castdeck::remote {

namespace {

constexpr qsizetype maxAnswerBytes = 65'536;

QNetworkProxy proxyFor(const QString& host, std::uint16_t port)
{
    if (isLoopbackHost(host.toStdString()))
        return QNetworkProxy::NoProxy;
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(
        QNetworkProxyQuery{host, port, QString{}, QNetworkProxyQuery::TcpSocket});
    return proxies.isEmpty() ? QNetworkProxy{QNetworkProxy::NoProxy} : proxies.first();
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

} // namespace

ProbeConnection::ProbeConnection(QObject* parent) : QObject{parent}
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_answered)
            finishAnswer(m_inbound.isEmpty() ? ProbeFailure::Timeout : ProbeFailure::None);
        else
            finish(ProbeFailure::Timeout);
    });
    connect(&m_socket, &QSslSocket::connected, this, [this] { finish(ProbeFailure::None); });
    connect(&m_socket, &QSslSocket::encrypted, this, [this] {
        m_certificate = factsOf(m_socket.peerCertificate(), m_tlsErrors);
        finish(ProbeFailure::None);
    });
    connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        m_tlsErrors = errors;
        m_certificate = factsOf(m_socket.peerCertificate(), errors);
        if (isPinned(m_socket.peerCertificate(), m_pinned))
            m_socket.ignoreSslErrors();
    });
    connect(&m_socket, &QSslSocket::readyRead, this, &ProbeConnection::read);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &ProbeConnection::failed);
}

ProbeConnection::~ProbeConnection()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

void ProbeConnection::open(const QString& host, std::uint16_t port, std::chrono::milliseconds patience, Done done)
{
    m_done = std::move(done);
    m_patience.start(patience);
    m_socket.setProxy(proxyFor(host, port));
    m_socket.setPeerVerifyName(host);
    m_socket.connectToHost(host, port);
}

void ProbeConnection::encrypt(const std::string& pinnedCertificate, std::chrono::milliseconds patience, Done done)
{
    m_pinned = pinnedCertificate;
    m_done = std::move(done);
    m_patience.start(patience);
    m_socket.startClientEncryption();
}

void ProbeConnection::ask(const std::string& request, std::chrono::milliseconds patience, Answered done)
{
    m_answered = std::move(done);
    m_inbound.clear();
    m_patience.start(patience);
    if (m_socket.state() != QAbstractSocket::ConnectedState)
        return finishAnswer(ProbeFailure::Closed);
    m_socket.write(request.data(), static_cast<qint64>(request.size()));
}

QString ProbeConnection::protocol() const
{
    switch (m_socket.sessionProtocol()) {
    case QSsl::TlsV1_3: return QStringLiteral("TLS 1.3");
    case QSsl::TlsV1_2: return QStringLiteral("TLS 1.2");
    default: return QStringLiteral("TLS");
    }
}

QString ProbeConnection::peer() const
{
    return m_socket.peerAddress().toString();
}

void ProbeConnection::finish(ProbeFailure failure, const QString& text)
{
    if (!m_done)
        return;
    m_patience.stop();
    // What is called may ask for the next step, or delete this.
    std::exchange(m_done, nullptr)(failure, text);
}

void ProbeConnection::finishAnswer(ProbeFailure failure)
{
    if (!m_answered)
        return;
    m_patience.stop();
    std::exchange(m_answered, nullptr)(failure, parseAnswer(m_inbound));
}

void ProbeConnection::failed(QAbstractSocket::SocketError error)
{
    const QString text = m_socket.errorString();
    if (m_answered) {
        read();
        return finishAnswer(m_inbound.isEmpty() ? ProbeFailure::Closed : ProbeFailure::None);
    }
    if (!m_tlsErrors.isEmpty())
        return finish(ProbeFailure::Certificate,
                      m_certificate ? m_certificate->faults.join(QStringLiteral("; ")) : text);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::ProxyNotFoundError: return finish(ProbeFailure::UnknownName, text);
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionRefusedError: return finish(ProbeFailure::Refused, text);
    case QAbstractSocket::SocketTimeoutError: return finish(ProbeFailure::Timeout, text);
    case QAbstractSocket::RemoteHostClosedError: return finish(ProbeFailure::Closed, text);
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError: return finish(ProbeFailure::Tls, text);
    default: return finish(ProbeFailure::Unreachable, text);
    }
}

void ProbeConnection::read()
{
    m_inbound += m_socket.read(maxAnswerBytes - m_inbound.size());
    if (isWhole())
        finishAnswer(ProbeFailure::None);
}

/// Enough is there to judge by. A server may keep the connection open after its answer.
bool ProbeConnection::isWhole() const
{
    const qsizetype head = m_inbound.indexOf("\r\n\r\n");
    if (!m_inbound.startsWith("HTTP/"))
        return m_inbound.size() >= 5 || m_inbound.size() == maxAnswerBytes;
    if (head < 0)
        return m_inbound.size() == maxAnswerBytes;
    const RawAnswer answer = parseAnswer(m_inbound);
    if (answer.status == 101 || answer.status == 204 || m_inbound.size() == maxAnswerBytes)
        return true;
    if (const std::string* const length = answer.header("Content-Length"))
        return answer.body.size() >= parseNumber(*length).value_or(0);
    return m_inbound.endsWith("\r\n0\r\n\r\n");
}

RawAnswer parseAnswer(const QByteArray& bytes)
{
    RawAnswer answer;
    const std::string_view all{bytes.constData(), static_cast<std::size_t>(bytes.size())};
    constexpr char alert = 0x15;
    if (!all.starts_with("HTTP/")) {
        answer.isTlsAlert = all.size() > 1 && all[0] == alert && all[1] == 0x03;
        constexpr std::size_t shown = 64;
        answer.start = std::string{all.substr(0, shown)};
        return answer;
    }
    const std::size_t end = std::min(all.find("\r\n\r\n"), all.size());
    const std::string_view head = all.substr(0, end);
    answer.isHttp = true;
    const std::size_t blank = head.find(' ');
    if (blank != std::string_view::npos)
        answer.status = static_cast<int>(parseNumber(head.substr(blank + 1, 3), 999).value_or(0));
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at)) {
        at += 2;
        const std::string_view line = head.substr(at, head.find("\r\n", at) - at);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos)
            answer.headers.push_back(
                {std::string{line.substr(0, colon)}, std::string{trimmed(line.substr(colon + 1))}});
    }
    if (end < all.size())
        answer.body = std::string{all.substr(end + 4)};
    return answer;
}

} // namespace castdeck::remote
