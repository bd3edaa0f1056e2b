#pragma once

#include "ui/models/inflow.h"
#include "ui/models/log_filter.h"
#include "ui/models/log_store.h"
#include "ui/models/roles.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QTimer>

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>

namespace castdeck::ui {

/// The rows of the live log that the filter lets through, oldest first.
///
/// Thread: GUI. Appending only stores and counts; rows reach the view in slices of at most maxRowsPerSlice, one slice
/// a frame, so a storm never blocks the event loop. When more come in than that, the view shows one of every few until
/// the storm is over; then it has them all. A changed filter is worked out in slices too and swapped in whole.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Delta, Type, Arrow, Channel, Event, Who, Size, Summary, ColumnCount };
    enum class Mark { A, B };
    static constexpr std::size_t maxRowsPerSlice = 500;

    explicit LogModel(QObject* parent = nullptr, LogStore::Bounds bounds = {});

    void setMaxRows(std::size_t rows); ///< To hold; the oldest go at once.

    void append(std::vector<engine::Event> events, std::size_t dropped = 0);
    /// Rows from disk that are older than all held, oldest first. They stay while somebody reads them.
    void prepend(std::vector<engine::Event> events);
    void letGoOfOlder(); ///< What was prepended makes room.

    void setFilter(LogFilter filter);
    /// One bit for each engine::EventKind that is shown; 0 shows all.
    void setKinds(std::uint32_t kinds);
    std::uint32_t kinds() const noexcept { return m_kinds; }
    bool isFiltered() const { return !m_filter.isEmpty() || m_kinds != 0; }
    const LogFilter& filter() const noexcept { return m_filter; }
    bool accepts(const engine::Event& event) const; ///< By filter and kinds.

    void setPaused(bool isPaused);
    bool isPaused() const noexcept { return m_isPaused; }
    std::size_t heldBack() const; ///< Rows that came while paused.
    /// What a view says of itself. While there are views and none is seen, rows are stored and counted, nothing else.
    void setSeen(const QObject* view, bool isSeen);

    void clear(); ///< Hides what is there; the rows stay stored for undoClear().
    void undoClear();

    const LogStore& store() const noexcept { return m_store; }
    LogStore::Counts countsSinceClear() const;
    std::size_t rowsSinceClear() const;
    std::size_t thinning() const noexcept { return m_thinning; } ///< The view shows one row of so many; usually 1.
    std::size_t matched() const noexcept { return m_shown.size() + m_skipped; } ///< Rows that the filter lets through.
    /// Null for a row that has made room for newer ones.
    const engine::Event* eventAt(int row) const;
    LogStore::Sequence sequenceAt(int row) const { return m_shown[static_cast<std::size_t>(row)]; }
    int rowOf(LogStore::Sequence sequence) const; ///< -1 when it is not shown.
    QString textAt(int row, int column) const;    ///< The cell's whole text, for the clipboard.

    void toggleBookmark(int row);
    bool isBookmarked(int row) const;
    /// The first one after `row`, and from the top again; -1 when there is none.
    int nextBookmark(int row) const;
    int nextError(int row) const;

    /// The row is kept for comparing, also when it has made room. The same row again takes the mark away.
    void toggleMark(Mark mark, int row);
    const std::optional<engine::Event>& marked(Mark mark) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void changed(); ///< Counts or rows.
    void refiltered();
    void marksChanged();

private:
    struct Rebuild {
        std::deque<LogStore::Sequence> shown;
        LogStore::Sequence next;
    };
    struct MarkedRow {
        LogStore::Sequence sequence = 0;
        std::optional<engine::Event> event;
    };

    void work();
    void showSlice();
    void rebuildSlice();
    void startRebuild();
    void measureInflow();
    void wake();
    void dropEvicted();
    bool isMarked(Mark mark, int row) const;
    QString iconAt(int row, int column, const engine::Event& event) const;
    QString deltaAt(int row) const;
    void repaintRow(int row);

    LogStore m_store;
    LogFilter m_filter;
    std::uint32_t m_kinds = 0;
    bool m_isPaused = false;
    std::map<const QObject*, bool> m_views; ///< Which of them somebody sees.
    bool m_isActive = true;
    Inflow m_inflow;
    std::size_t m_thinning = 1;
    std::size_t m_skipped = 0; ///< Accepted rows that thinning left out.
    std::size_t m_turn = 0;    ///< Accepted rows since thinning began: every m_thinning-th is shown.
    std::deque<LogStore::Sequence> m_shown;
    LogStore::Sequence m_next = LogStore::origin; ///< The first row not yet looked at.
    LogStore::Sequence m_clearedTo = 0;
    LogStore::Sequence m_undoTo = 0;
    LogStore::Counts m_clearedCounts{};
    LogStore::Counts m_undoCounts{};
    std::optional<Rebuild> m_rebuild;
    std::set<LogStore::Sequence> m_bookmarks;
    std::array<MarkedRow, 2> m_marks;
    QTimer m_frame;
};

} // namespace castdeck::ui
