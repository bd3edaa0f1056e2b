#pragma once

#include "core/engine/engine.h"
#include "ui/bridge/occupancy.h"
#include "ui/bridge/server_view.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <atomic>
#include <functional>
#include <map>
#include <string>

namespace castdeck::ui {

/// The sole owner of the Engine: passes commands in, and brings batches and snapshots to the view.
///
/// Thread: GUI. Only the wake-up crosses from the engine's workers; what they made stays in their mailbox until
/// flush().
class EngineBridge : public QObject, public ServerControl, public OccupancyControl {
    Q_OBJECT

public:
    explicit EngineBridge(engine::EngineOptions options, QObject* parent = nullptr);

    /// Null while nobody looks. The view must outlive the bridge or be taken back.
    void setView(ServerView* view);

    /// Asked before each start for the port to listen on; without it, that of the options.
    void setPortFinder(std::function<std::uint16_t()> find);

    /// Gives the running server what can change while it runs, see engine::reconfigure().
    void reconfigure(const engine::EngineOptions& wanted);
    void reloadTls() { m_engine.reloadTls(); }

    void startServer() override;
    void stopServer() override;
    std::uint64_t publish(engine::PublishCommand command) override;
    std::uint64_t authorize(engine::AuthorizationTrial trial) override;
    void askDetails(engine::DetailsQuestion question, QObject* context, Answer answer) override;
    void closeSocket(const std::string& appId, const std::string& socketId) override;
    void removeFromChannel(const std::string& appId, const std::string& socketId, const std::string& channel) override;
    void terminateUser(const std::string& appId, const std::string& userId) override;
    /// What the server is like. Never null; at most 250 ms old while it runs.
    std::shared_ptr<const engine::Snapshot> snapshot() const { return m_engine.snapshot(); }
    /// The server as the driver `local` needs it.
    std::shared_ptr<broadcast::LocalPublisher> localPublisher() const { return m_engine.localPublisher(); }

private:
    struct Asked {
        QPointer<QObject> context;
        Answer answer;
    };

    void wake();
    void flush();
    void refresh();
    void passDetails();

    ServerView* m_view = nullptr;
    const std::string m_listen;
    std::function<std::uint16_t()> m_findPort;
    std::shared_ptr<const engine::Snapshot> m_shown;
    std::map<std::uint64_t, Asked> m_asked; ///< By the id of the question.
    std::atomic<bool> m_isWoken = false;
    QElapsedTimer m_sinceFlush;
    QTimer m_flush;
    QTimer m_refresh;
    engine::Engine m_engine; ///< Last: its workers stop before anything they wake is gone.
};

} // namespace castdeck::ui
