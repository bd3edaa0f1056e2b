#include "app/cli/listen_centrifugo.h"

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/json.h"
#include "core/remote/centrifugo_token.h"

#include <optional>
#include <utility>

namespace castdeck::cli {

namespace {

namespace centrifugo = remote::centrifugo;

constexpr int tokenExpired = 109;
constexpr int maxDepth = 512;
constexpr std::chrono::hours tokenLifetime{1}; ///< The client asks for another when it has expired.

remote::CentrifugoWatcherOptions clientOptions(const CentrifugoAccess& access, const std::string& actor,
                                               const Target& target)
{
    std::function<std::string()> token;
    if (!access.token.empty())
        token = [token = access.token] { return token; };
    else if (!access.tokenSecret.empty())
        token = [secret = access.tokenSecret, actor] {
            return centrifugo::makeToken(secret, {.user = actor,
                                                  .expires = std::chrono::system_clock::now() + tokenLifetime,
                                                  .info = "{\"name\":" + json::toString(actor) + "}"});
        };
    return {.url = remote::CentrifugoWatcher::socketUrl(QUrl{QString::fromStdString(access.url)}),
            .token = std::move(token),
            .trusted = target.trusted};
}

/// What our driver sends for a named event: {"event":…,"data":…} and nothing else.
std::optional<HeardEvent> fromEnvelope(const std::string& data)
{
    const auto document = json::Value::parse(data, maxDepth);
    if (!document || !document->is(json::Kind::Object) || document->members().size() != 2)
        return std::nullopt;
    const auto event = document->find("event");
    const auto content = document->find("data");
    if (!event || !event->is(json::Kind::String) || !content)
        return std::nullopt;
    return HeardEvent{.channel = {}, .event = event->text(), .userId = {}, .data = std::string{content->raw()}};
}

/// One connection of a member as the Pusher protocol tells of members, so that one reader understands both.
HeardEvent memberEvent(const char* event, const std::string& channel, const centrifugo::ClientInfo& who)
{
    const std::string& info = who.connectionInfo.empty() ? who.channelInfo : who.connectionInfo;
    return {.channel = channel,
            .event = event,
            .userId = {},
            .data = "{\"user_id\":" + json::toString(who.user) + (info.empty() ? "" : ",\"user_info\":" + info) +
                    ",\"client\":" + json::toString(who.client) + "}",
            .isOfProtocol = true};
}

} // namespace

bool readAccess(const Target& target, CentrifugoAccess& access)
{
    const broadcast::Options none;
    const broadcast::Options* const options = target.options();
    broadcast::OptionReader reader{options != nullptr ? *options : none};
    access.url = reader.text({"url"}, "http://127.0.0.1:8000");
    access.tokenSecret = reader.text({"token_secret"});
    access.token = reader.text({"token"});
    if (reader.hasFailed())
        say("connection \"" + visible(target.name) + "\" cannot be used: " + visible(reader.error().detail));
    return !reader.hasFailed();
}

CentrifugoListener::CentrifugoListener(const Target& target, CentrifugoAccess access, ListenOptions options,
                                       std::function<void(int)> finish)
    : m_options{std::move(options)}
    , m_access{std::move(access)}
    , m_connection{"connection \"" + visible(target.name) + "\""}
    , m_finish{std::move(finish)}
    , m_output{m_options}
    , m_client{clientOptions(m_access, m_options.actor, target)}
{
    connectSignals();
    m_timeout.setTimerType(Qt::PreciseTimer); // A coarse one may fire early.
    if (m_options.timeoutSeconds)
        m_timeout.start(std::chrono::milliseconds{static_cast<std::int64_t>(*m_options.timeoutSeconds * 1'000)});
    for (const std::string& channel : m_options.channels)
        m_client.subscribe(channel);
    m_client.connectToServer();
}

void CentrifugoListener::connectSignals()
{
    using remote::CentrifugoWatcher;
    const auto tellMember = [this](const char* event) {
        return [this, event](const QString& channel, const centrifugo::ClientInfo& who) {
            print(memberEvent(event, channel.toStdString(), who));
        };
    };
    connect(&m_client, &CentrifugoWatcher::published, this, &CentrifugoListener::publish);
    connect(&m_client, &CentrifugoWatcher::joined, this, tellMember("pusher_internal:member_added"));
    connect(&m_client, &CentrifugoWatcher::left, this, tellMember("pusher_internal:member_removed"));
    connect(&m_client, &CentrifugoWatcher::connectionLost, this, &CentrifugoListener::lost);
    connect(&m_client, &CentrifugoWatcher::subscriptionFailed, this, &CentrifugoListener::refused);
    connect(&m_client, &CentrifugoWatcher::subscribed, this,
            [](const QString& channel) { say("subscribed to " + visible(channel.toStdString())); });
    connect(&m_timeout, &QTimer::timeout, this, &CentrifugoListener::timeIsUp);
}

/// A publication without a name is called as the driver `pusher` calls a raw message.
void CentrifugoListener::publish(const centrifugo::Publication& publication)
{
    HeardEvent event =
        fromEnvelope(publication.data)
            .value_or(HeardEvent{.channel = {}, .event = "message", .userId = {}, .data = publication.data});
    event.channel = publication.channel;
    if (publication.publisher)
        event.userId = publication.publisher->user;
    print(event);
}

void CentrifugoListener::print(const HeardEvent& event)
{
    if (m_isDone)
        return;
    if (const auto exitCode = m_output.print(event))
        end(*exitCode);
}

void CentrifugoListener::lost(int code, const QString& reason, bool willRetry)
{
    if (m_isDone)
        return;
    const bool isForGood = !willRetry || (code == tokenExpired && !m_access.token.empty());
    const std::string text = reason.isEmpty() ? "the connection ended" : visible(reason.toStdString());
    say(m_connection + ": " + text + " (" + std::to_string(code) + ")" +
        (isForGood ? "; the server refuses this client for good" : "; trying again"));
    if (!isForGood)
        return;
    say(advice());
    end(exitFailed);
}

std::string CentrifugoListener::advice() const
{
    if (!m_access.token.empty())
        return "the server does not take the token of " + m_connection + "; it may have expired";
    if (!m_access.tokenSecret.empty())
        return "token_secret of " + m_connection + " must be the server's client.token.hmac_secret_key";
    return "the server lets nobody in without a token: give " + m_connection +
           " the option token_secret (the server's client.token.hmac_secret_key) or token";
}

void CentrifugoListener::refused(const QString& channel, int code, const QString& reason)
{
    if (m_isDone)
        return;
    say("cannot subscribe to " + visible(channel.toStdString()) + ": " + visible(reason.toStdString()) + " (" +
        std::to_string(code) + ")");
    end(exitFailed);
}

void CentrifugoListener::timeIsUp()
{
    end(m_output.endOfTime(m_client.state() == remote::CentrifugoWatcher::State::Connected));
}

void CentrifugoListener::end(int exitCode)
{
    m_isDone = true;
    m_timeout.stop();
    m_client.disconnectFromServer();
    m_finish(exitCode);
}

} // namespace castdeck::cli
