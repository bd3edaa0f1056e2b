#pragma once

#include "core/engine/engine.h"
#include "ui/bridge/server_view.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <atomic>
#include <functional>
#include <string>

namespace castdeck::ui {

/// The sole owner of the Engine: passes commands in, and brings batches and snapshots to the view.
///
/// Thread: GUI. Only the wake-up crosses from the engine's workers; what they made stays in their mailbox until
/// flush().
class EngineBridge : public QObject, public ServerControl {
    Q_OBJECT

public:
    explicit EngineBridge(engine::EngineOptions options, QObject* parent = nullptr);

    /// Null while nobody looks. The view must outlive the bridge or be taken back.
    void setView(ServerView* view);

    /// Asked before each start for the port to listen on; without it, that of the options.
    void setPortFinder(std::function<std::uint16_t()> find);

    void startServer() override;
    void stopServer() override;
    std::uint64_t publish(engine::PublishCommand command) override;
    std::uint64_t authorize(engine::AuthorizationTrial trial) override;
    /// The server as the driver `local` needs it.
    std::shared_ptr<broadcast::LocalPublisher> localPublisher() const { return m_engine.localPublisher(); }

private:
    void wake();
    void flush();
    void refresh();

    ServerView* m_view = nullptr;
    const std::string m_listen;
    std::function<std::uint16_t()> m_findPort;
    std::shared_ptr<const engine::Snapshot> m_shown;
    std::atomic<bool> m_isWoken = false;
    QElapsedTimer m_sinceFlush;
    QTimer m_flush;
    QTimer m_refresh;
    engine::Engine m_engine; ///< Last: its workers stop before anything they wake is gone.
};

} // namespace castdeck::ui
