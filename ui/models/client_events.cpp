#include "ui/models/client_events.h"

#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "ui/bridge/virtual_subscriber.h"
#include "ui/models/persona.h"
#include "ui/models/virtual_subscribers_model.h"
#include "ui/text/shown_text.h"

#include <utility>

namespace castdeck::ui {

namespace {

QString whoIs(const VirtualSubscriber& subscriber)
{
    return ClientEvents::tr("%1 (socket %2)").arg(nameOf(subscriber.persona()), toQt(subscriber.socketId()));
}

bool takesClientEvents(const std::string& channel)
{
    const auto name = pusher::ChannelName::parse(channel);
    return name && name->takesClientEvents();
}

} // namespace

ClientEvents::ClientEvents(const VirtualSubscribersModel& subscribers, Play play, QObject* parent)
    : QObject{parent}
    , m_subscribers{subscribers}
    , m_play{std::move(play)}
{
}

VirtualSubscriber* ClientEvents::memberOf(const std::string& appId, const std::string& channel) const
{
    for (int row = 0; row < m_subscribers.count(); ++row) {
        VirtualSubscriber* const each = m_subscribers.at(row);
        const auto found = each->channels().find(channel);
        const bool isMember =
            found != each->channels().end() && found->second.state == VirtualSubscriber::ChannelState::Subscribed;
        if (isMember && (appId.empty() || each->appId() == appId))
            return each;
    }
    return nullptr;
}

void ClientEvents::send(const std::string& appId, const Draft& draft)
{
    const std::string bytes = sentPayload(draft).bytes;
    m_waiting.clear(); // Whoever sends another message has given up on the last.
    for (const std::string& channel : channelNamesOf(draft)) {
        if (!takesClientEvents(channel)) {
            Q_EMIT told(tr("Not sent. Clients send on private and presence channels only, and %1 is none.")
                            .arg(shownText(channel, 64)),
                        true);
            continue;
        }
        Waiting event{.subscriber = memberOf(appId, channel),
                      .channel = channel,
                      .event = toStd(draft.event),
                      .json = draft.mode == PayloadMode::Json ? bytes : json::toString(bytes)};
        if (event.subscriber) {
            trigger(*event.subscriber, event);
            continue;
        }
        QString why;
        event.subscriber = m_play(appId, channel, why);
        if (!event.subscriber) {
            Q_EMIT told(tr("Not sent. %1").arg(why), true);
            continue;
        }
        Q_EMIT told(tr("Not sent yet: nobody here is in %1, so that %2 joins it.")
                        .arg(shownText(channel, 64), nameOf(event.subscriber->persona())),
                    false);
        connect(event.subscriber, &VirtualSubscriber::stateChanged, this, &ClientEvents::sendWaiting);
        m_waiting.push_back(std::move(event));
    }
}

void ClientEvents::sendWaiting()
{
    std::vector<Waiting> open;
    for (Waiting& each : std::exchange(m_waiting, {})) {
        if (!each.subscriber)
            continue; // Somebody disconnected it meanwhile.
        const auto& channels = each.subscriber->channels();
        const auto found = channels.find(each.channel);
        const bool isAnswered =
            found != channels.end() && found->second.state != VirtualSubscriber::ChannelState::Waiting;
        if (!isAnswered && each.subscriber->trouble().isEmpty()) {
            open.push_back(std::move(each));
            continue;
        }
        disconnect(each.subscriber, &VirtualSubscriber::stateChanged, this, nullptr);
        if (isAnswered && found->second.state == VirtualSubscriber::ChannelState::Subscribed)
            trigger(*each.subscriber, each);
        else
            Q_EMIT told(tr("Not sent. %1 could not join %2: %3")
                            .arg(nameOf(each.subscriber->persona()), shownText(each.channel, 64),
                                 isAnswered ? found->second.reason : each.subscriber->trouble()),
                        true);
    }
    m_waiting = std::move(open);
}

void ClientEvents::trigger(VirtualSubscriber& sender, const Waiting& event)
{
    const auto sent = sender.trigger(event.channel, event.event, event.json);
    if (sent)
        Q_EMIT told(
            tr("Sent by %1 on %2. Everybody else there gets it.").arg(whoIs(sender), shownText(event.channel, 64)),
            false);
    else
        Q_EMIT told(tr("Not sent. %1").arg(shownText(sent.error().detail, 300)), true);
}

} // namespace castdeck::ui
