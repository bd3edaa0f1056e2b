#pragma once

#include "ui/widgets/data_table.h"

#include <string>

class QMenu;

namespace castdeck::ui {

/// The table of the live log. Follows the newest row until somebody looks elsewhere; then what is seen stays in place.
/// Columns can be moved, sized and hidden from the menu of the table head.
class LogTable : public DataTable {
    Q_OBJECT

public:
    /// What a single key asks for while the list has the focus.
    enum class Request {
        Pause,
        MarkA,
        MarkB,
        Bookmark,
        NextBookmark,
        NextError,
        FollowSocket,
        HideChannel,
        Inspect,
        Copy
    };

    explicit LogTable(QWidget* parent = nullptr);

    bool isFollowing() const noexcept { return m_isFollowing; }
    void setFollowing(bool isFollowing);
    void setModel(QAbstractItemModel* model) override;
    void goTo(int row);     ///< Selects it and ends following.
    int currentRow() const; ///< The selected one; -1 for none.

    /// Order, widths and visibility as a JSON text, to be kept.
    std::string columns() const;
    void setColumns(const std::string& json);
    void fillColumnMenu(QMenu& menu);

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    void requested(castdeck::ui::LogTable::Request request);
    void topReached(); ///< Somebody looks above the first row.
    void columnsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    static const std::vector<int>& defaultWidths();
    bool movesAway(int key);
    void resetColumns();
    void keepInPlace(int rows);
    void reportTop();

    bool m_isFollowing = true;
    bool m_isArranging = false; ///< Changes are our own.
};

} // namespace castdeck::ui
