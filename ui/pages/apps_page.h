#pragma once

#include "ui/bridge/server_view.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace castdeck::ui {

class AppDetail;
class AppsModel;
class Chip;
class DataTable;

/// The embedded server and its applications: address, start and stop, credentials, code to connect.
class AppsPage : public QWidget {
    Q_OBJECT

public:
    AppsPage(ServerControl& server, std::vector<hub::AppConfig> apps, QWidget* parent = nullptr);

    /// What somebody should know about the configuration, a sentence a line.
    void setNotice(const QString& sentences);
    void setApps(std::vector<hub::AppConfig> apps);
    void setWantedPort(std::uint16_t port) { m_wantedPort = port; }
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    void copyListeningCode();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildServerCard();
    QWidget* buildApps();
    void refresh();
    void showServer();
    void showNotices();
    void showSelected();

    ServerControl& m_server;
    std::vector<hub::AppConfig> m_apps;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    Chip* m_state;
    QLabel* m_address;
    QLabel* m_security;
    QLabel* m_notice;
    QString m_configurationNotice;
    std::uint16_t m_wantedPort = 0;
    QPushButton* m_startStop;
    AppsModel* m_model;
    DataTable* m_table;
    AppDetail* m_detail;
};

} // namespace castdeck::ui
