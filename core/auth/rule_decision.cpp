#include "core/auth/rule_decision.h"

#include "core/auth/explanation.h"
#include "core/auth/guard.h"
#include "core/base/ascii.h"
#include "core/base/json.h"

namespace castdeck::auth {

namespace {

std::string nameOf(const RuleSet::Match& match, const Rule& rule)
{
    return "rule " + std::to_string(match.index + 1) + " " + quotedForPeople(rule.pattern.text());
}

/// Takes over what a function may decide, and no more.
AuthorizationStatus fromAnswer(const RuleAnswer& answer, const std::string& decider)
{
    const auto* const own = std::get_if<AuthorizationStatus>(&answer);
    const bool allowed = own != nullptr ? own->allowed : std::get<bool>(answer);
    AuthorizationStatus status = allowed ? AuthorizationStatus::of(Reason::RuleAllowed, "allowed by " + decider)
                                         : AuthorizationStatus::of(Reason::RuleRefused, "refused by " + decider);
    if (own != nullptr) {
        status.attributes = own->attributes;
        status.response = own->response;
        if (!own->explanation.empty() && isValidUtf8(own->explanation))
            status.explanation += ": " + own->explanation;
    } else if (!allowed) {
        status.explanation += ": its function said no";
    }
    return status;
}

AuthorizationStatus decideByFunction(const RuleFunction& function, const Subject& subject, const std::string& decider)
{
    // What was thrown stays untold: its text may hold anything.
    try {
        return fromAnswer(function(subject.request, subject.parameters, subject.actor), decider);
    } catch (...) {
        return AuthorizationStatus::of(Reason::RuleError, "refused because the function of " + decider + " failed");
    }
}

bool isJsonObject(const std::string& text)
{
    const auto value = json::Value::parse(text);
    return value && value->is(json::Kind::Object);
}

std::string userInfoOf(const AuthorizationStatus& status, const Rule* rule, const Subject& subject)
{
    if (const auto own = status.attributes.find("user_info"); own != status.attributes.end())
        return own->second;
    if (rule != nullptr && rule->member)
        return rule->member->filled(subject);
    return "{\"name\":" + json::toString(subject.actor->name) + "}";
}

void fail(AuthorizationStatus& status, const std::string& why)
{
    status.allowed = false;
    status.reason = Reason::RuleError;
    status.attributes.clear();
    status.explanation = "refused: " + why;
}

} // namespace

AuthorizationStatus decideByCondition(const Condition& condition, const Subject& subject, const std::string& decider)
{
    switch (condition.evaluate(subject)) {
    case Condition::Outcome::Yes: return AuthorizationStatus::of(Reason::RuleAllowed, "allowed by " + decider);
    case Condition::Outcome::No:
        return AuthorizationStatus::of(Reason::RuleRefused,
                                       "refused by " + decider + ": " + explainRefusal(condition, subject));
    case Condition::Outcome::Failed: break;
    }
    if (subject.request.isHandshakeUnknown)
        return AuthorizationStatus::of(Reason::RuleError,
                                       "refused because " + decider +
                                           " asks for something that was not kept when this client connected; it is "
                                           "known again once the client connects anew");
    return AuthorizationStatus::of(Reason::RuleError, "refused because a regular expression of " + decider +
                                                          " takes too many steps for this request");
}

AuthorizationStatus decideByRule(const RuleSet& rules, RuleSet::Match match, const AuthorizationRequest& request,
                                 const std::string& channel, const Actor* actor)
{
    const Rule& rule = rules.rules()[match.index];
    const Subject subject{request, channel, match.parameters, actor};
    const std::string decider = nameOf(match, rule);
    AuthorizationStatus status;
    if (match.isUndecided)
        status = AuthorizationStatus::of(Reason::RuleError, "refused because the pattern of " + decider +
                                                                " takes too many steps for this channel");
    else if (const auto* const condition = std::get_if<Condition>(&rule.when))
        status = decideByCondition(*condition, subject, decider);
    else
        status = decideByFunction(std::get<RuleFunction>(rule.when), subject, decider);
    status.rule = rule.pattern.text();
    status.ruleIndex = match.index + 1;
    status.params = std::move(match.parameters);
    return status;
}

void addMemberData(AuthorizationStatus& status, const Rule* rule, const Subject& subject)
{
    const bool isPresence = kindOf(subject.channel) == Kind::Presence;
    if (subject.actor == nullptr || (!isPresence && (rule == nullptr || !rule->member)))
        return;
    const std::string userInfo = userInfoOf(status, rule, subject);
    const std::string channelData =
        "{\"user_id\":" + json::toString(subject.actor->id) + ",\"user_info\":" + userInfo + "}";
    if (channelData.size() > Guard::maxMemberBytes)
        return fail(status, "the member data has " + std::to_string(channelData.size()) + " bytes, at most " +
                                std::to_string(Guard::maxMemberBytes) + " are allowed");
    if (!isJsonObject(userInfo))
        return fail(status, "the member data is no JSON object in UTF-8");
    status.attributes["user_info"] = userInfo;
    if (isPresence)
        status.attributes["channel_data"] = channelData;
}

} // namespace castdeck::auth
