#pragma once

#include "ui/bridge/remote_control.h"
#include "ui/bridge/server_view.h"
#include "ui/window_settings.h"

namespace castdeck::app {

/// A server and connections made of sample values, told to the window the way real ones are. For pictures; their
/// credentials open nothing.
class SampleServer : public ui::ServerControl, public ui::ConnectionControl {
public:
    static std::vector<hub::AppConfig> apps();
    static ui::WindowSettings settings();
    /// Of a server elsewhere: the one connection, named like an engine of sampleChannels().
    static ui::WindowSettings elsewhere(const char* connection);
    static std::shared_ptr<const engine::Snapshot> snapshot();

    void setView(ui::ServerView* view) { m_view = view; }

    /// A working morning of a small shop: clients come, subscribe, and events flow.
    void play();
    /// What the last two minutes would have looked like to the plots.
    void playMinutes();
    /// Running, and nobody is there yet.
    void idle();
    /// Not running: nobody is there. `failure` says why, when it has failed.
    void standStill(engine::ServerState state, std::string failure);
    /// The same once more, as a running server says it several times a second.
    void repeat();
    /// Answers what was published since.
    void answer();

    void startServer() override {}
    void stopServer() override {}
    std::uint64_t publish(engine::PublishCommand command) override;
    std::uint64_t authorize(engine::AuthorizationTrial trial) override;
    broadcast::DefaultChoice defaultConnection() const override;
    std::uint64_t send(broadcast::Emission emission) override;
    std::uint64_t sendBatch(std::vector<broadcast::Emission> emissions) override;
    std::uint64_t listChannels(const std::string& connection, const std::string& prefix) override;
    std::uint64_t listMembers(const std::string& connection, const std::string& channel) override;

private:
    ui::ServerView* m_view = nullptr;
    std::uint64_t m_commands = 0;
    std::vector<engine::PublishOutcome> m_outcomes;
    std::vector<engine::AuthorizationVerdict> m_verdicts;
    std::vector<std::pair<std::uint64_t, broadcast::Report>> m_reports;
    std::vector<std::pair<std::uint64_t, ui::ChannelListing>> m_channels;
    std::vector<std::pair<std::uint64_t, ui::MemberListing>> m_members;
};

/// Does nothing.
class SampleRemote : public ui::RemoteControl {
public:
    void watch(const std::string&) override {}
    void unwatch(const std::string&) override {}
    void askCapabilities() override {}
};

} // namespace castdeck::app
