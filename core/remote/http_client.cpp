#include "core/remote/http_client.h"

#include "core/base/loopback.h"

#include <QIODevice>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include <algorithm>

namespace castdeck::remote {

namespace {

class DirectToLoopback : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        if (isLoopbackHost(query.peerHostName().toStdString()))
            return {QNetworkProxy::NoProxy};
        return systemProxyForQuery(query);
    }
};

/// A request body that can be read only once. Qt repeats a request by itself when a connection breaks before the
/// answer, which could deliver an event twice; a body that cannot be rewound makes it give up.
class OneTimeBody : public QIODevice {
public:
    OneTimeBody(std::string bytes, QObject* parent) : QIODevice{parent}, m_bytes{std::move(bytes)}
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    qint64 bytesAvailable() const override { return static_cast<qint64>(m_bytes.size() - m_at); }
    bool atEnd() const override { return m_at == m_bytes.size(); }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        const std::size_t count = std::min(static_cast<std::size_t>(maxSize), m_bytes.size() - m_at);
        if (count == 0)
            return -1;
        m_bytes.copy(data, count, m_at);
        m_at += count;
        return static_cast<qint64>(count);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

/// One request on its way. Deletes itself when the answer is whole or has failed.
class Exchange : public QObject {
public:
    Exchange(QNetworkReply* reply, const http::OutgoingRequest& request, QObject* context, HttpClient::Done done,
             QObject* parent)
        : QObject{parent}
        , m_reply{reply}
        , m_context{context}
        , m_done{std::move(done)}
        , m_maxBytes{request.maxAnswerBytes}
    {
        m_reply->setParent(this);
        connect(m_reply, &QNetworkReply::readyRead, this, [this] { readMore(); });
        connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) { note(errors); });
        connect(m_reply, &QNetworkReply::encrypted, this, [this] { m_isEncrypted = true; });
        connect(m_reply, &QNetworkReply::finished, this, [this] { finish(); });
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer); // A coarse one fires up to 5 % early.
        connect(&m_timer, &QTimer::timeout, this, [this, limit = request.timeout] {
            giveUp(http::Failure::Timeout, "no answer within " + std::to_string(limit.count()) + " ms");
        });
        m_timer.start(request.timeout);
    }

private:
    void readMore()
    {
        m_answer.body += m_reply->readAll().toStdString();
        if (m_answer.body.size() > m_maxBytes)
            giveUp(http::Failure::AnswerTooLarge, "the answer is larger than " + std::to_string(m_maxBytes) + " bytes");
    }

    void note(const QList<QSslError>& errors)
    {
        for (const QSslError& error : errors)
            m_tlsFaults += (m_tlsFaults.empty() ? "" : "; ") + error.errorString().toStdString();
    }

    /// abort() emits finished(), which leads to finish().
    void giveUp(http::Failure failure, std::string detail)
    {
        if (m_answer.failure != http::Failure::None)
            return;
        m_answer.failure = failure;
        m_answer.detail = std::move(detail);
        m_reply->abort();
    }

    void finish()
    {
        m_timer.stop();
        if (m_answer.failure == http::Failure::None)
            readOutcome();
        deleteLater();
        if (m_context)
            m_done(m_answer);
    }

    void readOutcome()
    {
        // Errors from 201 on say that there is an answer with an unhappy status.
        const QNetworkReply::NetworkError error = m_reply->error();
        const bool isCut = error == QNetworkReply::ContentReSendError;
        if (error == QNetworkReply::SslHandshakeFailedError || !m_tlsFaults.empty()) {
            m_answer.failure = http::Failure::Tls;
            m_answer.detail = m_tlsFaults.empty() ? m_reply->errorString().toStdString() : m_tlsFaults;
            return;
        }
        const bool isTls = m_reply->url().scheme() == QLatin1String{"https"};
        if (isTls && !m_isEncrypted && error == QNetworkReply::RemoteHostClosedError) {
            m_answer.failure = http::Failure::Tls;
            m_answer.detail = "the connection ended during the TLS handshake; does this port speak TLS?";
            return;
        }
        const QVariant status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
        if (!status.isValid() || isCut ||
            (error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied)) {
            m_answer.failure = http::Failure::Unreachable;
            m_answer.detail =
                isCut ? "the connection broke before there was an answer" : m_reply->errorString().toStdString();
            return;
        }
        m_answer.status = status.toInt();
        for (const auto& [name, value] : m_reply->rawHeaderPairs())
            m_answer.headers.push_back({name.toStdString(), value.toStdString()});
        m_answer.body += m_reply->readAll().toStdString();
    }

    QNetworkReply* m_reply;
    QPointer<QObject> m_context;
    HttpClient::Done m_done;
    std::size_t m_maxBytes;
    QTimer m_timer;
    http::Answer m_answer;
    std::string m_tlsFaults;
    bool m_isEncrypted = false;
};

} // namespace

HttpClient::HttpClient(QObject* parent) : QObject{parent}
{
    m_network.setProxyFactory(new DirectToLoopback);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void HttpClient::send(const http::OutgoingRequest& request, QObject* context, Done done)
{
    QNetworkRequest head{QUrl::fromEncoded(QByteArray::fromStdString(request.url))};
    head.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    for (const http::Header& header : request.headers)
        head.setRawHeader(QByteArray::fromStdString(header.name), QByteArray::fromStdString(header.value));
    if (!m_trusted.isEmpty()) {
        QSslConfiguration tls = head.sslConfiguration();
        tls.addCaCertificates(m_trusted);
        head.setSslConfiguration(tls);
    }
    const auto method = QByteArray::fromStdString(request.method);
    QNetworkReply* reply = nullptr;
    if (request.body.empty()) {
        reply = m_network.sendCustomRequest(head, method);
    } else {
        auto* body = new OneTimeBody{request.body, nullptr};
        head.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        head.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(request.body.size()));
        reply = m_network.sendCustomRequest(head, method, body);
        body->setParent(reply);
    }
    new Exchange{reply, request, context, std::move(done), this};
}

} // namespace castdeck::remote
