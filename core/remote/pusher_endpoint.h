#pragma once

#include "core/store/config.h"

#include <QUrl>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::remote {

/// An application on a server that speaks the Pusher protocol: where it is, and the credentials. A plain value.
struct PusherEndpoint {
    std::string restHost;
    std::string socketHost; ///< Differs from restHost only at the hosted service.
    std::uint16_t port = 443;
    bool usesTls = true;
    std::string pathPrefix; ///< Not signed.
    std::string appId;
    std::string key;
    std::string secret;
    std::chrono::milliseconds timeout{5'000};
    std::size_t maxPayloadBytes = 10'240;

    /// Fails with InvalidInput, naming the option that is missing or wrong.
    /// Source: Pusher docs, "Clusters": api-CLUSTER.pusher.com and ws-CLUSTER.pusher.com.
    static Result<PusherEndpoint> from(const store::PusherOptions& options);
    /// The application `app` of a server that runs with `server`. Fails with NotFound when it has no application.
    static Result<PusherEndpoint> from(const store::ServerConfig& server);

    /// `path` and `query` as they were signed, percent-escapes included.
    QUrl restUrl(std::string_view path, std::string_view query) const;
    QUrl socketUrl() const;
    /// A name or an IP address, without scheme, port and brackets.
    static bool isHost(const std::string& text);
    /// "http://127.0.0.1:6001", for messages.
    std::string address() const;
};

} // namespace castdeck::remote
