#pragma once

#include "ui/bridge/remote_control.h"
#include "ui/models/profile.h"

#include <QtWidgets/QWidget>

class QLabel;

namespace castdeck::ui {

class CapabilityList;

/// The server elsewhere behind a profile: where it is, and all that it tells and does not tell, read at once.
class ServerPage : public QWidget {
    Q_OBJECT

public:
    explicit ServerPage(const Profile& profile, QWidget* parent = nullptr);

    void setProfile(const Profile& profile);
    /// `words`: how the connection is.
    void showState(const QString& words);
    void showFacts(const RemoteFacts& facts);

Q_SIGNALS:
    void askRequested();   ///< For what the server tells.
    void checkRequested(); ///< Of the connection, step by step.
    void editRequested();

private:
    QWidget* buildHead();
    void showAddress();

    Profile m_profile;
    QLabel* m_title;
    QLabel* m_address;
    QString m_state;
    CapabilityList* m_capabilities;
};

} // namespace castdeck::ui
