#pragma once

#include "core/base/result.h"
#include "core/hub/app_config.h"
#include "core/store/effective_document.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The configuration as plain values, every `${NAME}` replaced and every value checked.
namespace castdeck::store {

struct TlsConfig {
    std::string certificate; ///< Path of a PEM file, the server's certificate first.
    std::string key;         ///< Path of a PEM file.
};

/// The object `server`.
struct ServerConfig {
    std::string listen = "127.0.0.1";
    std::uint16_t port = 6001;
    std::optional<TlsConfig> tls; ///< Nothing when it is not enabled.
    std::string pathPrefix;
    std::vector<std::string> extraHosts;
    unsigned workers = 0;       ///< 0: as many as cores, at most 4.
    hub::AppConfig appDefaults; ///< What an application gets that does not say otherwise; without credentials.
    std::vector<hub::AppConfig> apps;
};

/// Options of a connection whose driver is `pusher`.
struct PusherOptions {
    std::string appId;
    std::string key;
    std::string secret;
    std::string cluster;
    std::string host;
    std::optional<std::uint16_t> port;
    bool usesTls = true;
    std::chrono::milliseconds timeout{5'000};
    std::size_t maxPayloadBytes = 10'240;
    std::string pathPrefix;
};

enum class DriverKind {
    Local,
    Pusher,
    Null,
    Other, ///< Known to the file, not to this reader.
};

/// One entry of `connections`.
struct ConnectionConfig {
    std::string name;
    std::string driver; ///< As written, before driverAliases.
    DriverKind kind = DriverKind::Other;
    PusherOptions pusher;
};

struct Alias {
    std::string name;
    std::string connection;
};

struct Config {
    std::string defaultConnection = "null";
    ValueOrigin defaultOrigin = ValueOrigin::BuiltIn;
    std::vector<Alias> aliases;
    std::vector<ConnectionConfig> connections;
    ServerConfig server;

    /// By alias first (one step), then by name; the empty name means the default. Fails with NotFound.
    Result<ConnectionConfig> connection(std::string_view name) const;
};

} // namespace castdeck::store
