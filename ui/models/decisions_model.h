#pragma once

#include "core/engine/authorization.h"

#include <QtCore/QAbstractTableModel>

#include <deque>
#include <vector>

namespace castdeck::ui {

/// What was decided about channels, the newest first, at most `bound` rows; the others are counted.
class DecisionsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Verdict, Channel, Who, Decider, Why, ColumnCount };
    static constexpr std::size_t bound = 5'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// In the order of deciding; `dropped` were decided but not told.
    void append(std::vector<engine::Decision> decisions, std::size_t dropped);
    void clear();
    const engine::Decision& at(int row) const { return m_decisions[static_cast<std::size_t>(row)]; }
    std::size_t total() const noexcept { return m_total; } ///< Since the last clear().

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textAt(const engine::Decision& decision, int column) const;
    void removeOldest(std::size_t count);

    std::deque<engine::Decision> m_decisions;
    std::size_t m_total = 0;
};

} // namespace castdeck::ui
