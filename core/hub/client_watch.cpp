// What a client is watched for once a second: whether it is still there, whether it may stay, how much it says.

#include "core/hub/client.h"

#include "core/pusher/server_message.h"

namespace castdeck::hub {

using pusher::CloseCode;

namespace {

/// Ticks come every second; a longer gap means that the machine slept or the process was stopped.
constexpr std::chrono::seconds sleepGap{5};
constexpr std::chrono::seconds overRateAllowed{10};

} // namespace

void Client::noteActivity(SteadyTime now)
{
    m_lastActivity = now;
    m_pingedAt.reset();
}

void Client::tick(SteadyTime now)
{
    if (!m_socket || m_isClosing)
        return;
    checkLiveness(now);
    checkAuthorizationDeadline(now);
    checkMessageRate(now);
    m_lastTick = now;
}

void Client::checkLiveness(SteadyTime now)
{
    // After a sleep every client looks silent: ask all of them first, judge later.
    if (m_pingedAt && now - m_lastTick > sleepGap)
        m_pingedAt.reset();
    if (!m_pingedAt) {
        if (now - m_lastActivity < m_settings->config.activityTimeout)
            return;
        // Both forms: the Swift and .NET clients answer only the control frame, and a Java client that has nothing to
        // say answers neither event, but its WebSocket library answers the frame.
        m_pingedAt = now;
        static const SharedFrame ping = makeFrame(pusher::message::ping());
        m_connection.send(LocalFrame{ping});
        m_connection.ping();
    } else if (now - *m_pingedAt >= m_settings->config.pongTimeout) {
        m_isClosing = true;
        m_connection.close(CloseCode::PongNotReceived, "Pong reply not received in time");
    }
}

void Client::checkAuthorizationDeadline(SteadyTime now)
{
    const AppConfig& config = m_settings->config;
    if (!config.requiresAuthorizedConnections || m_isAuthorized || now - m_openedAt < config.authorizationDeadline)
        return;
    reject({CloseCode::Unauthorized, "The connection was not authorized in time"});
}

void Client::checkMessageRate(SteadyTime now)
{
    m_messages.refill(now);
    if (!m_isOverRate) {
        m_overRateSince.reset();
        return;
    }
    if (!m_overRateSince)
        m_overRateSince = now;
    if (now - *m_overRateSince >= overRateAllowed)
        return violation("Too many messages: at most 100 a second");
    m_isOverRate = m_messages.isEmpty();
    m_connection.setReading(!m_isOverRate);
}

} // namespace castdeck::hub
