#include "core/auth/auth_endpoint.h"

#include "core/auth/jsonp.h"
#include "core/base/ascii.h"

#include <algorithm>
#include <optional>

namespace castdeck::auth {

/// What a decision needs, for as long as it takes.
struct AuthEndpoint::Context {
    std::shared_ptr<const Guard> guard;
    std::function<std::string(const AuthorizationRequest&)> application;
    std::function<HeldKeys(const std::string&)> keys;
    std::shared_ptr<Forwarder> forwarder;
    std::function<void(std::string)> note;
    Explain explain;
    std::string forwardUrl;
    std::vector<std::string> forwardHeaders;

    http::Response answerFor(const AuthorizationRequest& request, const AuthorizationStatus& status) const
    {
        const HeldKeys held = keys ? keys(request.appId) : HeldKeys{};
        Answer answer = answerTo(request, status, held.keys, explain);
        tell(std::move(answer.note));
        return std::move(answer.response);
    }

    /// For decisions that the guard did not make itself.
    void conclude(const AuthorizationRequest& request, const AuthorizationStatus& status, const Decided& decided) const
    {
        guard->announce(request, status);
        decided(status, answerFor(request, status));
    }

    void tell(std::string line) const
    {
        if (note && !line.empty())
            note(std::move(line));
    }
};

namespace {

http::Response errorAnswer(int status, std::string_view word)
{
    http::Response response;
    response.status = status;
    response.body = R"({"error":")" + std::string{word} + R"("})";
    return response;
}

http::Response methodNotAllowed(const AuthRoute& route)
{
    std::string allowed;
    for (const std::string& method : route.methods)
        allowed += (allowed.empty() ? "" : ", ") + method;
    http::Response response = errorAnswer(405, "Method Not Allowed");
    response.headers.push_back({"Allow", std::move(allowed)});
    return response;
}

/// Browsers ask so before they send a request with headers of its own; where any method is taken, only their header
/// tells it from a request for a decision.
bool isPreflight(const http::Request& request, const AuthRoute& route)
{
    return request.method == "OPTIONS" &&
           (!route.takes("OPTIONS") || request.header("Access-Control-Request-Method") != nullptr);
}

/// For the log. A page chooses its origin's text.
std::string refusedOriginLine(const http::Request& request)
{
    constexpr std::size_t shown = 100;
    const std::string* const origin = request.header("Origin");
    const bool isShown = origin != nullptr && std::ranges::all_of(*origin, [](char c) { return c > ' ' && c < 0x7F; });
    return "refused: cors.allowed_origins has no entry for the origin " +
           (isShown ? origin->substr(0, shown) : "of a web page");
}

/// The callback parameter of a request that wants a script; nothing for all others. One that is given twice counts as
/// no name.
std::optional<std::string> callbackOf(const http::Request& request, const pusher::QueryParameters& query)
{
    if (request.method != "GET")
        return std::nullopt;
    std::optional<std::string> callback;
    for (const auto& [name, value] : query) {
        if (name == "callback")
            callback = callback && *callback != value ? std::string{} : value;
    }
    return callback;
}

Question questionOf(const AuthRoute& route, const AuthorizationRequest& request)
{
    const bool isAboutUser =
        route.kind == RouteKind::User || (route.kind == RouteKind::Both && request.channels.empty());
    return isAboutUser ? Question::User : Question::Channel;
}

/// Any page can ask by a <script> tag, and the browser would add the cookies of whoever looks at that page.
void forgetCookies(AuthorizationRequest& request)
{
    std::erase_if(request.headers,
                  [](const http::Header& header) { return equalsIgnoringCase(header.name, "Cookie"); });
}

AuthEndpoint::Done withHeaders(http::Headers headers, AuthEndpoint::Done done)
{
    headers.push_back({"Cache-Control", "no-store"});
    return [headers = std::move(headers), done = std::move(done)](http::Response response) {
        response.headers.insert(response.headers.end(), headers.begin(), headers.end());
        done(std::move(response));
    };
}

AuthEndpoint::Decided answering(AuthEndpoint::Done done)
{
    return [done = std::move(done)](const AuthorizationStatus&, http::Response response) { done(std::move(response)); };
}

AuthEndpoint::Done wrapped(std::string callback, AuthEndpoint::Done done)
{
    return [callback = std::move(callback), done = std::move(done)](http::Response response) {
        wrapInCallback(response, callback);
        done(std::move(response));
    };
}

} // namespace

AuthEndpoint::AuthEndpoint(AuthServices services, const AuthorizationConfig& config, CsrfSettings csrf,
                           CorsSettings cors, Reach reach)
    : m_context{std::make_shared<const Context>(Context{std::move(services.guard), std::move(services.application),
                                                        std::move(services.keys), std::move(services.forwarder),
                                                        std::move(services.note), config.explain, config.forwardUrl,
                                                        config.forwardHeaders})}
    , m_sessions{services.sessions}
    , m_routes{config}
    , m_csrf{std::move(csrf), m_routes.paths()}
    , m_cors{std::move(cors)}
    , m_isServed{reach == Reach::Loopback || config.isExposed}
{
}

const AuthRoute* AuthEndpoint::routeOf(const http::Request& request) const
{
    return m_isServed ? m_routes.find(request.path) : nullptr;
}

bool AuthEndpoint::handle(const http::Request& request, Done done) const
{
    const AuthRoute* const route = routeOf(request);
    if (route == nullptr)
        return false;
    done = withHeaders(m_cors.headersFor(request), std::move(done));
    if (!m_cors.allows(request)) {
        m_context->tell(refusedOriginLine(request));
        done(errorAnswer(403, "Forbidden"));
    } else if (isPreflight(request, *route)) {
        done(Cors::preflightAnswer());
    } else if (request.body.size() > maxBodyBytes) {
        done(errorAnswer(413, "Content Too Large"));
    } else {
        answer(request, *route, std::move(done));
    }
    return true;
}

void AuthEndpoint::answer(const http::Request& request, const AuthRoute& route, Done done) const
{
    AuthorizationRequest asked = AuthorizationRequest::from(request);
    const auto callback = route.takesJsonp ? callbackOf(request, asked.query) : std::nullopt;
    if (!callback && !route.takes(request.method))
        return done(methodNotAllowed(route));
    if (m_context->application)
        asked.appId = m_context->application(asked);
    if (const CsrfVerdict verdict = m_csrf.check(request, asked.form, m_sessions); verdict != CsrfVerdict::Passed) {
        auto status = AuthorizationStatus::of(Reason::Csrf, "refused: the CSRF token is missing or wrong");
        status.topics = asked.channels;
        status.response = Csrf::refusal(verdict);
        return m_context->conclude(asked, status, answering(std::move(done)));
    }
    if (callback) {
        if (!isCallbackName(*callback))
            return done(errorAnswer(400, "Bad Request"));
        forgetCookies(asked);
        done = wrapped(*callback, std::move(done));
    } else if (auto session = m_sessions.find(request.headers); session && !session->actorId.empty()) {
        asked.sessionActorId = std::move(session->actorId);
    }
    const Question question = questionOf(route, asked);
    decide(std::move(asked), question, answering(std::move(done)));
}

void AuthEndpoint::decide(AuthorizationRequest request, Question question, Decided decided) const
{
    const Context& context = *m_context;
    const Guard& guard = *context.guard;
    const std::size_t maxCharacters = guard.settings().maxChannelCharacters;
    if (context.forwardUrl.empty() || isHopeless(request, question, maxCharacters)) {
        const auto status = question == Question::User ? guard.decideUser(request) : guard.decide(request);
        return decided(status, context.answerFor(request, status));
    }
    if (question == Question::Channel && request.channels.size() > 1) {
        auto status = AuthorizationStatus::of(Reason::ForwardRefused,
                                              "refused: the other application is asked for one channel at a time");
        status.topics = {request.channels.front()};
        return context.conclude(request, status, decided);
    }
    const auto finish = [kept = m_context, request, question,
                         decided = std::move(decided)](const ForwardAnswer& answer) {
        const AuthorizationStatus status = statusOf(answer, request, question);
        if (status.reason == Reason::ForwardFailed)
            kept->tell(status.explanation + (answer.failure.empty() ? "" : ": " + answer.failure));
        kept->conclude(request, status, decided);
    };
    if (context.forwarder == nullptr)
        return finish({0, {}, "there is nothing to ask it with"});
    context.forwarder->post(context.forwardUrl, headersToForward(request, context.forwardHeaders),
                            formToForward(request, question), finish);
}

} // namespace castdeck::auth
