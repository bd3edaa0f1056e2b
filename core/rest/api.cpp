#include "core/rest/api.h"

#include "core/base/ascii.h"
#include "core/rest/publish_request.h"
#include "core/rest/queries.h"
#include "core/rest/request_auth.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace castdeck::rest {

namespace {

enum class Endpoint { Events, BatchEvents, Channels, Channel, ChannelUsers, TerminateUser, Connections, Log };

struct Pattern {
    std::string_view path; ///< "*" stands for one segment that is handed over.
    std::string_view method;
    Endpoint endpoint;
};

/// The last one is what the Python library calls, which leaves /apps/ID out; auth_key tells the application.
constexpr std::array patterns{
    Pattern{"/apps/*/events", "POST", Endpoint::Events},
    Pattern{"/apps/*/batch_events", "POST", Endpoint::BatchEvents},
    Pattern{"/apps/*/channels", "GET", Endpoint::Channels},
    Pattern{"/apps/*/channels/*", "GET", Endpoint::Channel},
    Pattern{"/apps/*/channels/*/users", "GET", Endpoint::ChannelUsers},
    Pattern{"/apps/*/users/*/terminate_connections", "POST", Endpoint::TerminateUser},
    Pattern{"/apps/*/connections", "GET", Endpoint::Connections},
    Pattern{"/apps/*/log", "GET", Endpoint::Log}, // Ours, for a window in another process.
    Pattern{"/users/*/terminate_connections", "POST", Endpoint::TerminateUser},
};

std::string_view takeSegment(std::string_view& path)
{
    path.remove_prefix(1); // The slash in front.
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

/// The decoded segments in the places of "*". The path is compared as it was sent, never normalised.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path)
{
    std::vector<std::string> captured;
    while (!pattern.empty() && path.starts_with('/')) {
        const std::string_view wanted = takeSegment(pattern);
        const std::string_view given = takeSegment(path);
        if (wanted == "*" && !given.empty())
            captured.push_back(pusher::percentDecode(given));
        else if (wanted != given)
            return std::nullopt;
    }
    return pattern.empty() && path.empty() ? std::optional{captured} : std::nullopt;
}

http::Response methodNotAllowed(std::string_view allowed)
{
    auto response = http::Response::error(405, "This path takes " + std::string{allowed} + " only");
    response.headers.push_back({"Allow", std::string{allowed}});
    return response;
}

http::Response retryLater(int status, std::string_view text, std::string_view seconds)
{
    auto response = http::Response::error(status, text);
    response.headers.push_back({"Retry-After", std::string{seconds}});
    return response;
}

/// Health checks and what a browser gets that opens the WebSocket path: none of it needs a signature.
std::optional<http::Response> openRoute(const http::Request& request, bool isStopping)
{
    const std::string& path = request.path;
    const bool isHealth = path == "/" || path == "/ready" || path == "/up";
    if (isHealth && request.method != "GET" && request.method != "HEAD")
        return methodNotAllowed("GET");
    if (path == "/up")
        return jsonResponse(R"({"health":"OK"})");
    if (isHealth) {
        http::Response response = isStopping ? retryLater(503, "stopping", "1") : http::Response{};
        response.contentType = "text/plain; charset=utf-8";
        response.body = isStopping ? response.body : "OK\n";
        return response;
    }
    if (match("/app/*", path)) {
        if (request.method != "GET")
            return methodNotAllowed("GET");
        auto response = http::Response::error(426, "This path takes WebSocket connections only");
        response.headers.push_back({"Upgrade", "websocket"});
        return response;
    }
    return std::nullopt;
}

/// With names in lower case, which is how they are signed.
pusher::QueryParameters parametersOf(const http::Request& request)
{
    auto parameters = pusher::parseQuery(request.query);
    for (auto& [name, value] : parameters)
        name = toLower(name);
    return parameters;
}

int statusOf(ErrorKind kind)
{
    return kind == ErrorKind::TooLarge ? 413 : kind == ErrorKind::Unauthorized ? 401 : 400;
}

} // namespace

struct Api::Route {
    Endpoint endpoint;
    std::vector<std::string> captured;
    bool hasAppId;
};

struct Api::Call {
    const http::Request& request;
    pusher::QueryParameters query;
    std::shared_ptr<hub::Application> application;
    std::shared_ptr<const hub::AppSettings> settings;
};

http::Response Api::handle(const http::Request& request)
{
    if (request.method == "OPTIONS") {
        http::Response response;
        response.status = 204;
        response.headers.push_back({"Allow", "GET, POST, OPTIONS"});
        return response;
    }
    if (auto response = openRoute(request, m_services.isStopping && m_services.isStopping()))
        return *std::move(response);
    for (const Pattern& pattern : patterns) {
        auto captured = match(pattern.path, request.path);
        if (!captured)
            continue;
        if (pattern.method != request.method)
            return methodNotAllowed(pattern.method);
        return handleSigned(request, {pattern.endpoint, *std::move(captured), pattern.path.starts_with("/apps/")});
    }
    return http::Response::error(404, "There is nothing at this path");
}

std::shared_ptr<hub::Application> Api::applicationFor(const Call& call, const Route& route) const
{
    if (route.hasAppId)
        return m_hub.findById(route.captured.front());
    const std::string* const key = pusher::find(call.query, "auth_key");
    return key != nullptr ? m_hub.findByKey(*key) : nullptr;
}

http::Response Api::refuse(const hub::Application& application, int status, std::string_view text) const
{
    application.record({.kind = hub::FactKind::ApiError, .detail = text, .code = status});
    return http::Response::error(status, text);
}

http::Response Api::handleSigned(const http::Request& request, const Route& route)
{
    const SteadyTime now = m_hub.clock().steady();
    if (!request.isPeerLoopback && m_guard.isBlocked(request.peerAddress, now))
        return retryLater(429, "Too many wrong signatures from this address; wait a minute", "60");
    Call call{request, parametersOf(request), nullptr, nullptr};
    call.application = applicationFor(call, route);
    if (!call.application) {
        return route.hasAppId ? http::Response::error(404, "No application has this id")
                              : http::Response::error(401, "Unknown auth_key");
    }
    call.settings = call.application->settings();
    if (const auto verified = verify(request, call.query, call.settings->signer, m_hub.clock().wall()); !verified) {
        if (!request.isPeerLoopback)
            m_guard.noteFailure(request.peerAddress, now);
        return refuse(*call.application, 401, verified.error().detail);
    }
    if (call.settings->config.refusesReplays && !m_guard.isFresh(*pusher::find(call.query, "auth_signature"), now))
        return refuse(*call.application, 401, "This request has been made before, and strict_replay is on");
    if (!call.settings->config.isEnabled)
        return refuse(*call.application, 403, "The application is disabled");
    http::Response response = execute(call, route);
    if (response.status >= 400)
        call.application->record({.kind = hub::FactKind::ApiError,
                                  .detail = std::string_view{response.body}.substr(0, response.body.size() - 1),
                                  .code = response.status});
    return response;
}

http::Response Api::execute(const Call& call, const Route& route)
{
    const hub::Application& application = *call.application;
    switch (route.endpoint) {
    case Endpoint::Events: return publishEvent(call);
    case Endpoint::BatchEvents: return publishBatch(call);
    case Endpoint::Channels: return listChannels(application, call.query);
    case Endpoint::Channel: return describeChannel(application, route.captured[1], call.query);
    case Endpoint::ChannelUsers: return listUsers(application, route.captured[1]);
    case Endpoint::Connections:
        return jsonResponse(R"({"connections":)" + std::to_string(application.connectionCount()) + "}");
    case Endpoint::Log: return tellLog(call);
    case Endpoint::TerminateUser: call.application->terminateUser(route.captured.back()); return jsonResponse("{}");
    }
    return http::Response::error(404, "There is nothing at this path");
}

http::Response Api::tellLog(const Call& call) const
{
    if (!m_services.log)
        return http::Response::error(404, "There is nothing at this path");
    const std::string* const after = pusher::find(call.query, "after");
    const auto number = after == nullptr ? std::optional<std::uint64_t>{0} : parseNumber(*after);
    if (!number)
        return http::Response::error(400, "after must be a number");
    return jsonResponse(m_services.log(call.settings->config.id, *number));
}

std::optional<http::Response> Api::refusalOfPublish(const Call& call)
{
    if ((m_services.isStopping && m_services.isStopping()) ||
        (m_services.isUnderPressure && m_services.isUnderPressure()))
        return retryLater(503, "The server is stopping or its send queues are full; nothing was sent", "1");
    const std::size_t perSecond = call.settings->config.limits.publishesPerSecond;
    if (perSecond != 0 && !m_guard.mayPublish(call.settings->config.id, perSecond, m_hub.clock().steady())) {
        auto response = retryLater(429, "Too many publishes; nothing was sent", "1");
        response.headers.push_back({"X-RateLimit-Limit", std::to_string(perSecond)});
        response.headers.push_back({"X-RateLimit-Remaining", "0"});
        return response;
    }
    return std::nullopt;
}

/// Publishers are trusted with these names, but clients take such an event for one of the server's own.
void Api::warnOfReservedName(const Call& call, std::string_view event)
{
    const bool isReserved = event.starts_with("pusher:") || event.starts_with("pusher_internal:");
    if (isReserved && m_services.notice && m_guard.mayWarn(m_hub.clock().steady()))
        m_services.notice("The application " + call.settings->config.id +
                          " publishes events under the reserved names pusher: or pusher_internal:");
}

http::Response Api::publishEvent(const Call& call)
{
    const auto parsed = parseEvent(call.request.body, call.query, call.settings->config.limits);
    if (!parsed)
        return http::Response::error(statusOf(parsed.error().kind), parsed.error().detail);
    if (auto refusal = refusalOfPublish(call))
        return *std::move(refusal);
    warnOfReservedName(call, parsed->publication.event);
    const auto counts = call.application->publish(parsed->publication);
    return jsonResponse(parsed->info.isAny() ? channelsObject(counts, parsed->info) : "{}");
}

http::Response Api::publishBatch(const Call& call)
{
    const auto parsed = parseBatch(call.request.body, call.settings->config.limits);
    if (!parsed)
        return http::Response::error(statusOf(parsed.error().kind), parsed.error().detail);
    if (auto refusal = refusalOfPublish(call))
        return *std::move(refusal);
    const bool wantsInfo = std::ranges::any_of(*parsed, [](const auto& item) { return item.info.isAny(); });
    std::string body = R"({"batch":[)";
    for (const PublishRequest& item : *parsed) {
        warnOfReservedName(call, item.publication.event);
        const auto counts = call.application->publish(item.publication);
        if (&item != &parsed->front())
            body.push_back(',');
        body.append(countsObject(counts.front(), item.info));
    }
    body.append("]}");
    return jsonResponse(wantsInfo ? std::move(body) : "{}");
}

} // namespace castdeck::rest
