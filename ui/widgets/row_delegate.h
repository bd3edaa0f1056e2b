#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace castdeck::ui {

/// Draws every table cell of the window from the roles of ui/models/roles.h: plain text only, one line, elided.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int levelWidth = 16; ///< Of a tree, in pixels; see IndentRole.

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace castdeck::ui
