#pragma once

#include "core/engine/snapshot.h"
#include "core/remote/matrix_run.h"
#include "ui/bridge/documents.h"
#include "ui/models/persona.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class Chip;
class MatrixModel;
class MatrixTable;

/// The personas against channels: who should get in, who does, and where that differs.
class AuthMatrixTab : public QWidget {
    Q_OBJECT

public:
    static constexpr const char* collection = "expectations";

    AuthMatrixTab(const std::vector<hub::AppConfig>& apps, PersonaBook& book, Documents& documents,
                  QWidget* parent = nullptr);

    void setApps(const std::vector<hub::AppConfig>& apps) { m_apps = apps; }
    void setConfiguration(const auth::AuthorizationConfig& config);
    void showSnapshot(const engine::Snapshot& snapshot);
    MatrixModel* model() const { return m_model; }

    void fill();
    void addChannel(const QString& channel);
    void removeChannel(); ///< That of the current cell.
    void runAll();
    /// What has no result, may have another one since, or is not as expected.
    void runChanged();
    void cancel();

    /// Each says what went wrong, and then returns false.
    bool saveMatrix(const QString& path);
    bool openMatrix(const QString& path);
    bool saveJunit(const QString& path);
    bool saveCsv(const QString& path);
    QString commandLine() const;

Q_SIGNALS:
    void finished();

private:
    void build();
    QLayout* buildActions();
    QLayout* buildChannels();
    QWidget* buildDetail();
    QPushButton* buildExport();
    void askForFile(const QString& title, const QString& name, bool isSave, bool (AuthMatrixTab::*use)(const QString&));
    bool write(const QString& path, const std::string& text);
    void load();
    void keep();
    void followPersonas();
    void setMatrix(remote::PermissionMatrix matrix);
    void run(std::vector<remote::MatrixCell> cells);
    void showState();
    void showCell(const QModelIndex& index);

    std::vector<hub::AppConfig> m_apps;
    PersonaBook& m_book;
    Documents& m_documents;
    auth::AuthorizationConfig m_config;
    std::vector<std::string> m_live;
    QString m_file;
    remote::MatrixRun m_run;

    MatrixModel* m_model;
    MatrixTable* m_table;
    QStackedWidget* m_stack;
    QWidget* m_detail;
    QLineEdit* m_endpoint;
    QLineEdit* m_channel;
    QPushButton* m_refill;
    QPushButton* m_remove;
    QPushButton* m_runAll;
    QPushButton* m_runChanged;
    QPushButton* m_cancel;
    QPushButton* m_export;
    Chip* m_compare;
    QLabel* m_summary;
    QLabel* m_cell;
    QLabel* m_command;
    QPushButton* m_copy;
};

} // namespace castdeck::ui
