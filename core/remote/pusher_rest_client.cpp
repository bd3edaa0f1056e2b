#include "core/remote/pusher_rest_client.h"

#include "core/broadcast/drivers/pusher_options.h"

namespace castdeck::remote {

using broadcast::pathSegment;

PusherRestClient::PusherRestClient(HttpClient& http, PusherEndpoint endpoint, const Clock& clock)
    : m_signer{endpoint.key, endpoint.secret}
    , m_http{http}
    , m_clock{clock}
    , m_endpoint{std::move(endpoint)}
{
}

void PusherRestClient::channels(const std::string& prefix, const std::string& info, QObject* context, Done done)
{
    pusher::QueryParameters parameters;
    if (!prefix.empty())
        parameters.emplace_back("filter_by_prefix", prefix);
    if (!info.empty())
        parameters.emplace_back("info", info);
    request("GET", appPath("/channels"), "", std::move(parameters), context, std::move(done));
}

void PusherRestClient::channel(const std::string& name, const std::string& info, QObject* context, Done done)
{
    pusher::QueryParameters parameters;
    if (!info.empty())
        parameters.emplace_back("info", info);
    request("GET", appPath("/channels/" + pathSegment(name)), "", std::move(parameters), context, std::move(done));
}

void PusherRestClient::users(const std::string& channel, QObject* context, Done done)
{
    request("GET", appPath("/channels/" + pathSegment(channel) + "/users"), "", {}, context, std::move(done));
}

void PusherRestClient::connections(QObject* context, Done done)
{
    request("GET", appPath("/connections"), "", {}, context, std::move(done));
}

void PusherRestClient::log(std::uint64_t after, QObject* context, Done done)
{
    request("GET", appPath("/log"), "", {{"after", std::to_string(after)}}, context, std::move(done));
}

void PusherRestClient::health(QObject* context, Done done)
{
    request("GET", "/up", "", {}, context, std::move(done));
}

void PusherRestClient::publish(const std::string& body, QObject* context, Done done)
{
    request("POST", appPath("/events"), body, {}, context, std::move(done));
}

void PusherRestClient::terminateUser(const std::string& userId, QObject* context, Done done)
{
    request("POST", appPath("/users/" + pathSegment(userId) + "/terminate_connections"), "{}", {}, context,
            std::move(done));
}

void PusherRestClient::request(const std::string& method, const std::string& path, const std::string& body,
                               pusher::QueryParameters parameters, QObject* context, Done done)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_clock.wall().time_since_epoch()).count();
    const std::string query = pusher::signedQuery(m_signer, method, path, body, seconds, std::move(parameters));
    http::OutgoingRequest request{.method = method,
                                  .url = m_endpoint.restUrl(path, query).toEncoded().toStdString(),
                                  .headers = {{"Content-Type", "application/json"},
                                              {"X-Pusher-Library", "castdeck " CASTDECK_VERSION},
                                              {"User-Agent", "castdeck/" CASTDECK_VERSION}},
                                  .body = body,
                                  .timeout = m_endpoint.timeout};
    m_http.send(request, context, [this, request, done = std::move(done)](const http::Answer& answer) {
        done(interpret(request, answer, m_endpoint.secret, m_clock.wall()));
    });
}

} // namespace castdeck::remote
