#pragma once

#include "ui/bridge/server_view.h"
#include "ui/text/draft.h"

#include <QtWidgets/QWidget>

class QStackedWidget;

namespace castdeck::ui {

class Composer;
class HistoryModel;
class Receipt;

/// The operators' page: composer, receipt, and what was sent in this session.
class SendPage : public QWidget {
    Q_OBJECT

public:
    SendPage(ServerControl& server, const std::vector<hub::AppConfig>& apps, QWidget* parent = nullptr);

    Composer* composer() const { return m_composer; }
    void showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot);
    void showOutcome(const engine::PublishOutcome& outcome);

private:
    QWidget* buildMain();
    QWidget* buildHistory();
    void send(const Draft& draft);

    ServerControl& m_server;
    bool m_isServerRunning = true;
    Composer* m_composer;
    Receipt* m_receipt;
    HistoryModel* m_history;
    QStackedWidget* m_historyStack;
    std::uint64_t m_lastCommand = 0;
};

} // namespace castdeck::ui
