#pragma once

#include <QObject>
#include <QSslCertificate>
#include <QUrl>
#include <QWebSocket>

#include <string>

namespace castdeck::remote {

/// One WebSocket of a client, from opening to its end: proxies, trusted certificates, a limit on what comes in, and one
/// way to tell the end, however it came.
///
/// Thread: the one it lives in, which needs a Qt event loop.
class PusherSocket : public QObject {
    Q_OBJECT
public:
    static constexpr int abnormalClosure = 1006; ///< RFC 6455, section 7.4.1: there was no close frame.

    /// `trusted` are certificates accepted besides those of the system, `pinned` the fingerprint of one that is
    /// accepted whatever is wrong with it. `origin` is told to the server unless it is empty.
    explicit PusherSocket(const QList<QSslCertificate>& trusted, std::string pinned = {}, const QString& origin = {});

    void open(const QUrl& url);
    void send(const std::string& text);
    void close() { m_socket.close(); }
    void abort() { m_socket.abort(); }

Q_SIGNALS:
    void opened();
    void received(const QString& text);
    /// `code` is the server's close code, abnormalClosure for none; `reason` its reason, or what the network said, or
    /// every fault of the certificate.
    void ended(int code, const QString& reason);

private:
    void disconnected();
    void fail();

    QWebSocket m_socket;
    const std::string m_pinned;
    QString m_tlsFaults;
};

} // namespace castdeck::remote
