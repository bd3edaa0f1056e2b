#pragma once

#include "core/base/http.h"
#include "core/remote/certificate.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace castdeck::remote {

/// What came back on a connection to which a request was written, whatever it is.
struct RawAnswer {
    bool isHttp = false;
    bool isTlsAlert = false; ///< The other side speaks TLS and got something else.
    int status = 0;
    http::Headers headers;
    std::string body;  ///< At most 64 KB of it.
    std::string start; ///< Of what is no HTTP.

    const std::string* header(std::string_view name) const { return http::find(headers, name); }
};

enum class ProbeFailure { None, UnknownName, Refused, Unreachable, Timeout, Closed, Certificate, Tls };

/// One connection to a server, looked at step by step: TCP, TLS, one request in plain bytes. For finding out what is
/// wrong, where the usual clients say only that something is.
///
/// Thread: the one it lives in, which needs a Qt event loop. Each function that is handed over is called once, unless
/// the object is gone before; one step at a time.
class ProbeConnection : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(ProbeFailure failure, const QString& text)>;
    using Answered = std::function<void(ProbeFailure failure, const RawAnswer& answer)>;

    explicit ProbeConnection(QObject* parent = nullptr);
    ~ProbeConnection() override;

    void open(const QString& host, std::uint16_t port, std::chrono::milliseconds patience, Done done);
    /// A certificate that is pinned is accepted. See certificate() for what there is to know about it, also after
    /// Certificate.
    void encrypt(const std::string& pinnedCertificate, std::chrono::milliseconds patience, Done done);
    void ask(const std::string& request, std::chrono::milliseconds patience, Answered done);

    const std::optional<CertificateFacts>& certificate() const noexcept { return m_certificate; }
    QString protocol() const; ///< "TLS 1.3"
    QString peer() const;     ///< The address that answered.

private:
    void finish(ProbeFailure failure, const QString& text = {});
    void finishAnswer(ProbeFailure failure);
    void failed(QAbstractSocket::SocketError error);
    void read();
    bool isWhole() const;

    QSslSocket m_socket;
    QTimer m_patience;
    Done m_done;
    Answered m_answered;
    QByteArray m_inbound;
    std::string m_pinned;
    QList<QSslError> m_tlsErrors;
    std::optional<CertificateFacts> m_certificate;
};

/// Reads what a server sent, up to its end or as far as it came.
RawAnswer parseAnswer(const QByteArray& bytes);

} // namespace castdeck::remote
