#include "core/hub/channel.h"

#include <algorithm>

namespace castdeck::hub {

namespace {

constexpr std::size_t unthrottledSubscribers = 100;
constexpr std::chrono::seconds countInterval{5};

} // namespace

const Channel::Subscriber* Channel::find(pusher::SocketId socket) const
{
    const auto it = m_subscribers.find(socket);
    return it == m_subscribers.end() ? nullptr : &it->second;
}

void Channel::add(pusher::SocketId socket, Subscriber subscriber)
{
    Shard* const shard = subscriber.shard;
    m_subscribers.emplace(socket, std::move(subscriber));
    const auto it = std::ranges::find(m_shards, shard, &std::pair<Shard*, std::size_t>::first);
    if (it == m_shards.end())
        m_shards.emplace_back(shard, 1);
    else
        ++it->second;
    shard->post({.kind = Action::Kind::Join, .client = socket.value(), .channel = m_id});
}

void Channel::remove(pusher::SocketId socket)
{
    const auto subscriber = m_subscribers.find(socket);
    if (subscriber == m_subscribers.end())
        return;
    Shard* const shard = subscriber->second.shard;
    const auto it = std::ranges::find(m_shards, shard, &std::pair<Shard*, std::size_t>::first);
    if (--it->second == 0)
        m_shards.erase(it);
    m_subscribers.erase(subscriber);
    shard->post({.kind = Action::Kind::Leave, .client = socket.value(), .channel = m_id});
}

void Channel::fanOut(const SharedFrame& frame, std::uint64_t except, const std::shared_ptr<DeliveryTrace>& trace) const
{
    for (const auto& [shard, count] : m_shards)
        shard->post({.kind = Action::Kind::FanOut, .client = except, .channel = m_id, .frame = frame, .trace = trace});
}

bool Channel::takeCountTurn(SteadyTime now)
{
    m_isCountDue = size() > unthrottledSubscribers && now - m_countSentAt < countInterval;
    if (m_isCountDue)
        return false;
    m_countSentAt = now;
    return true;
}

bool Channel::countIsDue(SteadyTime now) const
{
    return m_isCountDue && now - m_countSentAt >= countInterval;
}

} // namespace castdeck::hub
