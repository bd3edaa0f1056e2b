#pragma once

#include <QtWidgets/QWidget>

#include <optional>
#include <string>
#include <vector>

class QPushButton;

namespace castdeck::ui {

class ConfirmBar;
class OccupancyControl;

/// Whom the actions are about: one socket, or all of a user.
struct Occupant {
    struct Socket {
        std::string id;
        bool isSignedIn = false; ///< As `userId`.

        bool operator==(const Socket&) const = default;
    };

    std::string appId;
    std::string channel; ///< Empty where it is not about one.
    std::string userId;
    std::vector<Socket> sockets;
    bool isUser = false; ///< The row of a user, not of a socket.

    bool operator==(const Occupant&) const = default;
};

/// What can be done to the selected connection or user: close, take off the channel, disconnect the user, each asked
/// for once; and follow in the log.
class OccupantActions : public QWidget {
    Q_OBJECT

public:
    enum class Place { Channel, Connection };

    /// The buttons are `name`.close, .remove, .disconnect and .follow.
    OccupantActions(const QString& name, Place place, QWidget* parent = nullptr);

    /// Null where nothing can be done; else it must outlive this.
    void setControl(OccupancyControl* control);
    /// Nothing selected: all are greyed out. Another target cancels what was asked.
    void setTarget(const std::optional<Occupant>& target);

public Q_SLOTS:
    void askToClose();
    void askToRemove();
    void askToDisconnect();
    void follow();

Q_SIGNALS:
    /// `filter` is in the language of the log's filter line: "socket:1.1".
    void followRequested(const QString& filter);

private:
    void refresh();
    QString who() const;

    OccupancyControl* m_control = nullptr;
    std::optional<Occupant> m_target;
    QPushButton* m_close;
    QPushButton* m_remove;
    QPushButton* m_disconnect;
    QPushButton* m_follow;
    ConfirmBar* m_confirm;
};

} // namespace castdeck::ui
