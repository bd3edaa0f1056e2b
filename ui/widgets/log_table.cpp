#include "ui/widgets/log_table.h"

#include "ui/models/log_model.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QScrollBar>

namespace castdeck::ui {

LogTable::LogTable(QWidget* parent) : DataTable{QStringLiteral("log.table"), tr("Live log"), parent}
{
    setColumnWidths({114, 126, 32, 156, 150, 156, 64, 0}); // A socket id has up to 19 characters.
    hideBelow(940, LogModel::Size);
    hideBelow(860, LogModel::Who);
    hideBelow(640, LogModel::Summary);
    hideBelow(580, LogModel::Arrow);
}

void LogTable::setModel(QAbstractItemModel* model)
{
    DataTable::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isFollowing)
            scrollToBottom();
    });
    // The oldest rows leave at the top: keep what is being read where it is.
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) {
        if (!m_isFollowing)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - (last - first + 1));
    });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_isFollowing)
            scrollToBottom();
    });
}

void LogTable::setFollowing(bool isFollowing)
{
    if (isFollowing)
        scrollToBottom();
    if (m_isFollowing == isFollowing)
        return;
    m_isFollowing = isFollowing;
    Q_EMIT followingChanged(m_isFollowing);
}

void LogTable::wheelEvent(QWheelEvent* event)
{
    DataTable::wheelEvent(event);
    const QScrollBar* bar = verticalScrollBar();
    if (event->angleDelta().y() > 0 && bar->maximum() > 0)
        setFollowing(false);
    else if (event->angleDelta().y() < 0 && bar->value() == bar->maximum())
        setFollowing(true);
}

void LogTable::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space: Q_EMIT pausePressed(); return;
    case Qt::Key_End: setFollowing(true); return;
    case Qt::Key_Home:
        setFollowing(false);
        selectionModel()->setCurrentIndex(model()->index(0, 0), QItemSelectionModel::NoUpdate);
        scrollToTop();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
        if (m_isFollowing && model()->rowCount() > 0) {
            setFollowing(false);
            selectRow(model()->rowCount() - 1); // Who follows looks at the newest row: from there on.
            return;
        }
        break;
    default: break;
    }
    DataTable::keyPressEvent(event);
}

void LogTable::mousePressEvent(QMouseEvent* event)
{
    if (indexAt(event->pos()).isValid())
        setFollowing(false);
    DataTable::mousePressEvent(event);
}

} // namespace castdeck::ui
