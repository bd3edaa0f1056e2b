#pragma once

#include "core/remote/secret_vault.h"
#include "ui/bridge/remote_bridge.h"
#include "ui/models/profile_book.h"

#include <QtCore/QObject>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::ui {
class ConnectPage;
class MainWindow;
} // namespace castdeck::ui

namespace castdeck::app {

class StoredState;

/// The profiles of servers elsewhere: opens one in the window when somebody asks for it, and closes it.
///
/// Thread: GUI. Ownership: the window and the state outlive it; it takes its workspaces out of the window.
class LiveProfiles : public QObject {
    Q_OBJECT

public:
    /// `folder` is where a file of secrets would stand.
    LiveProfiles(ui::MainWindow& window, StoredState& state, const std::filesystem::path& folder);
    ~LiveProfiles() override;

    /// Connects, and shows it. One that is live is only shown, unless something about it has changed.
    void open(const ui::Profile& profile, const std::string& secret);
    /// Connects to what is not in the book, since it stands in the configuration.
    void attach(const ui::Profile& profile, const std::string& secret);
    void close(const std::string& id);
    ui::RemoteBridge* bridge(const std::string& id) const; ///< Null when it is not live.
    ui::ProfileBook& book() { return m_book; }
    remote::SecretVault& vault() { return m_vault; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectWindow();
    void askFor(const std::string& id);
    void start(const ui::Profile& profile, const remote::PusherEndpoint& endpoint);
    void openKnown(const std::string& id);
    void offerKnown();
    void keepWatched(const std::string& id, const std::vector<std::string>& watched);
    void showLooks();
    void tellSaved(const ui::Profile& profile);
    std::vector<std::string> profileIds() const;

    ui::MainWindow& m_window;
    StoredState& m_state;
    ui::ProfileBook m_book;
    remote::SecretVault m_vault;
    ui::ConnectPage* m_page; ///< The window's.
    std::map<std::string, std::unique_ptr<ui::RemoteBridge>> m_bridges;
};

} // namespace castdeck::app
