#include "core/auth/demo_login.h"

#include "core/auth/cookies.h"
#include "core/base/json.h"

namespace castdeck::auth {

namespace {

constexpr std::string_view sessionPath = "/demo/session";
constexpr std::string_view loginPath = "/demo/login";
constexpr std::string_view logoutPath = "/demo/logout";

http::Response failed(int status, std::string body)
{
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

void addCookies(http::Response& response, const Session& session, std::chrono::seconds lifetime, bool isTls)
{
    response.headers.push_back(
        setCookie(SessionStore::cookieName, session.id, lifetime, CookieAudience::Server, isTls));
    response.headers.push_back(
        setCookie(Csrf::cookieName, session.csrfToken, lifetime, CookieAudience::Scripts, isTls));
}

} // namespace

DemoLogin::DemoLogin(std::shared_ptr<const Guard> guard, SessionStore& sessions, const CsrfSettings& csrf,
                     CorsSettings cors, DemoSettings settings, Reach reach)
    : m_guard{std::move(guard)}
    , m_sessions{sessions}
    , m_csrf{csrf, {}}
    , m_cors{std::move(cors)}
    , m_isServed{reach == Reach::Loopback || settings.isExposed}
{
}

std::optional<http::Response> DemoLogin::handle(const http::Request& request) const
{
    const bool isOurs = request.path == sessionPath || request.path == loginPath || request.path == logoutPath;
    if (!m_isServed || !isOurs)
        return std::nullopt;
    http::Response response = answer(request);
    response.headers.push_back({"Cache-Control", "no-store"});
    response.headers.push_back({"Vary", "Origin"});
    return response;
}

/// Pages of other origins get no CORS headers: a session belongs to the pages of this server.
http::Response DemoLogin::answer(const http::Request& request) const
{
    if (!m_cors.allows(request))
        return failed(403, R"({"error":"Forbidden"})");
    const std::string_view method = request.path == sessionPath ? "GET" : "POST";
    if (request.method != method) {
        http::Response response = failed(405, R"({"error":"Method Not Allowed"})");
        response.headers.push_back({"Allow", std::string{method}});
        return response;
    }
    if (request.body.size() > AuthEndpoint::maxBodyBytes)
        return failed(413, R"({"error":"Content Too Large"})");
    if (request.path == sessionPath)
        return show(request);
    const AuthorizationRequest fields = AuthorizationRequest::from(request);
    if (const CsrfVerdict verdict = m_csrf.check(request, fields.form, m_sessions); verdict != CsrfVerdict::Passed)
        return Csrf::refusal(verdict);
    return request.path == loginPath ? logIn(request, fields) : logOut(request);
}

http::Response DemoLogin::logIn(const http::Request& request, const AuthorizationRequest& fields) const
{
    const std::string* const id = pusher::find(fields.form, "actor");
    if (id == nullptr)
        return failed(400, R"({"error":"Bad Request","reason":"the field actor is missing"})");
    if (m_guard->actors().byId(*id) == nullptr)
        return failed(403, R"({"error":"Forbidden","reason":"no_actor"})");
    // A session id that somebody planted before must not become a logged-in one.
    if (const auto before = m_sessions.find(request.headers))
        m_sessions.remove(before->id);
    return sessionAnswer(request, m_sessions.create(*id));
}

http::Response DemoLogin::logOut(const http::Request& request) const
{
    if (const auto session = m_sessions.find(request.headers))
        m_sessions.remove(session->id);
    http::Response response;
    response.body = "{}";
    addCookies(response, Session{}, std::chrono::seconds{0}, request.isTls);
    return response;
}

http::Response DemoLogin::show(const http::Request& request) const
{
    const auto session = m_sessions.find(request.headers);
    return sessionAnswer(request, session ? *session : m_sessions.create());
}

http::Response DemoLogin::sessionAnswer(const http::Request& request, const Session& session) const
{
    const auto actor = session.actorId.empty() ? nullptr : m_guard->actors().byId(session.actorId);
    http::Response response;
    response.body = R"({"actor":)";
    response.body += actor ? "{\"id\":" + json::toString(actor->id) + ",\"name\":" + json::toString(actor->name) + "}"
                           : std::string{"null"};
    response.body += ",\"csrf_token\":" + json::toString(session.csrfToken) + "}";
    addCookies(response, session, m_sessions.lifetime(), request.isTls);
    return response;
}

} // namespace castdeck::auth
