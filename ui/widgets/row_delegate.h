#pragma once

#include "ui/theme/colors.h"

#include <QtWidgets/QStyledItemDelegate>

#include <optional>

namespace castdeck::ui {

/// Draws every table cell of the window from the roles of ui/models/roles.h: plain text only, one line, elided.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int levelWidth = 16; ///< Of a tree, in pixels; see IndentRole.

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    /// Behind the row while it is not selected; nothing for the colour of the table.
    virtual std::optional<Tone> backgroundOf(const QModelIndex& index) const;
};

} // namespace castdeck::ui
