#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/profile.h"
#include "ui/models/traffic_rate.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QStatusBar>

class QPushButton;

namespace castdeck::ui {

/// The line at the bottom: how the server is, in words; each part leads to where there is more.
class StatusStrip : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);

    /// `words` say it for a server elsewhere.
    void showServer(const engine::ServerSnapshot& server, Profile::Kind kind, const QString& words);
    void showSnapshot(const engine::Snapshot& snapshot);
    void showRates(const TrafficRate& rate);
    void showLog(std::size_t rows, std::size_t bytes, std::size_t dropped);
    void showPaused(bool isPaused, std::size_t heldBack);
    void showErrors(std::size_t unseen);
    void showTheme(Theme::Choice choice);

Q_SIGNALS:
    void connectionRequested();
    void startRequested(); ///< Of what is not connected.
    void stopRequested();  ///< Of what tries to connect.
    void appsRequested();
    void connectionsRequested();
    void channelsRequested();
    void ratesRequested();
    void logRequested();
    void resumeRequested();
    void errorsRequested();
    void themeRequested();

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QPushButton* addPart(const char* name, int stretch = 0);
    void makeRoom();

    QPushButton* m_connection;
    QPushButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_apps;
    QPushButton* m_connections;
    QPushButton* m_channels;
    QPushButton* m_rates;
    QPushButton* m_log;
    QPushButton* m_paused;
    QPushButton* m_errors;
    QPushButton* m_theme;
};

} // namespace castdeck::ui
