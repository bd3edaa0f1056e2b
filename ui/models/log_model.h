#pragma once

#include "ui/models/log_filter.h"
#include "ui/models/log_store.h"
#include "ui/models/roles.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QTimer>

#include <deque>
#include <optional>

namespace castdeck::ui {

/// The rows of the live log that the filter lets through, oldest first.
///
/// Thread: GUI. Appending only stores and counts; rows reach the view in slices of at most maxRowsPerSlice, one slice
/// a frame, so a storm never blocks the event loop. A changed filter is worked out in slices too and swapped in whole.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Type, Arrow, Channel, Event, Who, Size, Summary, ColumnCount };
    static constexpr std::size_t maxRowsPerSlice = 500;

    explicit LogModel(QObject* parent = nullptr, LogStore::Bounds bounds = {});

    void append(std::vector<engine::Event> events, std::size_t dropped = 0);

    void setFilter(LogFilter filter);
    /// One bit for each engine::EventKind that is shown; 0 shows all.
    void setKinds(std::uint32_t kinds);
    bool isFiltered() const { return !m_filter.isEmpty() || m_kinds != 0; }

    void setPaused(bool isPaused);
    bool isPaused() const noexcept { return m_isPaused; }
    std::size_t heldBack() const; ///< Rows that came while paused.

    void clear(); ///< Hides what is there; the rows stay stored for undoClear().
    void undoClear();

    const LogStore& store() const noexcept { return m_store; }
    LogStore::Counts countsSinceClear() const;
    std::size_t rowsSinceClear() const;
    /// Null for a row that has made room for newer ones.
    const engine::Event* eventAt(int row) const;
    LogStore::Sequence sequenceAt(int row) const { return m_shown[static_cast<std::size_t>(row)]; }
    int rowOf(LogStore::Sequence sequence) const; ///< -1 when it is not shown.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void changed(); ///< Counts or rows.
    void refiltered();

private:
    struct Rebuild {
        std::deque<LogStore::Sequence> shown;
        LogStore::Sequence next;
    };

    void work();
    void showSlice();
    void rebuildSlice();
    void startRebuild();
    void dropEvicted();
    bool accepts(const engine::Event& event) const;
    QString textOf(const engine::Event& event, int column) const;

    LogStore m_store;
    LogFilter m_filter;
    std::uint32_t m_kinds = 0;
    bool m_isPaused = false;
    std::deque<LogStore::Sequence> m_shown;
    LogStore::Sequence m_next = 0; ///< The first row not yet looked at.
    LogStore::Sequence m_clearedTo = 0;
    LogStore::Sequence m_undoTo = 0;
    LogStore::Counts m_clearedCounts{};
    LogStore::Counts m_undoCounts{};
    std::optional<Rebuild> m_rebuild;
    QTimer m_frame;
};

} // namespace castdeck::ui
