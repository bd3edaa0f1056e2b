#pragma once

#include "core/auth/identity.h"
#include "core/auth/rule_set.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::auth {

/// What happens when no rule matches.
enum class Policy {
    Open,   ///< Private channels are everybody's, presence channels every known actor's.
    Closed, ///< Only public channels.
    Strict, ///< Nothing.
};

/// "open"
std::string_view toText(Policy policy);

struct GuardSettings {
    Policy policy = Policy::Open;
    bool trustsActorHeader = false;   ///< X-Actor-Id, from loopback.
    std::optional<Condition> connect; ///< Asked once for each WebSocket connection.
    std::size_t maxChannelCharacters = pusher::ChannelName::defaultMaxCharacters;
};

/// What observers may know of a request: nothing that could be a secret.
struct RequestSummary {
    std::vector<std::string> channels; ///< As asked for: possibly no valid names, nor valid UTF-8.
    std::string socketId;              ///< Empty for none; as asked for, too.
    std::string remoteIp;
    std::string method;
    std::string path;
    std::string appId; ///< Empty for none.

    static RequestSummary of(const AuthorizationRequest& request);
};

/// Learns of every decision before the answer leaves. May be called from several threads at once; what it throws is
/// ignored.
using Observer = std::function<void(const RequestSummary& request, const AuthorizationStatus& status)>;

/// Decides who may use which channel.
///
/// Thread: any; nothing changes after construction, so workers share one as shared_ptr<const Guard>.
class Guard {
public:
    static constexpr std::size_t maxChannelsAtOnce = 100;
    /// Source: Pusher docs, "Presence channels": the limit of one member's data.
    static constexpr std::size_t maxMemberBytes = 1'024;

    Guard(RuleSet rules, ActorDirectory actors, GuardSettings settings, std::vector<Observer> observers = {});

    /// Whether the channels of the request may be used: all of them, or the first that may not decides.
    AuthorizationStatus decide(const AuthorizationRequest& request) const;
    /// Who the request comes from, for pusher:signin; the attribute `user_data` says it.
    AuthorizationStatus decideUser(const AuthorizationRequest& request) const;
    /// Whether a WebSocket connection may be opened.
    AuthorizationStatus decideConnection(const AuthorizationRequest& request) const;

    /// Tells the observers of a decision that was made elsewhere: CSRF, forwarding.
    void announce(const AuthorizationRequest& request, const AuthorizationStatus& status) const;

    const RuleSet& rules() const noexcept { return m_rules; }
    const ActorDirectory& actors() const noexcept { return m_actors; }
    const GuardSettings& settings() const noexcept { return m_settings; }

private:
    AuthorizationStatus checked(const AuthorizationRequest& request) const;
    AuthorizationStatus decideChannel(const AuthorizationRequest& request, const std::string& channel) const;
    AuthorizationStatus byPolicy(const std::string& channel, const Identity& identity) const;

    ActorDirectory m_actors; // First, since its hash is aligned to 64 bytes.
    std::vector<Observer> m_observers;
    RuleSet m_rules;
    GuardSettings m_settings;
};

} // namespace castdeck::auth
