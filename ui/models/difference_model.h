#pragma once

#include <QtCore/QAbstractTableModel>

#include <algorithm>
#include <utility>
#include <vector>

namespace castdeck::ui {

/// A table whose rows are replaced by differences, so that selection and scroll position survive.
///
/// `Row` has `key()`, comparable with <, and ==. Rows are sorted by key; keys do not repeat.
template <typename Row> class DifferenceModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    const Row& rowAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    template <typename Key> int find(const Key& key) const
    {
        const auto it = std::ranges::find_if(m_rows, [&](const Row& row) { return row.key() == key; });
        return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
    }

protected:
    void assign(std::vector<Row> target)
    {
        std::size_t at = 0;
        std::size_t next = 0;
        while (at < m_rows.size() || next < target.size()) {
            if (next == target.size() || (at < m_rows.size() && m_rows[at].key() < target[next].key())) {
                removeRun(at, next == target.size() ? nullptr : &target[next]);
            } else if (at == m_rows.size() || target[next].key() < m_rows[at].key()) {
                const std::size_t count = insertRun(at, target, next);
                at += count;
                next += count;
            } else {
                update(at++, std::move(target[next++]));
            }
        }
    }

private:
    /// Removes the rows from `at` on whose key is below that of `limit`, or all.
    void removeRun(std::size_t at, const Row* limit)
    {
        std::size_t end = at + 1;
        while (end < m_rows.size() && (limit == nullptr || m_rows[end].key() < limit->key()))
            ++end;
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(end) - 1);
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(at),
                     m_rows.begin() + static_cast<std::ptrdiff_t>(end));
        endRemoveRows();
    }

    /// Inserts the rows of `target` from `next` on whose key is below that of row `at`.
    std::size_t insertRun(std::size_t at, std::vector<Row>& target, std::size_t next)
    {
        std::size_t end = next + 1;
        while (end < target.size() && (at == m_rows.size() || target[end].key() < m_rows[at].key()))
            ++end;
        const std::size_t count = end - next;
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(at + count) - 1);
        const auto from = target.begin() + static_cast<std::ptrdiff_t>(next);
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(from),
                      std::make_move_iterator(from + static_cast<std::ptrdiff_t>(count)));
        endInsertRows();
        return count;
    }

    void update(std::size_t at, Row row)
    {
        if (m_rows[at] == row)
            return;
        m_rows[at] = std::move(row);
        Q_EMIT dataChanged(index(static_cast<int>(at), 0), index(static_cast<int>(at), columnCount({}) - 1));
    }

    std::vector<Row> m_rows;
};

} // namespace castdeck::ui
