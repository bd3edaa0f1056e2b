#pragma once

#include "core/broadcast/options.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

struct ConnectionConfig {
    std::string name;
    Options options; ///< `driver` included.
};

/// The connections of a configuration as plain values, every `${NAME}` replaced. Reading files and the environment is
/// the caller's work.
struct ConnectionsConfig {
    using Names = std::vector<std::pair<std::string, std::string>>; ///< Short name, what it stands for.

    std::string environmentDefault;         ///< BROADCAST_CONNECTION; empty when it is not set.
    std::optional<std::string> defaultJson; ///< `default` as the file has it, JSON text.
    Names aliases{};
    std::vector<ConnectionConfig> connections{};
    Names driverAliases{};
    bool requiresActor = true; ///< `emit.require_actor`
    std::size_t maxPayloadBytes = 10'240;
};

} // namespace castdeck::broadcast
