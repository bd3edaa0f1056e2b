#include "ui/widgets/plot_card.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/plot_table.h"

#include <QtCore/QFile>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

namespace castdeck::ui {

PlotCard::PlotCard(const QString& name, const QString& title, QWidget* parent)
    : QFrame{parent}
    , m_name{name}
    , m_figure{makeLabel({}, TextKind::Plain)}
    , m_head{new QWidget}
    , m_plot{new Plot{QStringLiteral("stats.") + name, title}}
    , m_model{new PlotTable{this}}
    , m_table{new DataTable{QStringLiteral("stats.%1.table").arg(name), title}}
    , m_missing{makeLabel({}, TextKind::Muted)}
    , m_stack{new QStackedWidget}
{
    setProperty("area", QStringLiteral("card"));
    buildHead(name, title);
    m_table->setModel(m_model);
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_table);
    m_missing->setObjectName(QStringLiteral("stats.%1.missing").arg(name));
    m_missing->setWordWrap(true);
    m_missing->setAlignment(Qt::AlignCenter);
    m_missing->setContentsMargins(metrics::page, 0, metrics::page, metrics::small);
    m_stack->addWidget(m_missing);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::small, metrics::small, metrics::small);
    layout->setSpacing(metrics::tiny);
    layout->addWidget(m_head);
    layout->addWidget(m_stack, 1);
}

void PlotCard::buildHead(const QString& name, const QString& title)
{
    auto* more = makeIconButton(QStringLiteral("stats.%1.menu").arg(name), QStringLiteral("drop-down"),
                                tr("%1: table and files").arg(title));
    auto* menu = new QMenu{more};
    QAction* table = menu->addAction(tr("Show as table"));
    table->setCheckable(true);
    connect(table, &QAction::toggled, this, &PlotCard::setTable);
    connect(menu, &QMenu::aboutToShow, table, [this, table] { table->setChecked(isTable()); });
    connect(menu->addAction(tr("Save as PNG…")), &QAction::triggered, this,
            [this] { askAndSave(QStringLiteral("png"), &PlotCard::savePicture); });
    connect(menu->addAction(tr("Save as CSV…")), &QAction::triggered, this,
            [this] { askAndSave(QStringLiteral("csv"), &PlotCard::saveTable); });
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* layout = new QHBoxLayout{m_head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeLabel(title, TextKind::Label));
    layout->addStretch(1);
    layout->addWidget(m_figure);
    layout->addWidget(more);
}

void PlotCard::setData(PlotData shown)
{
    if (isTable())
        m_model->setData(shown);
    m_plot->setData(std::move(shown));
}

void PlotCard::setFigure(const QString& text)
{
    m_figure->setText(text);
}

void PlotCard::setMissing(const QString& sentence)
{
    m_missing->setText(sentence);
    m_figure->setVisible(sentence.isEmpty());
    if (!sentence.isEmpty())
        m_stack->setCurrentWidget(m_missing);
    else if (m_stack->currentWidget() == m_missing)
        m_stack->setCurrentWidget(m_plot);
    m_head->findChild<QToolButton*>()->setEnabled(sentence.isEmpty());
}

bool PlotCard::isTable() const
{
    return m_stack->currentWidget() == m_table;
}

void PlotCard::setTable(bool isTable)
{
    if (isTable)
        m_model->setData(m_plot->data());
    m_stack->setCurrentIndex(isTable ? 1 : 0);
}

void PlotCard::askAndSave(const QString& suffix, void (PlotCard::*save)(const QString&))
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save"), QStringLiteral("castdeck-%1.%2").arg(m_name, suffix), QStringLiteral("*.%1").arg(suffix));
    if (!file.isEmpty())
        (this->*save)(file);
}

void PlotCard::savePicture(const QString& file)
{
    const bool isSaved = m_plot->grab().save(file, "PNG");
    Q_EMIT told(isSaved ? tr("Saved %1.").arg(file) : tr("%1 cannot be written; choose another folder.").arg(file));
}

void PlotCard::saveTable(const QString& file)
{
    QFile out{file};
    const QByteArray text = toCsv(m_plot->data()).toUtf8();
    const bool isSaved = out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
    Q_EMIT told(isSaved ? tr("Saved %1.").arg(file) : tr("%1 cannot be written: %2.").arg(file, out.errorString()));
}

} // namespace castdeck::ui
