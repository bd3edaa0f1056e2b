#include "ui/widgets/data_table.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/row_delegate.h"

#include <QtGui/QHoverEvent>
#include <QtWidgets/QHeaderView>

namespace castdeck::ui {

DataTable::DataTable(const QString& name, const QString& accessibleName, QWidget* parent) : QTableView{parent}
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setItemDelegate(new RowDelegate{this});
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerItem);
    viewport()->setAttribute(Qt::WA_Hover);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(metrics::row);
    verticalHeader()->setDefaultSectionSize(metrics::row);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setFixedHeight(metrics::control);
}

void DataTable::setColumnWidths(const std::vector<int>& widths)
{
    m_widths = widths;
    if (model() == nullptr)
        return; // A header without sections takes no widths; setModel() comes back.
    for (int column = 0; column < static_cast<int>(m_widths.size()); ++column) {
        const int width = m_widths[static_cast<std::size_t>(column)];
        horizontalHeader()->setSectionResizeMode(column, width == 0 ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (width != 0)
            setColumnWidth(column, zoomed(width));
    }
}

void DataTable::hideBelow(int viewportWidth, int column)
{
    m_rules.push_back({viewportWidth, column});
    applyRules();
}

void DataTable::setColumnWanted(int column, bool isWanted)
{
    if (isWanted) {
        m_unwanted.erase(column);
        setColumnHidden(column, false);
    } else {
        m_unwanted.insert(column);
    }
    applyRules();
}

void DataTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    setColumnWidths(std::vector{m_widths});
    applyRules();
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    applyRules();
    QTableView::resizeEvent(event);
}

bool DataTable::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::HoverMove:
    case QEvent::HoverEnter: setHoveredRow(rowAt(qRound(static_cast<QHoverEvent*>(event)->position().y()))); break;
    case QEvent::HoverLeave:
    case QEvent::Leave: setHoveredRow(-1); break;
    default: break;
    }
    return QTableView::viewportEvent(event);
}

void DataTable::setHoveredRow(int row)
{
    if (m_hoveredRow == row)
        return;
    m_hoveredRow = row;
    viewport()->update();
}

void DataTable::applyRules()
{
    if (model() == nullptr)
        return;
    for (const Rule& rule : m_rules)
        setColumnHidden(rule.column, viewport()->width() < zoomed(rule.width) || !isColumnWanted(rule.column));
    for (const int column : m_unwanted)
        setColumnHidden(column, true);
}

} // namespace castdeck::ui
