#pragma once

#include "core/remote/capabilities.h"

#include <string>
#include <vector>

namespace castdeck::ui {

/// What is known of a server elsewhere beside its channels and its rows in the log.
struct RemoteFacts {
    std::vector<remote::Capability> capabilities; ///< Empty until it was asked.
    std::vector<std::string> watched;             ///< Channels the console listens to, sorted.

    bool operator==(const RemoteFacts&) const = default;
};

/// What the window asks of a server elsewhere only. Every call returns at once; the outcome comes as RemoteFacts.
class RemoteControl {
public:
    virtual ~RemoteControl() = default;
    /// Events of this channel become rows of the log. Private channels are authorised with the profile's own secret.
    virtual void watch(const std::string& channel) = 0;
    virtual void unwatch(const std::string& channel) = 0;
    /// Asks anew what the server tells.
    virtual void askCapabilities() = 0;
};

} // namespace castdeck::ui
