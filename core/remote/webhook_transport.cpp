#include "core/remote/webhook_transport.h"

#include "core/broadcast/once.h"
#include "core/webhook/target_address.h"

#include <QDeadlineTimer>
#include <QHostInfo>
#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace castdeck::remote {

namespace {

constexpr std::size_t maxAnswerBytes = 65'536;

/// One webhook on its way. Deletes itself when the outcome is known.
///
/// A name may resolve to a public address when it is judged and to an inner one a moment later (DNS rebinding). So it
/// is resolved once, and the connection goes to the very address that was judged; the name stays in Host, in SNI and
/// in the check of the certificate. To look at the peer of a ready connection would be later than the first byte: Qt
/// sends the request, and before that TLS greets, without asking in between.
class Delivery : public QObject {
    Q_OBJECT

public:
    Delivery(webhook::TransportRequest request, webhook::Transport::Done done, HttpClient& client)
        : QObject{&client}
        , m_client{client}
        , m_request{std::move(request)}
        , m_done{std::move(done)}
        , m_deadline{m_request.timeout, Qt::PreciseTimer}
    {
    }

    void start()
    {
        const QUrl url = QUrl::fromEncoded(QByteArray::fromStdString(m_request.url));
        const bool isWeb = url.scheme() == QLatin1String{"http"} || url.scheme() == QLatin1String{"https"};
        if (!isWeb || url.host().isEmpty() || !url.userInfo().isEmpty())
            return end(0, "the address of the webhook is not one of a web server");
        // A lookup of an address would ask for its name.
        if (const QHostAddress address{url.host()}; !address.isNull())
            return judge({address});
        QTimer::singleShot(m_request.connectTimeout, Qt::PreciseTimer, this, [this] {
            if (!m_isResolved)
                end(0, "the name of the web server was not resolved in time");
        });
        // By name of the slot: a function object would never be freed when the thread ends before the name is known.
        QHostInfo::lookupHost(url.host(), this, SLOT(takeLookup(QHostInfo)));
    }

private:
    Q_SLOT void takeLookup(const QHostInfo& info)
    {
        if (m_isResolved)
            return; // Too late.
        if (info.error() == QHostInfo::NoError)
            judge(info.addresses());
        else
            end(0, "the name of the web server cannot be resolved: " + info.errorString().toStdString());
    }

    void judge(const QList<QHostAddress>& addresses)
    {
        m_isResolved = true;
        std::string objection = "the name of the web server has no address";
        for (const QHostAddress& address : addresses) {
            const auto allowed =
                webhook::checkAddress(address.toString().toStdString(), m_request.allowsPrivateNetwork);
            if (allowed)
                m_addresses.append(address);
            else
                objection = allowed.error().detail;
        }
        if (m_addresses.isEmpty())
            return end(0, std::move(objection));
        tryNext();
    }

    /// `localhost` often has an address on which nobody listens, so the next one gets its chance.
    void tryNext()
    {
        const std::chrono::milliseconds left{std::max<qint64>(m_deadline.remainingTime(), 1)};
        const http::OutgoingRequest request{.method = "POST",
                                            .url = m_request.url,
                                            .headers = m_request.headers,
                                            .body = m_request.body,
                                            .timeout = left,
                                            .maxAnswerBytes = maxAnswerBytes};
        m_client.sendTo({m_addresses.takeFirst(), m_request.connectTimeout}, request, this,
                        [this](const HttpOutcome& outcome) { take(outcome); });
    }

    void take(const HttpOutcome& outcome)
    {
        const bool isNoConnection = !outcome.wasSent && (outcome.failure == http::Failure::Unreachable ||
                                                         outcome.failure == http::Failure::Timeout);
        if (isNoConnection && !m_addresses.isEmpty() && !m_deadline.hasExpired())
            return tryNext();
        if (outcome.failure == http::Failure::Timeout && outcome.wasSent)
            return end(0, "no answer within " + std::to_string(m_request.timeout.count()) + " s");
        // The status says it all; the rest of a long page is not worth reading.
        const bool isAnswered =
            outcome.failure == http::Failure::None || outcome.failure == http::Failure::AnswerTooLarge;
        end(isAnswered ? outcome.status : 0, isAnswered ? "" : outcome.detail);
    }

    void end(int status, std::string failure)
    {
        m_isResolved = true;
        deleteLater();
        m_done({.status = status, .failure = std::move(failure)});
    }

    HttpClient& m_client;
    const webhook::TransportRequest m_request;
    const webhook::Transport::Done m_done;
    QDeadlineTimer m_deadline;
    QList<QHostAddress> m_addresses; ///< Those that are allowed and have not been tried.
    bool m_isResolved = false;
};

class WebhookTransport final : public webhook::Transport {
public:
    explicit WebhookTransport(std::shared_ptr<HttpSender> sender) : m_sender{std::move(sender)} {}

    void post(webhook::TransportRequest request, Done done) override
    {
        auto owed = broadcast::once<webhook::TransportAnswer>({.status = 0, .failure = "the program is ending"},
                                                              std::move(done));
        m_sender->post([request = std::move(request), owed = std::move(owed)](HttpClient& client) {
            (new Delivery{request, owed, client})->start();
        });
    }

private:
    const std::shared_ptr<HttpSender> m_sender;
};

} // namespace

std::shared_ptr<webhook::Transport> webhookTransport(const HttpThread& thread)
{
    return std::make_shared<WebhookTransport>(thread.sender());
}

} // namespace castdeck::remote

#include "webhook_transport.moc"
