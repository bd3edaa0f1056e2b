#include "core/hub/shard.h"

#include <cassert>

namespace castdeck::hub {

namespace {

constexpr std::size_t deliveriesPerTurn = 65'536;

std::size_t bytesOf(const Action& action)
{
    return sizeof action + (action.frame ? action.frame->wire().size() : 0);
}

} // namespace

void Shard::post(Action action)
{
    m_backlogBytes.fetch_add(bytesOf(action), std::memory_order_relaxed);
    bool wasEmpty = false;
    {
        const std::lock_guard lock{m_mutex};
        wasEmpty = m_inbox.empty();
        m_inbox.push_back(std::move(action));
    }
    if (wasEmpty)
        m_wake();
}

bool Shard::add(pusher::SocketId id, Connection& connection)
{
    return m_clients.try_emplace(id.value(), Client{&connection, {}}).second;
}

void Shard::remove(pusher::SocketId id)
{
    const auto it = m_clients.find(id.value());
    if (it == m_clients.end())
        return;
    for (const auto& [channel, position] : it->second.positions)
        removeAt(channel, position);
    m_clients.erase(it);
}

bool Shard::drain()
{
    std::size_t deliveries = 0;
    while (deliveries < deliveriesPerTurn) {
        if (m_next == m_work.size()) {
            m_work.clear();
            m_next = 0;
            const std::lock_guard lock{m_mutex};
            if (m_inbox.empty())
                return true;
            m_work.swap(m_inbox);
        }
        const Action& action = m_work[m_next++];
        m_backlogBytes.fetch_sub(bytesOf(action), std::memory_order_relaxed);
        deliveries += carryOut(action);
    }
    return false;
}

std::size_t Shard::carryOut(const Action& action)
{
    if (action.kind == Action::Kind::FanOut)
        return fanOut(action);
    const auto it = m_clients.find(action.client);
    if (it == m_clients.end())
        return 0; // It closed while the action was under way.
    Client& client = it->second;
    switch (action.kind) {
    case Action::Kind::Deliver: client.connection->send(LocalFrame{action.frame}); break;
    case Action::Kind::Join: join(client, action); break;
    case Action::Kind::Leave: leave(client, action.channel); break;
    case Action::Kind::Close:
        if (action.frame)
            client.connection->send(LocalFrame{action.frame});
        client.connection->close(action.code, action.reason);
        break;
    case Action::Kind::FanOut: break;
    }
    return 1;
}

std::size_t Shard::fanOut(const Action& action)
{
    const auto it = m_listeners.find(action.channel);
    if (it == m_listeners.end())
        return 0;
    if (action.trace) {
        fanOutTraced(action, it->second);
        return it->second.size();
    }
    const LocalFrame frame{action.frame};
    for (const Listener& listener : it->second) {
        if (listener.client != action.client)
            listener.connection->send(frame);
    }
    return it->second.size();
}

void Shard::fanOutTraced(const Action& action, const std::vector<Listener>& listeners)
{
    const LocalFrame frame{action.frame};
    for (const Listener& listener : listeners) {
        if (listener.client == action.client)
            continue;
        const std::size_t waitsBehind = listener.connection->queuedBytes();
        listener.connection->send(frame);
        action.trace->note(listener.client, waitsBehind);
    }
}

void Shard::join(Client& client, const Action& action)
{
    auto& listeners = m_listeners[action.channel];
    const bool isFirst = client.positions.emplace(action.channel, listeners.size()).second;
    assert(isFirst);
    if (isFirst)
        listeners.push_back({client.connection, action.client});
}

void Shard::leave(Client& client, ChannelId channel)
{
    const auto it = client.positions.find(channel);
    if (it == client.positions.end())
        return;
    removeAt(channel, it->second);
    client.positions.erase(it);
}

void Shard::removeAt(ChannelId channel, std::size_t position)
{
    const auto it = m_listeners.find(channel);
    auto& listeners = it->second;
    const Listener last = listeners.back();
    listeners[position] = last;
    m_clients.at(last.client).positions[channel] = position;
    listeners.pop_back();
    if (listeners.empty())
        m_listeners.erase(it);
}

} // namespace castdeck::hub
