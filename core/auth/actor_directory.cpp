#include "core/auth/actor_directory.h"

#include <utility>

namespace castdeck::auth {

ActorDirectory::ActorDirectory(std::vector<Actor> actors) : m_hash{randomHex(32)}
{
    for (Actor& actor : actors) {
        const std::string token = std::exchange(actor.token, {});
        const auto shared = std::make_shared<const Actor>(std::move(actor));
        m_actors.push_back(shared);
        m_byId.emplace(shared->id, shared);
        if (!token.empty())
            m_byTokenDigest.emplace(m_hash.hex(token), shared);
    }
}

std::shared_ptr<const Actor> ActorDirectory::byId(const std::string& id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

std::shared_ptr<const Actor> ActorDirectory::byToken(std::string_view token) const
{
    const auto found = m_byTokenDigest.find(m_hash.hex(token));
    return found == m_byTokenDigest.end() ? nullptr : found->second;
}

} // namespace castdeck::auth
