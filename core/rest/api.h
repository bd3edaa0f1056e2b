#pragma once

#include "core/base/http.h"
#include "core/hub/hub.h"
#include "core/pusher/signature.h"
#include "core/rest/request_guard.h"

#include <functional>
#include <memory>
#include <optional>

namespace castdeck::rest {

/// What the API asks of the server around it.
struct ApiServices {
    std::function<bool()> isUnderPressure; ///< Send queues are nearly full: publishes answer 503.
    std::function<bool()> isStopping;
    std::function<void(std::string)> notice; ///< A line for the operator, on any thread.
    /// What happened to an application after the row of that number, as JSON. Empty: nothing is told.
    std::function<std::string(const std::string& appId, std::uint64_t number)> log;
};

/// The Pusher HTTP API and the health routes.
///
/// Thread: any; handle() never blocks. Ownership: `hub` outlives it.
/// Source: Pusher docs, "HTTP API reference".
class Api {
public:
    Api(hub::Hub& hub, ApiServices services) : m_hub{hub}, m_services{std::move(services)} {}

    /// `request.path` without the server's path prefix.
    http::Response handle(const http::Request& request);

private:
    struct Call;
    struct Route;

    http::Response handleSigned(const http::Request& request, const Route& route);
    std::shared_ptr<hub::Application> applicationFor(const Call& call, const Route& route) const;
    http::Response refuse(const hub::Application& application, int status, std::string_view text) const;
    http::Response execute(const Call& call, const Route& route);
    http::Response tellLog(const Call& call) const;

    std::optional<http::Response> refusalOfPublish(const Call& call);
    void warnOfReservedName(const Call& call, std::string_view event);
    http::Response publishEvent(const Call& call);
    http::Response publishBatch(const Call& call);

    hub::Hub& m_hub;
    ApiServices m_services;
    RequestGuard m_guard;
};

} // namespace castdeck::rest
