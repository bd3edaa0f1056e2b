#pragma once

#include "ui/models/log_export.h"

#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace castdeck::ui {

class Segmented;

/// Where the rows that the log shows are saved from: format, what to hide, and how far it is. Hides nothing unless
/// asked.
class ExportPanel : public QFrame {
    Q_OBJECT

public:
    explicit ExportPanel(const LogModel& model, QWidget* parent = nullptr);

    void saveTo(const QString& path);
    void setHiddenPaths(const QString& paths);
    void setFormat(ExportFormat format);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void chooseFile();
    std::optional<std::vector<JsonCondition>> hiddenPaths();
    void showIdle();
    void showResult(const QString& text, bool isError);

    const LogModel& m_model;
    bool m_isIdle = true; ///< The line below tells what would be saved, not what was.
    LogExport* m_export;
    Segmented* m_format;
    QLineEdit* m_hidden;
    QLabel* m_result;
    QPushButton* m_save;
    QPushButton* m_close;
};

} // namespace castdeck::ui
