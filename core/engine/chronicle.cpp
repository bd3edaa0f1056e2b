#include "core/engine/chronicle.h"

#include "core/base/ascii.h"

namespace castdeck::engine {

std::string Chronicle::keyOf(std::string_view appId, std::string_view name)
{
    std::string key;
    key.reserve(appId.size() + 1 + name.size());
    return key.append(appId).append(1, '\n').append(name);
}

void Chronicle::note(const hub::Fact& fact, const Event& event)
{
    Happening happening{.kind = event.kind,
                        .at = event.at,
                        .channel = event.channel,
                        .event = event.event,
                        .socketId = event.socketId,
                        .userId = event.userId,
                        .exceptSocketId = std::string{fact.exceptSocketId},
                        .detail = event.detail,
                        .excerpt = {},
                        .payloadBytes = event.payload ? event.payload->size() : 0,
                        .code = event.code,
                        .receivers = event.receivers};
    if (event.payload)
        happening.excerpt = leading(*event.payload, excerptBytes);
    const std::lock_guard lock{m_mutex};
    if (!fact.socketId.empty())
        noteConnection(fact, happening);
    if (!fact.channel.empty())
        noteChannel(fact, std::move(happening));
}

void Chronicle::noteConnection(const hub::Fact& fact, const Happening& happening)
{
    const std::string key = keyOf(fact.appId, fact.socketId);
    if (fact.kind == hub::FactKind::Connection)
        m_connections.try_emplace(key);
    const auto it = m_connections.find(key);
    if (it == m_connections.end())
        return;
    if (fact.kind == hub::FactKind::Disconnection) {
        m_count -= it->second.happenings.size();
        m_connections.erase(it);
        return;
    }
    if (fact.kind == hub::FactKind::Subscribed)
        it->second.since.insert_or_assign(std::string{fact.channel}, happening.at);
    else if (fact.kind == hub::FactKind::Unsubscribed)
        it->second.since.erase(std::string{fact.channel});
    append(it->second.happenings, happening, maxOfConnection);
}

void Chronicle::noteChannel(const hub::Fact& fact, Happening happening)
{
    const std::string key = keyOf(fact.appId, fact.channel);
    if (fact.kind == hub::FactKind::Occupied)
        m_channels.try_emplace(key);
    const auto it = m_channels.find(key);
    if (it == m_channels.end())
        return; // Nobody is there, and nobody can look.
    if (fact.kind == hub::FactKind::Vacated) {
        m_count -= it->second.size();
        m_channels.erase(it);
        return;
    }
    append(it->second, std::move(happening), maxOfChannel);
}

void Chronicle::append(Happenings& happenings, Happening happening, std::size_t most)
{
    if (happenings.size() >= most || (m_count >= maxInAll && !happenings.empty())) {
        happenings.pop_front();
        --m_count;
    }
    if (m_count >= maxInAll)
        return;
    happenings.push_back(std::move(happening));
    ++m_count;
}

std::vector<Happening> Chronicle::ofConnection(const std::string& appId, const std::string& socketId) const
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_connections.find(keyOf(appId, socketId));
    if (it == m_connections.end())
        return {};
    return {it->second.happenings.begin(), it->second.happenings.end()};
}

std::vector<Happening> Chronicle::ofChannel(const std::string& appId, const std::string& channel) const
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_channels.find(keyOf(appId, channel));
    if (it == m_channels.end())
        return {};
    return {it->second.begin(), it->second.end()};
}

std::optional<WallTime> Chronicle::since(const std::string& appId, const std::string& socketId,
                                         const std::string& channel) const
{
    const std::lock_guard lock{m_mutex};
    const auto connection = m_connections.find(keyOf(appId, socketId));
    if (connection == m_connections.end())
        return std::nullopt;
    const auto it = connection->second.since.find(channel);
    return it == connection->second.since.end() ? std::nullopt : std::optional{it->second};
}

Chronicle::Since Chronicle::subscriptionsOf(const std::string& appId, const std::string& socketId) const
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_connections.find(keyOf(appId, socketId));
    return it == m_connections.end() ? Since{} : it->second.since;
}

} // namespace castdeck::engine
