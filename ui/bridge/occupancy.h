#pragma once

#include "core/engine/details.h"

#include <functional>
#include <string>

class QObject;

namespace castdeck::ui {

/// What the window asks about who is connected to the embedded server, and what it can do to them. Every call returns
/// at once.
class OccupancyControl {
public:
    using Answer = std::function<void(const engine::Details&)>;

    virtual ~OccupancyControl() = default;

    /// Answers later on the GUI thread, unless `context` is gone by then.
    virtual void askDetails(engine::DetailsQuestion question, QObject* context, Answer answer) = 0;

    /// With 4100: client libraries come back after a second or more.
    virtual void closeSocket(const std::string& appId, const std::string& socketId) = 0;
    /// It stays connected, gets pusher:subscription_error, and may subscribe again.
    virtual void removeFromChannel(const std::string& appId, const std::string& socketId,
                                   const std::string& channel) = 0;
    /// Closes what is signed in as that user with 4009: client libraries stay away.
    virtual void terminateUser(const std::string& appId, const std::string& userId) = 0;
};

} // namespace castdeck::ui
