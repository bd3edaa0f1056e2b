#pragma once

#include "app/cli/target_options.h"
#include "core/base/result.h"
#include "core/broadcast/connections_config.h"
#include "core/engine/configuration.h"
#include "core/pusher/encryption.h"
#include "core/remote/pusher_endpoint.h"

#include <QList>
#include <QSslCertificate>

#include <optional>
#include <string>

namespace castdeck::cli {

/// The connection that the options mean.
struct Target {
    std::string name;   ///< Of the connection; empty when given on the command line.
    std::string driver; ///< After driverAliases.
    store::DriverKind kind = store::DriverKind::Pusher;
    remote::PusherEndpoint endpoint;                ///< Where speaksPusher() is true.
    std::optional<pusher::EncryptionKey> masterKey; ///< Of encrypted channels; nothing when there is none.
    broadcast::ConnectionsConfig connections; ///< To send with: `local` is the server that the configuration describes.
    QList<QSslCertificate> trusted;
    bool hasFile = true; ///< False: nothing but the environment says where to send.

    /// A server with the Pusher interface is behind it, the configured one included.
    bool speaksPusher() const { return kind == store::DriverKind::Pusher || kind == store::DriverKind::Local; }
    /// Its options in `connections`; null for the connections that exist without a file.
    const broadcast::Options* options() const;
    /// What it is called in `connections`.
    std::string nameInConnections() const;
    /// What to do about a connection that discards everything.
    std::string insteadOfNull() const;
};

/// Tells what is wrong on standard error; `exitCode` says how to end then.
std::optional<Target> findTarget(const TargetOptions& options, int& exitCode);
/// The same with a configuration that is loaded already.
std::optional<Target> findTarget(const TargetOptions& options, const engine::Configuration& configuration,
                                 int& exitCode);
/// Whether the options, or the environment, give an application that needs no configuration.
bool isAppGiven(const TargetOptions& options);

/// Reads the file that --ca names, if it names one. False, and why is told, when it holds no certificate.
bool readCertificates(const std::string& path, QList<QSslCertificate>& certificates);

/// For commands that need a server with the Pusher interface: false, and why is told, when the target has none.
bool requirePusher(const Target& target, std::string_view command);

} // namespace castdeck::cli
