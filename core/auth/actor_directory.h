#pragma once

#include "core/auth/actor.h"
#include "core/base/crypto.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace castdeck::auth {

/// The actors that are known, by id and by token. It keeps digests in place of the tokens, so no actor that it gives
/// carries one into a log.
///
/// Thread: any; nothing changes after construction.
class ActorDirectory {
public:
    explicit ActorDirectory(std::vector<Actor> actors = {});

    /// Null when there is none. Of two actors with one id or token the first counts.
    std::shared_ptr<const Actor> byId(const std::string& id) const;
    /// Takes the same time whatever part of the token is right, and however many actors there are.
    std::shared_ptr<const Actor> byToken(std::string_view token) const;

    const std::vector<std::shared_ptr<const Actor>>& actors() const noexcept { return m_actors; }

private:
    std::vector<std::shared_ptr<const Actor>> m_actors;
    std::unordered_map<std::string, std::shared_ptr<const Actor>> m_byId;
    HmacSha256 m_hash; ///< With a key of its own, so that nobody outside can choose digests.
    std::unordered_map<std::string, std::shared_ptr<const Actor>> m_byTokenDigest;
};

} // namespace castdeck::auth
