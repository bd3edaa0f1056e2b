#include "ui/widgets/log_table.h"

#include "ui/models/log_model.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

#include <optional>

namespace castdeck::ui {

namespace {

std::optional<LogTable::Request> requestOf(const QKeyEvent& event)
{
    using Request = LogTable::Request;
    if (event.matches(QKeySequence::Copy))
        return Request::Copy;
    if (event.modifiers() != Qt::NoModifier && event.modifiers() != Qt::KeypadModifier)
        return std::nullopt;
    switch (event.key()) {
    case Qt::Key_Space: return Request::Pause;
    case Qt::Key_A: return Request::MarkA;
    case Qt::Key_B: return Request::MarkB;
    case Qt::Key_M: return Request::Bookmark;
    case Qt::Key_N: return Request::NextBookmark;
    case Qt::Key_E: return Request::NextError;
    case Qt::Key_F: return Request::FollowSocket;
    case Qt::Key_Delete: return Request::HideChannel;
    case Qt::Key_Return:
    case Qt::Key_Enter: return Request::Inspect;
    default: return std::nullopt;
    }
}

} // namespace

LogTable::LogTable(QWidget* parent) : DataTable{QStringLiteral("log.table"), tr("Live log"), parent}
{
    setColumnWidths(defaultWidths());
    hideBelow(1180, LogModel::Delta);
    hideBelow(1000, LogModel::Size);
    hideBelow(860, LogModel::Who);
    hideBelow(640, LogModel::Summary);
    hideBelow(700, LogModel::Arrow);
    setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint& at) {
        auto* menu = new QMenu{this};
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->setObjectName(QStringLiteral("log.columns.menu"));
        fillColumnMenu(*menu);
        menu->popup(horizontalHeader()->mapToGlobal(at));
    });
    const auto report = [this] {
        if (!m_isArranging && isVisible())
            Q_EMIT columnsChanged();
    };
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, report);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this, report](int column, int before, int after) {
        const bool isByHand =
            before != 0 && after != 0 && horizontalHeader()->sectionResizeMode(column) == QHeaderView::Interactive;
        if (isByHand)
            report();
    });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &LogTable::reportTop);
}

const std::vector<int>& LogTable::defaultWidths()
{
    static const std::vector<int> widths{126, 76,  126, 32, 156,
                                         140, 156, 64,  0}; // A socket id has up to 19 characters.
    return widths;
}

/// What stands above the list may grow at any time; who follows stays at the newest row.
void LogTable::resizeEvent(QResizeEvent* event)
{
    DataTable::resizeEvent(event);
    if (m_isFollowing)
        scrollToBottom();
}

void LogTable::setModel(QAbstractItemModel* model)
{
    DataTable::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        if (m_isFollowing)
            scrollToBottom();
        else if (first == 0)
            keepInPlace(last - first + 1);
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

/// So many rows came in above what is being read.
void LogTable::keepInPlace(int rows)
{
    const int before = verticalScrollBar()->value();
    executeDelayedItemsLayout(); // The range of the scroll bar grows only here.
    updateGeometries();
    verticalScrollBar()->setValue(before + rows);
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

void LogTable::goTo(int row)
{
    setFollowing(false);
    selectRow(row);
    scrollTo(model()->index(row, 0));
}

int LogTable::currentRow() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.constFirst().row();
}

void LogTable::wheelEvent(QWheelEvent* event)
{
    DataTable::wheelEvent(event);
    const QScrollBar* bar = verticalScrollBar();
    if (event->angleDelta().y() > 0) {
        if (bar->maximum() > 0)
            setFollowing(false);
        reportTop();
    } else if (event->angleDelta().y() < 0 && bar->value() == bar->maximum()) {
        setFollowing(true);
    }
}

void LogTable::keyPressEvent(QKeyEvent* event)
{
    if (const auto request = requestOf(*event)) {
        Q_EMIT requested(*request);
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore(); // The page may have something to leave.
        return;
    }
    if (!movesAway(event->key()))
        DataTable::keyPressEvent(event);
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp || event->key() == Qt::Key_Home)
        reportTop();
}

/// Keys that begin or end following; true when there is nothing left to do.
bool LogTable::movesAway(int key)
{
    switch (key) {
    case Qt::Key_End: setFollowing(true); return true;
    case Qt::Key_Home:
        setFollowing(false);
        selectionModel()->setCurrentIndex(model()->index(0, 0), QItemSelectionModel::NoUpdate);
        scrollToTop();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
        if (!m_isFollowing || model()->rowCount() == 0)
            return false;
        setFollowing(false);
        selectRow(model()->rowCount() - 1); // Who follows looks at the newest row: from there on.
        return true;
    default: return false;
    }
}

void LogTable::mousePressEvent(QMouseEvent* event)
{
    if (indexAt(event->pos()).isValid())
        setFollowing(false);
    DataTable::mousePressEvent(event);
}

void LogTable::reportTop()
{
    const QScrollBar* bar = verticalScrollBar();
    if (!m_isFollowing && bar->value() == bar->minimum())
        Q_EMIT topReached();
}

} // namespace castdeck::ui
