#pragma once

#include "core/broadcast/manager.h"
#include "ui/bridge/server_view.h"

#include <QtCore/QObject>

#include <memory>
#include <string>
#include <utility>

namespace castdeck::ui {

/// Sends through the connections of the configuration, asks them who is there, and brings the answers to the view. What
/// the driver `log` writes becomes rows of the live log.
///
/// Thread: GUI. Answers and log lines wait in a mailbox until the GUI thread fetches them.
class ConnectionsBridge : public QObject, public ConnectionControl {
    Q_OBJECT

public:
    /// `services` without a log: that is the window's.
    ConnectionsBridge(broadcast::ConnectionsConfig config, broadcast::Services services, QObject* parent = nullptr);
    ~ConnectionsBridge() override;

    /// Takes effect on the next send, see broadcast::Manager.
    void configure(broadcast::ConnectionsConfig config) { m_manager->configure(std::move(config)); }

    /// Null while nobody looks. The view must outlive the bridge or be taken back.
    void setView(ServerView* view) { m_view = view; }

    broadcast::DefaultChoice defaultConnection() const override { return m_manager->defaultConnection(); }
    std::uint64_t send(broadcast::Emission emission) override;
    std::uint64_t sendBatch(std::vector<broadcast::Emission> emissions) override;
    std::uint64_t listChannels(const std::string& connection, const std::string& prefix) override;
    std::uint64_t listMembers(const std::string& connection, const std::string& channel) override;

private:
    struct Answers;
    struct Mailbox;

    void flush();
    std::uint64_t answer(broadcast::PendingReport report);

    ServerView* m_view = nullptr;
    std::uint64_t m_lastId = 0;
    std::shared_ptr<Mailbox> m_mailbox; ///< Shared with what ends after the bridge.
    std::shared_ptr<broadcast::Manager> m_manager;
};

} // namespace castdeck::ui
