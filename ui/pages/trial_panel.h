#pragma once

#include "core/auth/authorization_config.h"
#include "core/hub/app_config.h"
#include "ui/bridge/server_view.h"

#include <QtWidgets/QFrame>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace castdeck::ui {

class DecisionView;

/// Asks the server's own authorization endpoint as a client would, and shows what it answers and why.
class TrialPanel : public QFrame {
    Q_OBJECT

public:
    TrialPanel(ServerControl& server, const std::vector<hub::AppConfig>& apps, const std::vector<auth::Actor>& actors,
               QWidget* parent = nullptr);

    void setChannel(const QString& channel);
    void setActor(const QString& id);
    void run();
    /// An answer to somebody else's question is ignored.
    void showVerdict(const engine::AuthorizationVerdict& verdict);
    void showDecision(const engine::Decision& decision);

private:
    void build();
    QWidget* buildForm();

    ServerControl& m_server;
    QComboBox* m_app;
    QComboBox* m_actor;
    QLineEdit* m_channel;
    QLineEdit* m_socket;
    QPlainTextEdit* m_headers;
    QLabel* m_problem;
    DecisionView* m_result;
    std::uint64_t m_asked = 0;
};

} // namespace castdeck::ui
