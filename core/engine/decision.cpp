#include "core/engine/decision.h"

#include "core/base/ascii.h"

namespace castdeck::engine {

namespace {

/// A page can ask for anything, and the log keeps thousands of its questions.
std::string cut(std::string_view text)
{
    constexpr std::size_t longest = 256;
    const std::string_view kept = leading(text, longest);
    return isValidUtf8(kept) ? std::string{kept} : std::string{"(not valid UTF-8)"};
}

} // namespace

Decision decisionOf(const auth::RequestSummary& request, const auth::AuthorizationStatus& status, WallTime at)
{
    Decision decision;
    decision.at = at;
    decision.appId = request.appId;
    if (status.topics && !status.topics->empty())
        decision.channel = cut(status.topics->front());
    decision.socketId = cut(request.socketId);
    decision.remoteIp = request.remoteIp;
    decision.method = cut(request.method);
    decision.path = cut(request.path);
    if (status.actor) {
        decision.actorId = cut(status.actor->id);
        decision.actorName = cut(status.actor->name);
    }
    if (status.identitySource)
        decision.identitySource = auth::toText(*status.identitySource);
    decision.reason = auth::toText(status.reason);
    decision.rule = status.rule;
    decision.ruleIndex = status.ruleIndex;
    decision.isAllowed = status.allowed;
    decision.httpStatus = status.response ? status.response->status : auth::httpStatusOf(status.reason);
    decision.explanation = status.explanation;
    return decision;
}

Event eventOf(const Decision& decision)
{
    Event event;
    event.kind = decision.isAllowed ? EventKind::AuthAllowed : EventKind::AuthDenied;
    event.appId = decision.appId;
    event.channel = decision.channel;
    event.socketId = decision.socketId;
    event.userId = decision.actorId;
    event.detail = decision.explanation;
    event.code = decision.httpStatus;
    return event;
}

} // namespace castdeck::engine
