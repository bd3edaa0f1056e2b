#include "ui/widgets/tree_table.h"

#include "ui/models/roles.h"
#include "ui/widgets/row_delegate.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>

namespace castdeck::ui {

QVariant TreeTable::openness(int row) const
{
    return row < 0 ? QVariant{} : model()->index(row, 0).data(ExpanderRole);
}

int TreeTable::level(int row) const
{
    return model()->index(row, 0).data(IndentRole).toInt();
}

void TreeTable::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    DataTable::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || index.column() != 0 || !openness(index.row()).isValid())
        return;
    const int arrowEnd = columnViewportPosition(0) + (level(index.row()) + 2) * RowDelegate::levelWidth;
    if (event->position().x() < arrowEnd)
        Q_EMIT toggleRequested(index.row());
}

void TreeTable::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const int arrowEnd = columnViewportPosition(0) + (level(index.row()) + 2) * RowDelegate::levelWidth;
    const bool isOnArrow = openness(index.row()).isValid() && event->position().x() < arrowEnd;
    if (event->button() != Qt::LeftButton || !index.isValid())
        return;
    if (isOnArrow)
        Q_EMIT toggleRequested(index.row()); // Two quick clicks on the arrow are two clicks.
    else
        activate(index.row());
}

void TreeTable::activate(int row)
{
    if (openness(row).isValid())
        Q_EMIT toggleRequested(row);
    else
        Q_EMIT rowActivated(row);
}

void TreeTable::selectParent(int row)
{
    const int own = level(row);
    while (row > 0 && level(row) >= own)
        --row;
    if (level(row) < own)
        selectRow(row);
}

void TreeTable::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    const QVariant isOpen = openness(row);
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (row < 0 || !isPlain)
        return DataTable::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Right:
        if (isOpen.isValid() && !isOpen.toBool())
            Q_EMIT toggleRequested(row);
        return;
    case Qt::Key_Left:
        if (isOpen.isValid() && isOpen.toBool())
            Q_EMIT toggleRequested(row);
        else
            selectParent(row);
        return;
    case Qt::Key_Space:
        if (isOpen.isValid())
            Q_EMIT toggleRequested(row);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter: return activate(row);
    default: DataTable::keyPressEvent(event);
    }
}

} // namespace castdeck::ui
