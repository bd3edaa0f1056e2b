#include "core/auth/guard.h"

#include "core/auth/objection.h"
#include "core/auth/rule_decision.h"
#include "core/base/json.h"

namespace castdeck::auth {

namespace {

void setIdentity(AuthorizationStatus& status, const Identity& identity)
{
    status.actor = identity.actor;
    status.identitySource = identity.source;
    if (!identity.actor && identity.hasUnknownToken)
        status.explanation += "; the bearer token is nobody's, so the request counts as anonymous";
}

} // namespace

std::string_view toText(Policy policy)
{
    switch (policy) {
    case Policy::Open: return "open";
    case Policy::Closed: return "closed";
    case Policy::Strict: return "strict";
    }
    return "strict";
}

RequestSummary RequestSummary::of(const AuthorizationRequest& request)
{
    return {request.channels, request.socketId.value_or(""), request.remoteIp, request.method, request.path,
            request.appId};
}

Guard::Guard(RuleSet rules, ActorDirectory actors, GuardSettings settings, std::vector<Observer> observers)
    : m_actors{std::move(actors)}
    , m_observers{std::move(observers)}
    , m_rules{std::move(rules)}
    , m_settings{std::move(settings)}
{
}

AuthorizationStatus Guard::decide(const AuthorizationRequest& request) const
{
    AuthorizationStatus status = checked(request);
    announce(request, status);
    return status;
}

AuthorizationStatus Guard::checked(const AuthorizationRequest& request) const
{
    if (auto wrong = objectionTo(request)) {
        wrong->topics.emplace(request.channels.begin(), request.channels.begin() + (request.channels.empty() ? 0 : 1));
        return std::move(*wrong);
    }
    std::optional<AuthorizationStatus> first;
    for (const std::string& channel : request.channels) {
        AuthorizationStatus status = request.channels.size() > maxChannelsAtOnce
                                         ? badChannel("more than 100 channels at once")
                                         : decideChannel(request, channel);
        if (!status.allowed || !first)
            status.topics = {channel};
        if (!status.allowed)
            return status;
        if (!first)
            first = std::move(status);
    }
    if (!first)
        first = AuthorizationStatus::of(Reason::MissingChannel, "refused: the request names no channel");
    first->topics = request.channels;
    return std::move(*first);
}

AuthorizationStatus Guard::decideChannel(const AuthorizationRequest& request, const std::string& channel) const
{
    if (auto wrong = objectionToName(request, channel, m_settings.maxChannelCharacters))
        return std::move(*wrong);
    auto match = m_rules.find(channel);
    const Rule* const rule = match ? &m_rules.rules()[match->index] : nullptr;
    const Identity identity = identify(request, m_actors, m_settings.trustsActorHeader,
                                       rule != nullptr ? rule->guards : std::vector<IdentitySource>{});
    const Actor* const actor = identity.actor.get();
    AuthorizationStatus status =
        match ? decideByRule(m_rules, std::move(*match), request, channel, actor) : byPolicy(channel, identity);
    if (status.allowed && kindOf(channel) == Kind::Presence && actor == nullptr) {
        status.allowed = false;
        status.reason = Reason::NoActor;
        status.attributes.clear();
        status.response.reset();
        status.explanation = "refused: " + channel + " lists its members, and the request is anonymous";
    }
    if (status.allowed)
        addMemberData(status, rule, Subject{request, channel, status.params, actor});
    setIdentity(status, identity);
    return status;
}

AuthorizationStatus Guard::byPolicy(const std::string& channel, const Identity& identity) const
{
    const Kind kind = kindOf(channel);
    const std::string policy = "the policy \"" + std::string{toText(m_settings.policy)} + "\"";
    const std::string because = ": no rule matches " + channel;
    if (kind == Kind::Public && m_settings.policy != Policy::Strict)
        return AuthorizationStatus::of(Reason::PublicChannel, "allowed" + because + ", which is public");
    if (kind == Kind::Presence && !identity.actor) // The same under every policy.
        return AuthorizationStatus::of(Reason::NoActor,
                                       "refused: " + channel + " lists its members, and the request is anonymous");
    if (m_settings.policy == Policy::Open)
        return AuthorizationStatus::of(Reason::PolicyOpen, "allowed by " + policy + because);
    return AuthorizationStatus::of(Reason::PolicyClosed, "refused by " + policy + because);
}

AuthorizationStatus Guard::decideUser(const AuthorizationRequest& request) const
{
    auto status = objectionTo(request);
    if (!status && !request.socketId)
        status = AuthorizationStatus::of(Reason::BadSocketId, "refused: socket_id is missing");
    if (!status) {
        const Identity identity = identify(request, m_actors, m_settings.trustsActorHeader);
        status = identity.actor ? AuthorizationStatus::of(Reason::UserKnown, "allowed: the sender is known")
                                : AuthorizationStatus::of(Reason::NoActor, "refused: the request is anonymous");
        if (identity.actor)
            status->attributes["user_data"] = "{\"id\":" + json::toString(identity.actor->id) +
                                              ",\"user_info\":{\"name\":" + json::toString(identity.actor->name) + "}}";
        setIdentity(*status, identity);
    }
    status->topics.emplace();
    announce(request, *status);
    return std::move(*status);
}

AuthorizationStatus Guard::decideConnection(const AuthorizationRequest& request) const
{
    if (!m_settings.connect)
        return AuthorizationStatus::noGuard();
    const Identity identity = identify(request, m_actors, m_settings.trustsActorHeader);
    const Parameters none;
    AuthorizationStatus status = decideByCondition(
        *m_settings.connect, Subject{request, {}, none, identity.actor.get()}, "the rule for connections");
    setIdentity(status, identity);
    status.topics.emplace();
    announce(request, status);
    return status;
}

void Guard::announce(const AuthorizationRequest& request, const AuthorizationStatus& status) const
{
    if (m_observers.empty())
        return;
    const RequestSummary summary = RequestSummary::of(request);
    for (const Observer& observer : m_observers) {
        try {
            observer(summary, status);
        } catch (...) { // NOLINT(bugprone-empty-catch): a failing log must not change who gets in.
        }
    }
}

} // namespace castdeck::auth
