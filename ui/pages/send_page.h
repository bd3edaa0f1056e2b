#pragma once

#include "ui/bridge/server_view.h"
#include "ui/models/connection_choices.h"
#include "ui/text/draft.h"
#include "ui/window_settings.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class Composer;
class HistoryModel;
class Receipt;

/// The operators' page: composer, the connection to send through, receipt, and what was sent in this session.
class SendPage : public QWidget {
    Q_OBJECT

public:
    SendPage(ServerControl& server, ConnectionControl& connections, const WindowSettings& settings,
             QWidget* parent = nullptr);

    Composer* composer() const { return m_composer; }
    void showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot);
    void showOutcome(const engine::PublishOutcome& outcome);
    void showReport(std::uint64_t id, const broadcast::Report& report);
    /// One that is not there changes nothing. The empty name is the server in this program.
    void setConnection(const QString& name);

private:
    QWidget* buildMain();
    QLayout* buildHead();
    QWidget* buildHistory();
    const ConnectionChoice& choice() const;
    void showChoice();
    void send(const Draft& draft);
    void sendHere(const Draft& draft);
    void sendThrough(const Draft& draft);
    void remember(std::uint64_t id, const Draft& draft);

    ServerControl& m_server;
    ConnectionControl& m_connectionControl;
    bool m_isServerRunning = true;
    ConnectionChoices m_choices;
    QComboBox* m_connection;
    QLabel* m_connectionHint;
    Composer* m_composer;
    Receipt* m_receipt;
    HistoryModel* m_history;
    QStackedWidget* m_historyStack;
    std::uint64_t m_lastSent = 0; ///< Key in the history of what the receipt tells about.
};

} // namespace castdeck::ui
