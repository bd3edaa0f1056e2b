#pragma once

#include "core/base/result.h"
#include "core/engine/configuration.h"
#include "core/engine/engine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::cli {

/// The command line of `serve`.
struct ServeOptions {
    std::string config;
    std::optional<std::string> listen;
    std::optional<std::uint16_t> port;
    std::vector<std::string> apps;
    std::string tlsCertificate;
    std::string tlsKey;
    std::optional<unsigned> workers;
    bool isDemo = false;
    bool keepsLog = false; ///< On disk.
    bool allowsClientEvents = false;
    bool sendsSubscriptionCount = false;
};

/// The applications that the command line or CASTDECK_APP gives; empty when neither does. Fails with InvalidInput.
Result<std::vector<hub::AppConfig>> givenApps(const ServeOptions& options);

/// An application with random credentials, for somebody who only wants to look.
hub::AppConfig randomApp();

/// What holds when the command line gives the applications and names no configuration: a file that happens to lie
/// around has no say then.
engine::Configuration configurationWithoutFile();

/// The configuration with what the command line overrides; the applications are `apps`.
engine::EngineOptions toEngineOptions(const engine::Settings& settings, const ServeOptions& options,
                                      std::vector<hub::AppConfig> apps);

/// One sentence for every setting that weakens a check or opens the server to others.
std::vector<std::string> warnings(const engine::EngineOptions& options);

} // namespace castdeck::cli
