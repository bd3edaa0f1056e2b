#pragma once

#include "app/castdeck/launch_options.h"

#include "core/engine/configuration.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <cstdint>
#include <memory>
#include <string>

namespace castdeck::remote {
class HttpThread;
} // namespace castdeck::remote

namespace castdeck::ui {
class ConnectionsBridge;
class EngineBridge;
class MainWindow;
class Theme;
} // namespace castdeck::ui

namespace castdeck::app {

class DaemonSearch;
class LiveConfiguration;
class LiveProfiles;
class StoredState;

/// The program behind the window: builds the server, the connections and the window from the configuration, and joins
/// them. It decides nothing.
///
/// Thread: GUI. Ownership: all but the theme, which must outlive it. The window goes first, then the bridge with the
/// server: nobody looks at a window that waits for sockets. The destructor keeps what the window remembers of itself.
class Console {
public:
    /// `file` has no errors. `launch` may name another port.
    Console(const LaunchOptions& launch, const engine::Configuration& file, ui::Theme& theme);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// Shows the window; starts the server, or where it runs already without a window, connects to that. Returns at
    /// once.
    void start();
    /// Reads the configuration and the certificates again.
    void reload();

    ui::MainWindow& window() const { return *m_window; }
    ui::EngineBridge& bridge() const { return *m_bridge; }
    LiveProfiles& profiles() const { return *m_profiles; }
    ui::ConnectionsBridge& connections() const { return *m_connections; }
    StoredState& state() const { return *m_state; }

private:
    void postOutboxNotice(const std::string& notice);
    void showNotices();
    void startOrAttach();

    ui::Theme& m_theme;
    const QString m_folder;           ///< The one of the configuration.
    const std::uint16_t m_wantedPort; ///< 0: any.
    QString m_outboxNotice;           ///< What is wrong with the file in which webhooks wait, if anything is.
    QObject m_inbox;                  ///< Brings notices of other threads to this one.
    std::unique_ptr<remote::HttpThread> m_http;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::ConnectionsBridge> m_connections;
    std::unique_ptr<StoredState> m_state; ///< What the window remembers beyond the run.
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<LiveConfiguration> m_configuration;
    std::unique_ptr<LiveProfiles> m_profiles;
    std::unique_ptr<DaemonSearch> m_daemon;
};

} // namespace castdeck::app
