#pragma once

#include "core/base/clock.h"
#include "core/pusher/signature.h"
#include "core/remote/http_client.h"
#include "core/remote/pusher_endpoint.h"
#include "core/remote/send_report.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::remote {

struct OutgoingEvent {
    std::string name;
    std::vector<std::string> channels;
    std::string data; ///< Sent as this text, byte for byte.
    std::string excludeSocketId;
};

/// The HTTP interface of a Pusher-compatible server, as a client.
/// Source: Pusher docs, "HTTP API reference".
///
/// Thread: the one of its HttpClient. Ownership: the client and the clock outlive it. Answers come once, through
/// `done`, unless `context` is gone.
class PusherRestClient {
public:
    using SendDone = std::function<void(const SendReport&)>;
    using Done = std::function<void(const RestAnswer&)>;

    static constexpr std::size_t maxChannelsPerRequest = 100;
    static constexpr std::size_t maxEventsPerBatch = 10;

    PusherRestClient(HttpClient& http, PusherEndpoint endpoint, const Clock& clock);

    /// Checks names and size first; what breaks a rule is reported without using the network. More channels than one
    /// request takes are sent in several, in order.
    void trigger(OutgoingEvent event, QObject* context, SendDone done);
    /// Each event with exactly one channel; at most maxEventsPerBatch.
    void triggerBatch(const std::vector<OutgoingEvent>& events, QObject* context, Done done);

    /// `info` is a comma list of attributes, empty for none.
    void channels(const std::string& prefix, const std::string& info, QObject* context, Done done);
    void channel(const std::string& name, const std::string& info, QObject* context, Done done);
    void users(const std::string& channel, QObject* context, Done done);
    void connections(QObject* context, Done done);
    void terminateUser(const std::string& userId, QObject* context, Done done);

    const PusherEndpoint& endpoint() const noexcept { return m_endpoint; }

private:
    struct Sending;

    void sendNext(const std::shared_ptr<Sending>& sending);
    void request(const std::string& method, const std::string& path, const std::string& body,
                 pusher::QueryParameters parameters, QObject* context, Done done);
    std::string appPath(const std::string& rest) const { return "/apps/" + m_endpoint.appId + rest; }

    pusher::Signer m_signer;
    HttpClient& m_http;
    const Clock& m_clock;
    PusherEndpoint m_endpoint;
};

} // namespace castdeck::remote
