#pragma once

#include "core/base/outgoing.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslCertificate>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace castdeck::remote {

struct HttpOutcome : http::Answer {
    bool wasSent = false; ///< A part of the request, or all of it, may have arrived.
};

/// The one address that a request goes to, whatever the name in its URL resolves to.
struct Destination {
    QHostAddress address;
    std::chrono::milliseconds connectTimeout; ///< Until the connection is there, TLS included.
};

/// Sends HTTP requests without blocking, dozens to one server at a time. Follows no redirect, repeats no request that
/// has a body, keeps no cookies, and speaks to loopback addresses without a proxy.
///
/// Thread: the one it lives in, which needs a Qt event loop. Ownership: deleting it drops all requests; their
/// functions are not called then.
class HttpClient : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const HttpOutcome&)>;

    explicit HttpClient(QObject* parent = nullptr);
    ~HttpClient() override;

    /// Certificates accepted besides those of the system, for servers with a certificate of their own.
    void trust(QList<QSslCertificate> certificates) { m_trusted = std::move(certificates); }
    const QList<QSslCertificate>& trusted() const noexcept { return m_trusted; }
    /// The fingerprint of a certificate that is accepted whatever is wrong with it; empty for none.
    void pin(std::string fingerprint) { m_pinned = std::move(fingerprint); }

    /// Calls `done` once, never before it returns. When `context` is gone by then, nothing is called.
    void send(const http::OutgoingRequest& request, QObject* context, Done done);
    /// As send(), without a proxy. The server's certificate must still be for the name in the URL.
    void sendTo(const Destination& destination, const http::OutgoingRequest& request, QObject* context, Done done);

private:
    /// Requests that share connections, of which Qt opens no more than six to one server.
    struct Line {
        QNetworkAccessManager network;
        std::size_t underWay = 0;
    };

    Line& freeLine();
    QNetworkRequest headOf(const http::OutgoingRequest& request) const;
    QNetworkReply* start(QNetworkAccessManager& network, QNetworkRequest head, const http::OutgoingRequest& request);

    std::vector<std::unique_ptr<Line>> m_lines; ///< The first takes what it can, so that connections are used again.
    QNetworkAccessManager m_direct;             ///< Never through a proxy.
    QList<QSslCertificate> m_trusted;
    std::string m_pinned;
};

} // namespace castdeck::remote
