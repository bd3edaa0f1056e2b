#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/manager.h"
#include "core/engine/authorization.h"
#include "core/engine/engine.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::ui {

using ChannelListing = broadcast::Listing<broadcast::ChannelInfo>;
using MemberListing = broadcast::Listing<broadcast::MemberInfo>;

/// The window takes so many rows of a listing. One more is a sign that there are more.
inline constexpr std::size_t maxListed = 10'000;

/// What the window asks of the server. Every call returns at once.
class ServerControl {
public:
    virtual ~ServerControl() = default;
    virtual void startServer() = 0;
    virtual void stopServer() = 0;
    /// The answer arrives at ServerView::showOutcome() under the returned id.
    virtual std::uint64_t publish(engine::PublishCommand command) = 0;
    /// Asks the authorization endpoint; the answer arrives at ServerView::showVerdict() under the returned id.
    virtual std::uint64_t authorize(engine::AuthorizationTrial trial) = 0;
};

/// What the window asks of the connections in the configuration. Every call returns at once.
class ConnectionControl {
public:
    virtual ~ConnectionControl() = default;
    virtual broadcast::DefaultChoice defaultConnection() const = 0;
    /// The answer arrives at ServerView::showReport() under the returned id.
    virtual std::uint64_t send(broadcast::Emission emission) = 0;
    /// Several events, in one request where the connection can. The entries of the one report follow each other.
    virtual std::uint64_t sendBatch(std::vector<broadcast::Emission> emissions) = 0;
    /// What the engine behind a connection knows. The answer arrives at ServerView::showChannels() or showMembers()
    /// under the returned id, cut after maxListed + 1 rows.
    virtual std::uint64_t listChannels(const std::string& connection, const std::string& prefix) = 0;
    virtual std::uint64_t listMembers(const std::string& connection, const std::string& channel) = 0;
};

/// What the window is told by the server and the connections. Called on the GUI thread, events at most once a frame.
class ServerView {
public:
    virtual ~ServerView() = default;
    virtual void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot) = 0;
    virtual void addEvents(std::vector<engine::Event> events, std::size_t dropped) = 0;
    virtual void showOutcome(const engine::PublishOutcome& outcome) = 0;
    virtual void showReport(std::uint64_t id, const broadcast::Report& report) = 0;
    virtual void showChannels(std::uint64_t id, ChannelListing listing) = 0;
    virtual void showMembers(std::uint64_t id, MemberListing listing) = 0;
    virtual void addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped) = 0;
    virtual void showVerdict(const engine::AuthorizationVerdict& verdict) = 0;
};

} // namespace castdeck::ui
