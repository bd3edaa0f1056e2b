#include "core/remote/http_client.h"

#include "core/base/ascii.h"
#include "core/base/loopback.h"
#include "core/remote/certificate.h"

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

/// Qt gives up in the same way on both, and says no more.
constexpr const char* cutDetail = "the connection broke before there was an answer, or what came back is no HTTP";

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
        connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_answer.wasSent = true; });
        connect(m_reply, &QNetworkReply::finished, this, [this] { finish(); });
        m_reply->setReadBufferSize(static_cast<qint64>(m_maxBytes) + 1);
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer); // A coarse one fires up to 5 % early.
        connect(&m_timer, &QTimer::timeout, this, [this, limit = request.timeout] {
            giveUp(http::Failure::Timeout, "no answer within " + std::to_string(limit.count()) + " ms");
        });
        m_timer.start(request.timeout);
    }

    void pin(std::string fingerprint) { m_pinned = std::move(fingerprint); }

    /// Counts from the first attempt to connect: a request may have to wait until another one leaves it a connection.
    void limitConnecting(std::chrono::milliseconds limit)
    {
        auto* timer = new QTimer{this};
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        timer->setInterval(limit);
        connect(m_reply, &QNetworkReply::socketStartedConnecting, timer, [timer] {
            if (!timer->isActive())
                timer->start();
        });
        connect(m_reply, &QNetworkReply::requestSent, timer, &QTimer::stop);
        connect(timer, &QTimer::timeout, this, [this, limit] {
            giveUp(http::Failure::Timeout, "no connection within " + std::to_string(limit.count()) + " ms");
        });
    }

private:
    void readMore()
    {
        const std::size_t room = m_maxBytes - m_answer.body.size();
        m_answer.body += m_reply->read(static_cast<qint64>(room) + 1).toStdString();
        if (m_answer.body.size() <= m_maxBytes)
            return;
        m_answer.body.resize(m_maxBytes);
        readHead();
        giveUp(http::Failure::AnswerTooLarge, "the answer is larger than " + std::to_string(m_maxBytes) + " bytes");
    }

    void readHead()
    {
        m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        for (const auto& [name, value] : m_reply->rawHeaderPairs())
            m_answer.headers.push_back({name.toStdString(), value.toStdString()});
    }

    void note(const QList<QSslError>& errors)
    {
        if (isPinned(m_reply->sslConfiguration().peerCertificate(), m_pinned))
            return m_reply->ignoreSslErrors();
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
        const QVariant status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
        // Also of redirects that want the body once more, 307 and 308, though they are not followed.
        const bool isRedirect = status.toInt() / 100 == 3;
        const bool isCut = error == QNetworkReply::ContentReSendError && !isRedirect;
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
        if (!status.isValid() || isCut ||
            (error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied)) {
            m_answer.failure = http::Failure::Unreachable;
            m_answer.detail = isCut ? cutDetail : m_reply->errorString().toStdString();
            return;
        }
        readHead();
        readMore();
    }

    QNetworkReply* m_reply;
    QPointer<QObject> m_context;
    HttpClient::Done m_done;
    std::size_t m_maxBytes;
    QTimer m_timer;
    HttpOutcome m_answer;
    std::string m_tlsFaults;
    std::string m_pinned;
    bool m_isEncrypted = false;
};

} // namespace

HttpClient::HttpClient(QObject* parent) : QObject{parent}
{
    m_direct.setProxy(QNetworkProxy::NoProxy);
    m_direct.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

HttpClient::~HttpClient()
{
    const QObjectList requests = children(); // They need the managers to be there still.
    qDeleteAll(requests);
}

void HttpClient::send(const http::OutgoingRequest& request, QObject* context, Done done)
{
    Line& line = freeLine();
    auto* exchange =
        new Exchange{start(line.network, headOf(request), request), request, context, std::move(done), this};
    exchange->pin(m_pinned);
    ++line.underWay;
    connect(exchange, &QObject::destroyed, this, [&line] { --line.underWay; });
}

/// Where a request need not wait for others; one where fewest do when all are busy.
HttpClient::Line& HttpClient::freeLine()
{
    constexpr std::size_t connectionsOfLine = 6;
    constexpr std::size_t maxLines = 8;
    const auto underWay = [](const auto& line) { return line->underWay; };
    const auto hasRoom = [](std::size_t count) { return count < connectionsOfLine; };
    const auto free = std::ranges::find_if(m_lines, hasRoom, underWay);
    if (free != m_lines.end())
        return **free;
    if (m_lines.size() == maxLines)
        return **std::ranges::min_element(m_lines, {}, underWay);
    m_lines.push_back(std::make_unique<Line>());
    QNetworkAccessManager& network = m_lines.back()->network;
    network.setProxyFactory(new DirectToLoopback);
    network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return *m_lines.back();
}

void HttpClient::sendTo(const Destination& destination, const http::OutgoingRequest& request, QObject* context,
                        Done done)
{
    QNetworkRequest head = headOf(request);
    QUrl url = head.url();
    head.setRawHeader("Host", url.authority(QUrl::FullyEncoded).toLatin1());
    if (QHostAddress{url.host()}.isNull())
        head.setPeerVerifyName(url.host(QUrl::FullyEncoded)); // The name for SNI as well.
    // HTTP/2 has no Host: Qt would name the address there.
    head.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    url.setHost(destination.address.toString());
    head.setUrl(url);
    auto* exchange = new Exchange{start(m_direct, head, request), request, context, std::move(done), this};
    exchange->pin(m_pinned);
    exchange->limitConnecting(destination.connectTimeout);
}

QNetworkRequest HttpClient::headOf(const http::OutgoingRequest& request) const
{
    QNetworkRequest head{QUrl::fromEncoded(QByteArray::fromStdString(request.url))};
    head.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    for (const http::Header& header : request.headers) {
        const auto name = QByteArray::fromStdString(header.name);
        auto value = QByteArray::fromStdString(header.value);
        // Qt keeps one value for each name. RFC 9110, section 5.3, and for cookies RFC 9113, section 8.2.3.
        if (head.hasRawHeader(name))
            value.prepend(head.rawHeader(name) + (equalsIgnoringCase(header.name, "Cookie") ? "; " : ", "));
        head.setRawHeader(name, value);
    }
    if (!head.hasRawHeader("User-Agent")) // Qt would call itself a browser.
        head.setRawHeader("User-Agent", "castdeck/" CASTDECK_VERSION);
    if (!m_trusted.isEmpty()) {
        QSslConfiguration tls = head.sslConfiguration();
        tls.addCaCertificates(m_trusted);
        head.setSslConfiguration(tls);
    }
    return head;
}

QNetworkReply* HttpClient::start(QNetworkAccessManager& network, QNetworkRequest head,
                                 const http::OutgoingRequest& request)
{
    const auto method = QByteArray::fromStdString(request.method);
    if (request.body.empty())
        return network.sendCustomRequest(head, method);
    auto* body = new OneTimeBody{request.body, nullptr};
    head.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    head.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(request.body.size()));
    QNetworkReply* reply = network.sendCustomRequest(head, method, body);
    body->setParent(reply);
    return reply;
}

} // namespace castdeck::remote
