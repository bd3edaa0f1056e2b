#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/profile.h"

#include <QtWidgets/QFrame>

#include <chrono>
#include <optional>
#include <vector>

class QMenu;
class QPushButton;
class QToolButton;

namespace castdeck::ui {

/// The line at the top: which profile is shown and how its server is, the few things done most, and the way to all
/// others.
class ToolBar : public QFrame {
    Q_OBJECT

public:
    struct LiveProfile {
        std::string id;
        QString name;
        Profile::Color color = Profile::Color::Blue;
        QString state; ///< A word.
        std::size_t unseenErrors = 0;
        bool isShown = false;
    };
    struct LockState {
        bool isLocked = false;
        std::optional<std::chrono::seconds> left; ///< Until it locks by itself.
    };

    explicit ToolBar(QWidget* parent = nullptr);

    /// Opened by the button at the right edge; the bar takes it as its child.
    void setMainMenu(QMenu* menu);
    void showProfiles(std::vector<LiveProfile> profiles);
    /// `words` say it for a server elsewhere.
    void showServer(const engine::ServerSnapshot& server, Profile::Kind kind, const QString& words);
    void showPaused(bool isPaused);
    void showLock(const LockState& lock);
    void setCompact(bool isCompact);

Q_SIGNALS:
    void profileChosen(const std::string& id);
    void profileEdited(const std::string& id); ///< Somebody wants to change it.
    void profileClosed(const std::string& id);
    void connectRequested();
    void startRequested();
    void stopRequested();
    void addressRequested(); ///< To the clipboard.
    void serverPageRequested();
    void newEventRequested();
    void pauseRequested();
    void paletteRequested();
    void lockRequested();

private:
    void build();
    void fillProfileMenu();
    void fillServerMenu();
    QPixmap dotOf(Profile::Color color) const;
    void changeEvent(QEvent* event) override;
    void showShownProfile();

    QPushButton* m_profile;
    QPushButton* m_server;
    QPushButton* m_new;
    QPushButton* m_pause;
    QPushButton* m_command;
    QPushButton* m_lock;
    QToolButton* m_menu;
    QMenu* m_profileMenu;
    QMenu* m_serverMenu;
    std::vector<LiveProfile> m_profiles;
    bool m_isEmbedded = true;
    engine::ServerState m_state = engine::ServerState::Stopped;
};

} // namespace castdeck::ui
