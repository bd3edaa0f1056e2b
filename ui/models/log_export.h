#pragma once

#include "ui/models/log_model.h"
#include "ui/text/json_condition.h"

#include <QtCore/QSaveFile>
#include <QtCore/QTimer>

#include <memory>
#include <vector>

namespace castdeck::ui {

enum class ExportFormat { JsonLines, Csv };

/// One line for a row, with its end. Payloads are texts, exactly as sent; where that is not UTF-8, as Base64.
std::string exportLine(const engine::Event& event, ExportFormat format, const std::vector<JsonCondition>& hidden);
/// The first line; none for JSON Lines.
std::string exportHead(ExportFormat format);

/// Writes the rows that a log shows into a file, a slice at a time, so that the window never waits.
///
/// Thread: GUI. What the file held before stays until all is written.
class LogExport : public QObject {
    Q_OBJECT

public:
    explicit LogExport(const LogModel& model, QObject* parent = nullptr);

    void start(const QString& path, ExportFormat format, std::vector<JsonCondition> hidden);
    void cancel();
    bool isRunning() const noexcept { return m_file != nullptr; }
    std::size_t total() const noexcept { return m_rows.size(); }
    std::size_t written() const noexcept { return m_written; }

Q_SIGNALS:
    void progressed();
    /// `gone` rows had made room for newer ones before they were reached.
    void finished(std::size_t written, std::size_t gone);
    void failed(const QString& reason);

private:
    void writeSlice();
    void finish();

    const LogModel& m_model;
    std::unique_ptr<QSaveFile> m_file;
    ExportFormat m_format = ExportFormat::JsonLines;
    std::vector<JsonCondition> m_hidden;
    std::vector<LogStore::Sequence> m_rows;
    std::size_t m_at = 0;
    std::size_t m_written = 0;
    QTimer m_slice;
};

} // namespace castdeck::ui
