#pragma once

#include "core/remote/permission_matrix.h"

#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>

namespace castdeck::ui {

class MatrixModel;

/// Draws a cell: the result by icon and word, below it what is expected, framed when that differs.
class MatrixCellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The matrix as a table of cells. A click, Enter or Space walks through what can be expected: Allow, Deny, nothing;
/// the keys A and D set it, Delete takes it away.
class MatrixTable : public QTableView {
    Q_OBJECT

public:
    explicit MatrixTable(MatrixModel* model, QWidget* parent = nullptr);

    void keyboardSearch(const QString&) override {}

Q_SIGNALS:
    void currentCellChanged(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void cycle(const QModelIndex& index);

    MatrixModel* m_matrix;
};

} // namespace castdeck::ui
