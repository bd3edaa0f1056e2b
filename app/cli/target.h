#pragma once

#include "app/cli/command.h"
#include "core/base/result.h"
#include "core/remote/pusher_endpoint.h"

#include <QList>
#include <QSslCertificate>

#include <cstdint>
#include <string>

namespace castdeck::cli {

/// The options of a command that speaks to a server.
struct TargetOptions {
    std::string config;
    std::string connection;
    std::string app;
    std::string host;
    std::uint16_t port = 0;
    bool usesTls = false;
    std::string certificates;
};

void addConfigOption(CLI::App& command, std::string& config);
/// --config, --connection and --app: whose credentials.
void addCredentialOptions(CLI::App& command, TargetOptions& options);
/// Those, and where the server is.
void addTargetOptions(CLI::App& command, TargetOptions& options);

/// Explains where the server comes from; part of every help text.
extern const char* const targetHelp;

/// The server that the options mean.
struct Target {
    std::string name; ///< Of the connection; empty when given on the command line.
    store::DriverKind kind = store::DriverKind::Pusher;
    remote::PusherEndpoint endpoint; ///< Not for DriverKind::Null.
    QList<QSslCertificate> trusted;
};

/// Tells what is wrong on standard error; `exitCode` says how to end then.
std::optional<Target> findTarget(const TargetOptions& options, int& exitCode);

} // namespace castdeck::cli
