#pragma once

#include "core/base/http.h"

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace castdeck::remote {

struct HttpRequest {
    std::string method;
    QUrl url;
    http::Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{5'000}; ///< For the whole exchange.
    std::size_t maxAnswerBytes = 1'048'576;
};

enum class HttpFailure {
    None,        ///< There is an answer, whatever its status.
    Unreachable, ///< No connection, or it broke before the answer was whole.
    Timeout,
    Tls,
    AnswerTooLarge,
};

struct HttpAnswer {
    HttpFailure failure = HttpFailure::None;
    std::string detail; ///< What went wrong, for people; with a TLS failure, every fault of the certificate.
    int status = 0;
    http::Headers headers;
    std::string body;
};

/// Sends HTTP requests without blocking. Follows no redirect, repeats no request that has a body, keeps no cookies, and
/// speaks to loopback addresses without a proxy.
///
/// Thread: the one it lives in, which needs a Qt event loop. Ownership: deleting it drops all requests; their
/// functions are not called then.
class HttpClient : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const HttpAnswer&)>;

    explicit HttpClient(QObject* parent = nullptr);

    /// Certificates accepted besides those of the system, for servers with a certificate of their own.
    void trust(QList<QSslCertificate> certificates) { m_trusted = std::move(certificates); }
    const QList<QSslCertificate>& trusted() const noexcept { return m_trusted; }

    /// Calls `done` once, never before it returns. When `context` is gone by then, nothing is called.
    void send(const HttpRequest& request, QObject* context, Done done);

private:
    QNetworkAccessManager m_network;
    QList<QSslCertificate> m_trusted;
};

} // namespace castdeck::remote
