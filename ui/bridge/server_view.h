#pragma once

#include "core/engine/engine.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace castdeck::ui {

/// What the window asks of the server. Every call returns at once.
class ServerControl {
public:
    virtual ~ServerControl() = default;
    virtual void startServer() = 0;
    virtual void stopServer() = 0;
    /// The answer arrives at ServerView::showOutcome() under the returned id.
    virtual std::uint64_t publish(engine::PublishCommand command) = 0;
};

/// What the window is told by the server. Called on the GUI thread, events at most once a frame.
class ServerView {
public:
    virtual ~ServerView() = default;
    virtual void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot) = 0;
    virtual void addEvents(std::vector<engine::Event> events, std::size_t dropped) = 0;
    virtual void showOutcome(const engine::PublishOutcome& outcome) = 0;
};

} // namespace castdeck::ui
