#pragma once

#include "ui/bridge/server_view.h"

namespace castdeck::app {

/// A server made of sample values, told to the window the way a real one is. For pictures; its credentials open
/// nothing.
class SampleServer : public ui::ServerControl {
public:
    static std::vector<hub::AppConfig> apps();

    void setView(ui::ServerView* view) { m_view = view; }

    /// A working morning of a small shop: clients come, subscribe, and events flow.
    void play();
    /// Running, and nobody is there yet.
    void idle();
    /// Answers what was published since.
    void answer();

    void startServer() override {}
    void stopServer() override {}
    std::uint64_t publish(engine::PublishCommand command) override;

private:
    ui::ServerView* m_view = nullptr;
    std::uint64_t m_commands = 0;
    std::vector<engine::PublishOutcome> m_outcomes;
};

} // namespace castdeck::app
