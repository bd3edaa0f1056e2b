#pragma once

#include "ui/widgets/data_table.h"

namespace castdeck::ui {

/// A DataTable whose first column is a tree by IndentRole and ExpanderRole. The model opens and closes its rows when it
/// is asked to: by the arrow, a double click, Right and Left, Enter or Space.
class TreeTable : public DataTable {
    Q_OBJECT

public:
    using DataTable::DataTable;

Q_SIGNALS:
    void toggleRequested(int row);
    /// A row without others below it was double clicked, or Enter was pressed on it.
    void rowActivated(int row);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QVariant openness(int row) const; ///< Invalid for a row without others below it.
    int level(int row) const;
    void selectParent(int row);
    void activate(int row);
};

} // namespace castdeck::ui
