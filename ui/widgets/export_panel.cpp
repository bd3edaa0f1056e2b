#include "ui/widgets/export_panel.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/segmented.h"

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

ExportPanel::ExportPanel(const LogModel& model, QWidget* parent)
    : QFrame{parent}
    , m_model{model}
    , m_export{new LogExport{model, this}}
    , m_format{new Segmented{
          {{QStringLiteral("log.export.jsonl"), tr("JSON Lines")}, {QStringLiteral("log.export.csv"), tr("CSV")}}}}
    , m_hidden{new QLineEdit}
    , m_result{makeLabel({}, TextKind::Hint)}
    , m_save{makeButton(QStringLiteral("log.export.save"), tr("Save as…"), {}, ButtonKind::Primary)}
    , m_close{makeButton(QStringLiteral("log.export.close"), tr("Close"))}
{
    setObjectName(QStringLiteral("log.export.panel"));
    setProperty("area", QStringLiteral("well"));
    build();
    connect(m_save, &QPushButton::clicked, this, &ExportPanel::chooseFile);
    connect(m_close, &QPushButton::clicked, this, [this] { m_export->isRunning() ? m_export->cancel() : hide(); });
    connect(m_close, &QPushButton::clicked, this, &ExportPanel::showIdle);
    connect(m_hidden, &QLineEdit::textChanged, this, [this] {
        setStyleProperty(m_hidden, "state", {});
        showIdle();
    });
    connect(&m_model, &LogModel::changed, this, [this] {
        if (isVisible() && !m_export->isRunning() && m_isIdle)
            showIdle();
    });
    connect(m_export, &LogExport::progressed, this, [this] {
        showResult(tr("%1 of %2 rows written").arg(shownCount(m_export->written()), shownCount(m_export->total())),
                   false);
    });
    connect(m_export, &LogExport::finished, this, [this](std::size_t written, std::size_t gone) {
        showIdle();
        showResult(gone == 0 ? tr("%1 rows written.").arg(shownCount(written))
                             : tr("%1 rows written; %2 had made room for newer ones before they were reached.")
                                   .arg(shownCount(written), shownCount(gone)),
                   false);
    });
    connect(m_export, &LogExport::failed, this, [this](const QString& reason) {
        showIdle();
        showResult(tr("Nothing was written: %1").arg(reason), true);
    });
}

void ExportPanel::build()
{
    m_hidden->setObjectName(QStringLiteral("log.export.hide"));
    m_hidden->setAccessibleName(tr("Hide these paths"));
    m_hidden->setPlaceholderText(tr("Hide these paths: $.customer.email, $.token"));
    m_hidden->setClearButtonEnabled(true);
    m_result->setObjectName(QStringLiteral("log.export.result"));
    m_result->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::small);
    row->addWidget(m_format);
    row->addWidget(m_hidden, 1);
    row->addWidget(m_save);
    row->addWidget(m_close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::medium, metrics::medium, metrics::medium);
    layout->setSpacing(metrics::small);
    layout->addLayout(row);
    layout->addWidget(m_result);
}

void ExportPanel::chooseFile()
{
    if (!hiddenPaths())
        return;
    const bool isCsv = m_format->current() == static_cast<int>(ExportFormat::Csv);
    const QString suffix = isCsv ? QStringLiteral("csv") : QStringLiteral("jsonl");
    const QString name = QStringLiteral("castdeck-log-%1.%2")
                             .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")), suffix);
    auto* dialog = new QFileDialog{this, tr("Export what is shown"), name};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportPanel::saveTo);
    dialog->open();
}

void ExportPanel::saveTo(const QString& path)
{
    auto hidden = hiddenPaths();
    if (!hidden)
        return;
    m_save->setEnabled(false);
    m_close->setText(tr("Cancel"));
    m_export->start(path, static_cast<ExportFormat>(m_format->current()), std::move(*hidden));
}

void ExportPanel::setHiddenPaths(const QString& paths)
{
    m_hidden->setText(paths);
}

void ExportPanel::setFormat(ExportFormat format)
{
    m_format->setCurrent(static_cast<int>(format));
}

/// Nothing when one of them is no path; then it says which.
std::optional<std::vector<JsonCondition>> ExportPanel::hiddenPaths()
{
    static const QRegularExpression separator{QStringLiteral("[,\\s]+")};
    std::vector<JsonCondition> paths;
    for (const QString& text : m_hidden->text().split(separator, Qt::SkipEmptyParts)) {
        auto parsed = JsonCondition::parse(toStd(text));
        if (!parsed.condition || text.contains(QRegularExpression{QStringLiteral("[=<>]")})) {
            setStyleProperty(m_hidden, "state", QStringLiteral("wrong"));
            showResult(tr("“%1” is no path; write it as $.customer.email or $.items[*].id.").arg(text), true);
            return std::nullopt;
        }
        paths.push_back(std::move(*parsed.condition));
    }
    return paths;
}

void ExportPanel::showIdle()
{
    m_save->setEnabled(true);
    m_close->setText(tr("Close"));
    showResult(tr("Saves the %1 rows that the list shows. Payloads are written as they were sent.")
                   .arg(shownCount(static_cast<std::size_t>(m_model.rowCount()))),
               false);
    m_isIdle = true;
}

void ExportPanel::showResult(const QString& text, bool isError)
{
    setStyleProperty(m_result, "textKind", isError ? QStringLiteral("error") : QStringLiteral("hint"));
    m_result->setText(text);
    m_isIdle = false;
}

void ExportPanel::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    if (!m_export->isRunning())
        showIdle();
}

} // namespace castdeck::ui
