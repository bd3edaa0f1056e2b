#include "core/remote/pusher_socket.h"

#include "core/base/loopback.h"
#include "core/remote/certificate.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>

namespace castdeck::remote {

namespace {

constexpr quint64 maxMessageBytes = 4'194'304;

} // namespace

PusherSocket::PusherSocket(const QList<QSslCertificate>& trusted, std::string pinned, const QString& origin)
    : m_socket{origin}
    , m_pinned{std::move(pinned)}
{
    m_socket.setMaxAllowedIncomingMessageSize(maxMessageBytes);
    m_socket.setMaxAllowedIncomingFrameSize(maxMessageBytes);
    if (!trusted.isEmpty()) {
        QSslConfiguration tls = m_socket.sslConfiguration();
        tls.addCaCertificates(trusted);
        m_socket.setSslConfiguration(tls);
    }
    connect(&m_socket, &QWebSocket::connected, this, &PusherSocket::opened);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &PusherSocket::received);
    connect(&m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        // QWebSocket does not hand out the certificate of the other side; the socket that it owns does.
        const auto* const inner = m_socket.findChild<QSslSocket*>();
        if (inner != nullptr && isPinned(inner->peerCertificate(), m_pinned))
            return m_socket.ignoreSslErrors();
        for (const QSslError& error : errors)
            m_tlsFaults += (m_tlsFaults.isEmpty() ? QString{} : QStringLiteral("; ")) + error.errorString();
    });
    connect(&m_socket, &QWebSocket::disconnected, this, &PusherSocket::disconnected);
    // Queued, because a close frame's code is known only once disconnected() has been emitted.
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, &PusherSocket::fail,
            Qt::QueuedConnection);
}

void PusherSocket::open(const QUrl& url)
{
    if (isLoopbackHost(url.host().toStdString()))
        m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.open(url);
}

void PusherSocket::send(const std::string& text)
{
    m_socket.sendTextMessage(QString::fromStdString(text));
}

void PusherSocket::disconnected()
{
    const int code = static_cast<int>(m_socket.closeCode());
    // Qt says 1000 for a socket that ended without a close frame; a server has no reason to send that code.
    const bool isExplained = code != abnormalClosure && (code != 1000 || !m_socket.closeReason().isEmpty());
    if (isExplained)
        Q_EMIT ended(code, m_socket.closeReason());
    else
        fail();
}

void PusherSocket::fail()
{
    if (m_socket.state() == QAbstractSocket::UnconnectedState)
        Q_EMIT ended(abnormalClosure, m_tlsFaults.isEmpty() ? m_socket.errorString() : m_tlsFaults);
}

} // namespace castdeck::remote
