#pragma once

#include "tests/remote/self_signed.h"

#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <memory>

namespace castdeck::test {

/// Answers every connection with the same bytes, whatever it is asked; by default it then closes it.
class RawServer : public QObject {
public:
    explicit RawServer(QByteArray answer = {}, bool closes = true, const SelfSigned* identity = nullptr,
                       const QHostAddress& address = QHostAddress::LocalHost, bool offersHttp2 = false)
        : m_isTls{identity != nullptr}
    {
        m_server = m_isTls ? std::make_unique<QSslServer>() : std::make_unique<QTcpServer>();
        if (m_isTls)
            static_cast<QSslServer&>(*m_server).setSslConfiguration(configuration(*identity, offersHttp2));
        onRequest = [answer = std::move(answer), closes](QTcpSocket& socket) {
            if (!answer.isEmpty())
                socket.write(answer);
            if (closes)
                socket.disconnectFromHost();
        };
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, [this] { take(); });
        if (!m_server->listen(address))
            qFatal("no port to listen on");
    }

    quint16 port() const { return m_server->serverPort(); }
    std::string url(const std::string& path = "/", const std::string& host = "127.0.0.1") const
    {
        return (m_isTls ? "https://" : "http://") + host + ":" + std::to_string(port()) + path;
    }

    int connections = 0;
    QByteArray received;
    QByteArray protocol; ///< What the latest TLS connection has agreed on.
    std::function<void(QTcpSocket&)> onConnection = [](QTcpSocket&) {};
    std::function<void(QTcpSocket&)> onRequest;

private:
    static QSslConfiguration configuration(const SelfSigned& identity, bool offersHttp2)
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate{identity.certificate});
        tls.setPrivateKey(QSslKey{identity.key, QSsl::Ec});
        if (offersHttp2)
            tls.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2, QSslConfiguration::NextProtocolHttp1_1});
        return tls;
    }

    void take()
    {
        QTcpSocket* socket = m_server->nextPendingConnection();
        ++connections;
        if (const auto* encrypted = qobject_cast<QSslSocket*>(socket))
            protocol = encrypted->sslConfiguration().nextNegotiatedProtocol();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            received += socket->readAll();
            onRequest(*socket);
        });
        onConnection(*socket);
    }

    bool m_isTls;
    std::unique_ptr<QTcpServer> m_server;
};

/// "HTTP/1.1 200 OK" and so on, with the length of `body`.
inline QByteArray answerOf(const QByteArray& status, const QByteArray& body, const QByteArray& headers = {})
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
           body;
}

/// A port of this machine on which nobody listens.
inline quint16 closedPort()
{
    return RawServer{}.port();
}

} // namespace castdeck::test
