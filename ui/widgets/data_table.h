#pragma once

#include <QtWidgets/QTableView>

#include <set>
#include <vector>

namespace castdeck::ui {

/// The one table of the window: rows of fixed height, whole rows selected, no grid, no type-ahead search.
///
/// Columns that give way when room is short are named with hideBelow(); they come back with the room.
class DataTable : public QTableView {
    Q_OBJECT

public:
    explicit DataTable(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    /// Fixed widths by column; the column with width 0 takes the rest.
    void setColumnWidths(const std::vector<int>& widths);
    void hideBelow(int viewportWidth, int column);
    /// A column that nobody wants stays hidden, however much room there is.
    void setColumnWanted(int column, bool isWanted);
    bool isColumnWanted(int column) const { return !m_unwanted.contains(column); }

    void setModel(QAbstractItemModel* model) override;
    void keyboardSearch(const QString&) override {}
    int hoveredRow() const noexcept { return m_hoveredRow; } ///< -1 for none.

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Rule {
        int width;
        int column;
    };

    void applyRules();
    void setHoveredRow(int row);

    std::vector<int> m_widths;
    std::vector<Rule> m_rules;
    std::set<int> m_unwanted;
    int m_hoveredRow = -1;
};

} // namespace castdeck::ui
