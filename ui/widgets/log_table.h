#pragma once

#include "ui/widgets/data_table.h"

namespace castdeck::ui {

/// The table of the live log. Follows the newest row until somebody looks elsewhere; then what is seen stays in place.
class LogTable : public DataTable {
    Q_OBJECT

public:
    explicit LogTable(QWidget* parent = nullptr);

    bool isFollowing() const noexcept { return m_isFollowing; }
    void setFollowing(bool isFollowing);
    void setModel(QAbstractItemModel* model) override;

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    void pausePressed();

protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    bool m_isFollowing = true;
};

} // namespace castdeck::ui
