#pragma once

#include "core/base/clock.h"
#include "core/pusher/signature.h"
#include "core/remote/http_client.h"
#include "core/remote/pusher_endpoint.h"
#include "core/remote/rest_answer.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

namespace castdeck::remote {

/// What a Pusher-compatible server tells of its state through its HTTP interface. What the configuration's connections
/// send goes through their drivers. Source: Pusher docs, "HTTP API reference".
///
/// Thread: the one of its HttpClient. Ownership: the client and the clock outlive it. Answers come once, through
/// `done`, unless `context` is gone.
class PusherRestClient {
public:
    using Done = std::function<void(const RestAnswer&)>;
    /// For log(): nothing of before, only where the log stands now.
    static constexpr std::uint64_t fromHereOn = std::numeric_limits<std::int64_t>::max();

    PusherRestClient(HttpClient& http, PusherEndpoint endpoint, const Clock& clock);

    /// `info` is a comma list of attributes, empty for none.
    void channels(const std::string& prefix, const std::string& info, QObject* context, Done done);
    void channel(const std::string& name, const std::string& info, QObject* context, Done done);
    void users(const std::string& channel, QObject* context, Done done);
    void connections(QObject* context, Done done);
    /// What happened after the row of that number. Only servers of this program tell.
    void log(std::uint64_t after, QObject* context, Done done);
    /// GET /up, which needs no signature.
    void health(QObject* context, Done done);
    /// `body` is that of POST /apps/ID/events.
    void publish(const std::string& body, QObject* context, Done done);
    void terminateUser(const std::string& userId, QObject* context, Done done);

    const PusherEndpoint& endpoint() const noexcept { return m_endpoint; }

private:
    void request(const std::string& method, const std::string& path, const std::string& body,
                 pusher::QueryParameters parameters, QObject* context, Done done);
    std::string appPath(const std::string& rest) const { return "/apps/" + m_endpoint.appId + rest; }

    pusher::Signer m_signer;
    HttpClient& m_http;
    const Clock& m_clock;
    PusherEndpoint m_endpoint;
};

} // namespace castdeck::remote
