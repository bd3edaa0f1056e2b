#pragma once

#include "core/base/outgoing.h"

#include <QNetworkAccessManager>
#include <QSslCertificate>

#include <functional>

namespace castdeck::remote {

/// Sends HTTP requests without blocking. Follows no redirect, repeats no request that has a body, keeps no cookies, and
/// speaks to loopback addresses without a proxy.
///
/// Thread: the one it lives in, which needs a Qt event loop. Ownership: deleting it drops all requests; their
/// functions are not called then.
class HttpClient : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const http::Answer&)>;

    explicit HttpClient(QObject* parent = nullptr);

    /// Certificates accepted besides those of the system, for servers with a certificate of their own.
    void trust(QList<QSslCertificate> certificates) { m_trusted = std::move(certificates); }
    const QList<QSslCertificate>& trusted() const noexcept { return m_trusted; }

    /// Calls `done` once, never before it returns. When `context` is gone by then, nothing is called.
    void send(const http::OutgoingRequest& request, QObject* context, Done done);

private:
    QNetworkAccessManager m_network;
    QList<QSslCertificate> m_trusted;
};

} // namespace castdeck::remote
