#include "core/remote/centrifugo_watcher.h"

#include "core/base/crypto.h"
#include "core/base/json.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <utility>

namespace castdeck::remote {

using centrifugo::Connected;
using centrifugo::Publication;
using centrifugo::Refused;

namespace {

constexpr int alreadySubscribed = 105;
constexpr int tokenExpired = 109;
constexpr int firstOfServer = 100; ///< Error codes below are those of transports, which pass.

/// Codes 3500-3999 and 4500-4999 tell the client to stay away.
bool isFinal(int closeCode)
{
    return (closeCode >= 3500 && closeCode <= 3999) || (closeCode >= 4500 && closeCode <= 4999);
}

/// The next token is a new one.
bool mayComeBack(const Refused& refusal)
{
    return refusal.isTemporary || refusal.code == tokenExpired || refusal.code < firstOfServer;
}

/// Doubles with every failure, and is spread so that clients that were closed together come back apart.
std::chrono::milliseconds delayAfter(unsigned failures, const CentrifugoTimes& times)
{
    constexpr unsigned mostDoublings = 10;
    const auto longest = std::min(times.longestDelay, times.firstDelay * (1U << std::min(failures, mostDoublings)));
    const auto half = static_cast<std::uint32_t>(longest.count() / 2);
    return std::chrono::milliseconds{half + randomBelow(half + 1)};
}

template <class... Acts> struct Each : Acts... {
    using Acts::operator()...;
};

} // namespace

QUrl CentrifugoWatcher::socketUrl(QUrl url)
{
    url.setScheme(url.scheme() == QLatin1String{"https"} ? QStringLiteral("wss") : QStringLiteral("ws"));
    QString path = url.path();
    while (path.endsWith(QLatin1Char{'/'}))
        path.chop(1);
    url.setPath(path + QStringLiteral("/connection/websocket"));
    return url;
}

CentrifugoWatcher::CentrifugoWatcher(CentrifugoWatcherOptions options, QObject* parent)
    : QObject{parent}
    , m_options{std::move(options)}
{
    for (QTimer* timer : {&m_attempt, &m_retry, &m_silence, &m_stable})
        timer->setSingleShot(true);
    connect(&m_attempt, &QTimer::timeout, this,
            [this] { socketEnded(PusherSocket::abnormalClosure, tr("no answer in time")); });
    connect(&m_retry, &QTimer::timeout, this, &CentrifugoWatcher::open);
    connect(&m_silence, &QTimer::timeout, this,
            [this] { socketEnded(PusherSocket::abnormalClosure, tr("the server stays silent")); });
    connect(&m_stable, &QTimer::timeout, this, [this] { m_failures = 0; });
}

CentrifugoWatcher::~CentrifugoWatcher()
{
    dropSocket();
}

void CentrifugoWatcher::connectToServer()
{
    if (m_state == State::Connecting || m_state == State::Connected)
        return;
    m_failures = 0;
    m_state = State::Connecting;
    open();
}

void CentrifugoWatcher::disconnectFromServer()
{
    m_retry.stop();
    if (m_socket) {
        m_socket->disconnect(this); // close() may report the end at once, which would look like a loss.
        m_socket->close();
    }
    dropSocket();
    m_state = State::Disconnected;
}

bool CentrifugoWatcher::isSubscribed(const std::string& channel) const
{
    const auto it = m_channels.find(channel);
    return it != m_channels.end() && it->second == Progress::Subscribed;
}

void CentrifugoWatcher::open()
{
    dropSocket();
    m_socket = std::make_unique<PusherSocket>(m_options.trusted);
    connect(m_socket.get(), &PusherSocket::opened, this, &CentrifugoWatcher::sayHello);
    connect(m_socket.get(), &PusherSocket::received, this, &CentrifugoWatcher::receive);
    connect(m_socket.get(), &PusherSocket::ended, this, &CentrifugoWatcher::socketEnded);
    m_attempt.start(m_options.times.attempt);
    m_socket->open(m_options.url);
}

void CentrifugoWatcher::sayHello()
{
    const std::string token = m_options.token ? m_options.token() : std::string{};
    m_helloId = command("connect", (token.empty() ? "{" : "{\"token\":" + json::toString(token) + ",") +
                                       std::string{R"("name":"castdeck"})"});
}

/// Forgets the socket without a word to anybody.
void CentrifugoWatcher::dropSocket()
{
    for (QTimer* timer : {&m_attempt, &m_silence, &m_stable})
        timer->stop();
    m_pending.clear();
    m_helloId = 0;
    for (auto& [name, progress] : m_channels) {
        if (progress != Progress::Failed)
            progress = Progress::Wanted;
    }
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.release()->deleteLater(); // We may be inside one of its signals.
}

void CentrifugoWatcher::socketEnded(int code, const QString& reason)
{
    end(code, reason, !isFinal(code));
}

void CentrifugoWatcher::end(int code, const QString& reason, bool willRetry)
{
    if (!m_socket)
        return;
    dropSocket();
    m_state = willRetry ? State::Connecting : State::Disconnected;
    if (willRetry)
        m_retry.start(delayAfter(m_failures++, m_options.times));
    Q_EMIT connectionLost(code, reason, willRetry);
}

void CentrifugoWatcher::receive(const QString& frame)
{
    if (m_silence.isActive())
        m_silence.start();
    // Whoever hears of a message may disconnect, or destroy this object.
    const QPointer<CentrifugoWatcher> self{this};
    const PusherSocket* const socket = m_socket.get();
    for (const centrifugo::Message& message : centrifugo::parseFrame(frame.toStdString())) {
        take(message);
        if (!self || m_socket.get() != socket)
            return;
    }
}

void CentrifugoWatcher::take(const centrifugo::Message& message)
{
    const auto named = [](const std::string& channel) { return QString::fromStdString(channel); };
    std::visit(Each{[this](const centrifugo::Ping&) {
                        if (m_wantsPong)
                            m_socket->send("{}");
                    },
                    [this](const centrifugo::Reply& reply) { answered(reply); },
                    [this](const Publication& publication) { Q_EMIT published(publication); },
                    [&](const centrifugo::Joined& fact) { Q_EMIT joined(named(fact.channel), fact.info); },
                    [&](const centrifugo::Left& fact) { Q_EMIT left(named(fact.channel), fact.info); },
                    [this](const centrifugo::Subscribed& fact) { confirm(fact.channel); },
                    [this](const centrifugo::Unsubscribed& fact) { unsubscribedByServer(fact); }},
               message);
}

void CentrifugoWatcher::answered(const centrifugo::Reply& reply)
{
    const auto* const refusal = std::get_if<Refused>(&reply.content);
    if (reply.id == m_helloId) {
        if (const auto* const answer = std::get_if<Connected>(&reply.content))
            greeted(*answer);
        else if (refusal != nullptr)
            end(refusal->code, QString::fromStdString(refusal->text), mayComeBack(*refusal));
        return;
    }
    const auto entry = m_pending.extract(reply.id);
    if (entry.empty() || !m_channels.contains(entry.mapped()))
        return;
    if (refusal != nullptr && refusal->code != alreadySubscribed)
        fail(entry.mapped(), refusal->code, refusal->text);
    else
        confirm(entry.mapped());
}

void CentrifugoWatcher::greeted(const Connected& answer)
{
    m_attempt.stop();
    m_stable.start(m_options.times.stable);
    m_wantsPong = answer.wantsPong;
    if (answer.ping.count() > 0)
        m_silence.start(answer.ping + m_options.times.silence);
    m_state = State::Connected;
    const QPointer<PusherSocket> socket{m_socket.get()};
    const QPointer<CentrifugoWatcher> self{this};
    Q_EMIT connected(answer);
    if (!self || !socket || m_socket.get() != socket)
        return;
    // A copy: whoever hears of a success may subscribe to more.
    const auto channels = m_channels;
    for (const auto& [name, progress] : channels) {
        if (progress == Progress::Wanted && std::ranges::find(answer.channels, name) == answer.channels.end())
            sendSubscribe(name);
    }
    for (const std::string& name : answer.channels) {
        if (self && m_socket.get() == socket)
            confirm(name);
    }
}

/// The server may also subscribe channels that nobody asked for here; those stay its own affair.
void CentrifugoWatcher::confirm(const std::string& channel)
{
    if (const auto it = m_channels.find(channel); it != m_channels.end())
        it->second = Progress::Subscribed;
    Q_EMIT subscribed(QString::fromStdString(channel));
}

void CentrifugoWatcher::fail(const std::string& channel, int code, const std::string& reason)
{
    m_channels[channel] = Progress::Failed;
    Q_EMIT subscriptionFailed(QString::fromStdString(channel), code, QString::fromStdString(reason));
}

/// From code 2500 on the client is to subscribe again.
void CentrifugoWatcher::unsubscribedByServer(const centrifugo::Unsubscribed& fact)
{
    constexpr int firstToComeBack = 2500;
    if (!m_channels.contains(fact.channel))
        return;
    if (fact.code < firstToComeBack)
        fail(fact.channel, fact.code, fact.reason);
    else
        sendSubscribe(fact.channel);
}

void CentrifugoWatcher::subscribe(const std::string& channel)
{
    Progress& progress = m_channels[channel];
    if (progress == Progress::Failed)
        progress = Progress::Wanted;
    if (m_state == State::Connected && progress == Progress::Wanted)
        sendSubscribe(channel);
}

void CentrifugoWatcher::unsubscribe(const std::string& channel)
{
    const auto entry = m_channels.extract(channel);
    std::erase_if(m_pending, [&](const auto& pending) { return pending.second == channel; });
    const bool isKnownToServer =
        !entry.empty() && (entry.mapped() == Progress::Subscribed || entry.mapped() == Progress::Pending);
    if (m_state == State::Connected && isKnownToServer)
        command("unsubscribe", "{\"channel\":" + json::toString(channel) + "}");
}

void CentrifugoWatcher::sendSubscribe(const std::string& channel)
{
    m_channels[channel] = Progress::Pending;
    m_pending[command("subscribe", "{\"channel\":" + json::toString(channel) + "}")] = channel;
}

std::uint64_t CentrifugoWatcher::command(const std::string& method, const std::string& content)
{
    ++m_lastId;
    m_socket->send("{\"" + method + "\":" + content + ",\"id\":" + std::to_string(m_lastId) + "}");
    return m_lastId;
}

} // namespace castdeck::remote
