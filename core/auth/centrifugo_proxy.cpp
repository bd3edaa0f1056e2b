#include "core/auth/centrifugo_proxy.h"

#include "core/base/json.h"

#include <string>
#include <string_view>
#include <utility>

namespace castdeck::auth {

namespace {

constexpr std::string_view connectPath = "/centrifugo/connect";
constexpr std::string_view subscribePath = "/centrifugo/subscribe";

// Codes of an application: errors 400-1999; disconnects 4500-4999 keep the client away, with a reason of at most 32
// ASCII characters.
constexpr std::string_view unauthorized = R"({"disconnect":{"code":4500,"reason":"unauthorized"}})";
constexpr std::string_view permissionDenied = R"({"error":{"code":403,"message":"permission denied"}})";
constexpr std::string_view badRequest = R"({"error":{"code":400,"message":"bad request"}})";

http::Response verdict(std::string_view body)
{
    http::Response response;
    response.body = body;
    response.headers = {{"Cache-Control", "no-store"}};
    return response;
}

http::Response methodNotAllowed()
{
    http::Response response;
    response.status = 405;
    response.body = R"({"error":"Method Not Allowed"})";
    response.headers = {{"Allow", "POST"}};
    return response;
}

/// The text under `name`: empty when it is absent, nothing when it is something else.
std::optional<std::string> textIn(const json::Value& question, std::string_view name)
{
    const auto value = question.find(name);
    if (!value)
        return std::string{};
    return value->is(json::Kind::String) ? std::optional{value->text()} : std::nullopt;
}

std::string connectAnswer(const AuthorizationStatus& status)
{
    if (!status.allowed)
        return std::string{unauthorized};
    return R"({"result":{"user":)" + json::toString(status.actor ? status.actor->id : "") + "}}";
}

std::string subscribeAnswer(const AuthorizationStatus& status)
{
    if (!status.allowed)
        return std::string{permissionDenied};
    const auto info = status.attributes.find("user_info");
    return info == status.attributes.end() ? R"({"result":{}})" : R"({"result":{"info":)" + info->second + "}}";
}

} // namespace

CentrifugoProxy::CentrifugoProxy(std::shared_ptr<const Guard> guard, const SessionStore& sessions,
                                 const AuthorizationConfig& config, Reach reach)
    : m_guard{std::move(guard)}
    , m_sessions{sessions}
    , m_isServed{reach == Reach::Loopback || config.isExposed}
{
}

std::optional<http::Response> CentrifugoProxy::handle(const http::Request& request) const
{
    if (!m_isServed || (request.path != connectPath && request.path != subscribePath))
        return std::nullopt;
    if (request.method != "POST")
        return methodNotAllowed();
    return answer(request);
}

http::Response CentrifugoProxy::answer(const http::Request& request) const
{
    if (request.body.size() > maxBodyBytes)
        return verdict(badRequest);
    const auto body = json::Value::parse(request.body);
    if (!body || !body->is(json::Kind::Object))
        return verdict(badRequest);
    AuthorizationRequest question = questionIn(request);
    if (request.path == connectPath)
        return verdict(connectAnswer(decideConnection(question)));
    const auto user = textIn(*body, "user");
    auto channel = textIn(*body, "channel");
    if (!user || !channel)
        return verdict(badRequest);
    if (m_guard->actors().byId(*user))
        question.signedInUserId = *user;
    if (!channel->empty())
        question.channels.push_back(std::move(*channel));
    return verdict(subscribeAnswer(m_guard->decide(question)));
}

AuthorizationRequest CentrifugoProxy::questionIn(const http::Request& request) const
{
    AuthorizationRequest question = AuthorizationRequest::from(request);
    // Centrifugo's question has other fields for these, and its clients are no sockets of ours.
    question.channels.clear();
    question.socketId.reset();
    question.ambiguousField.clear();
    question.nameRule = NameRule::Centrifugo;
    if (auto session = m_sessions.find(request.headers); session && !session->actorId.empty())
        question.sessionActorId = std::move(session->actorId);
    return question;
}

/// As for a connection to this server, and where the policy is `closed`, only of known actors.
AuthorizationStatus CentrifugoProxy::decideConnection(const AuthorizationRequest& question) const
{
    const GuardSettings& settings = m_guard->settings();
    Identity identity = identify(question, m_guard->actors(), settings.trustsActorHeader);
    const bool isKnown = identity.actor != nullptr;
    if (settings.connect && (isKnown || settings.policy != Policy::Closed))
        return m_guard->decideConnection(question);
    AuthorizationStatus status = AuthorizationStatus::noGuard();
    if (isKnown)
        status = AuthorizationStatus::of(Reason::UserKnown, "allowed: the sender is known");
    else if (settings.policy == Policy::Closed)
        status =
            AuthorizationStatus::of(Reason::PolicyClosed, R"(refused by the policy "closed": nobody known connects)");
    status.actor = std::move(identity.actor);
    status.identitySource = identity.source;
    m_guard->announce(question, status);
    return status;
}

} // namespace castdeck::auth
