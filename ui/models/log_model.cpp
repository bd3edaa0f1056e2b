#include "ui/models/log_model.h"

#include "ui/models/event_words.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto frame = 33ms;
constexpr qint64 sliceMilliseconds = 8;
/// More than can be shown as they come.
constexpr double budgetPerSecond = static_cast<double>(LogModel::maxRowsPerSlice) * 1'000 / frame.count();
constexpr double calmPerSecond = budgetPerSecond * 0.8;
/// So many rows behind, all are looked at again and swapped in, which is faster than showing slice after slice.
constexpr std::size_t farBehind = 8 * LogModel::maxRowsPerSlice;

} // namespace

LogModel::LogModel(QObject* parent, LogStore::Bounds bounds) : QAbstractTableModel{parent}, m_store{bounds}
{
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &LogModel::work);
}

void LogModel::setMaxRows(std::size_t rows)
{
    m_store.setMaxRows(rows);
    dropEvicted();
    Q_EMIT changed();
}

void LogModel::append(std::vector<engine::Event> events, std::size_t dropped)
{
    if (events.empty() && dropped == 0)
        return;
    m_inflow.add(events.size());
    m_store.append(std::move(events));
    m_store.addDropped(dropped);
    dropEvicted();
    if (m_isActive && !m_isPaused && !m_frame.isActive())
        m_frame.start(0ms);
    Q_EMIT changed();
}

void LogModel::prepend(std::vector<engine::Event> events)
{
    if (events.empty() || m_store.first() < m_clearedTo)
        return;
    m_store.prepend(std::move(events));
    if (m_rebuild) {
        startRebuild();
        return;
    }
    std::vector<LogStore::Sequence> older;
    const LogStore::Sequence end = m_shown.empty() ? m_next : m_shown.front();
    for (LogStore::Sequence at = m_store.first(); at < end; ++at) {
        if (accepts(m_store.at(at)))
            older.push_back(at);
    }
    if (!older.empty()) {
        beginInsertRows({}, 0, static_cast<int>(older.size()) - 1);
        m_shown.insert(m_shown.begin(), older.begin(), older.end());
        endInsertRows();
    }
    Q_EMIT changed();
}

void LogModel::letGoOfOlder()
{
    m_store.letGoOfOlder();
    m_bookmarks.erase(m_bookmarks.begin(), m_bookmarks.lower_bound(m_store.first())); // Others may get those numbers.
    dropEvicted();
}

void LogModel::work()
{
    if (!m_isActive)
        return;
    if (m_rebuild) {
        rebuildSlice();
    } else if (!m_isPaused) {
        measureInflow();
        if (!m_rebuild)
            showSlice();
    }
    const bool isBehind = !m_isPaused && m_next < m_store.end();
    const bool isThinned = !m_isPaused && m_thinning > 1; // It is to be noticed when the storm is over.
    if (m_rebuild || isBehind || isThinned)
        m_frame.start(m_rebuild ? 0ms : frame);
}

void LogModel::measureInflow()
{
    const double inflow = m_inflow.perSecond();
    const std::size_t before = m_thinning;
    const std::size_t behind = static_cast<std::size_t>(m_store.end() - std::max(m_next, m_store.first()));
    if (inflow > budgetPerSecond && (m_thinning > 1 || behind > maxRowsPerSlice))
        m_thinning = std::max<std::size_t>(2, static_cast<std::size_t>(std::ceil(inflow / budgetPerSecond)));
    else if (inflow < calmPerSecond)
        m_thinning = 1;
    if (m_thinning != before)
        Q_EMIT changed();
    if ((before > 1 && m_thinning == 1 && m_skipped > 0) || (m_thinning == 1 && behind > farBehind))
        startRebuild(); // With every row that was left out or held back.
}

void LogModel::showSlice()
{
    QElapsedTimer timer;
    timer.start();
    std::vector<LogStore::Sequence> fresh;
    m_next = std::max(m_next, m_store.first());
    const LogStore::Sequence before = m_next;
    while (m_next < m_store.end() && fresh.size() < maxRowsPerSlice && timer.elapsed() < sliceMilliseconds) {
        if (accepts(m_store.at(m_next))) {
            if (m_thinning == 1 || m_turn++ % m_thinning == 0)
                fresh.push_back(m_next);
            else
                ++m_skipped;
        }
        ++m_next;
    }
    if (m_next == before)
        return;
    if (!fresh.empty()) {
        const int from = rowCount();
        beginInsertRows({}, from, from + static_cast<int>(fresh.size()) - 1);
        m_shown.insert(m_shown.end(), fresh.begin(), fresh.end());
        endInsertRows();
    }
    Q_EMIT changed();
}

void LogModel::startRebuild()
{
    m_rebuild = Rebuild{{}, std::max(m_clearedTo, m_store.first())};
    if (m_isActive)
        m_frame.start(0ms);
}

void LogModel::rebuildSlice()
{
    QElapsedTimer timer;
    timer.start();
    const LogStore::Sequence end = m_isPaused ? m_next : m_store.end();
    LogStore::Sequence& next = m_rebuild->next;
    for (next = std::max(next, m_store.first()); next < end && timer.elapsed() < sliceMilliseconds; ++next) {
        if (accepts(m_store.at(next)))
            m_rebuild->shown.push_back(next);
    }
    if (next < end)
        return;
    beginResetModel();
    m_shown = std::move(m_rebuild->shown);
    m_next = std::max(next, m_next);
    m_skipped = 0;
    m_rebuild.reset();
    endResetModel();
    dropEvicted();
    Q_EMIT refiltered();
    Q_EMIT changed();
}

void LogModel::dropEvicted()
{
    const auto kept = std::ranges::lower_bound(m_shown, m_store.first());
    const auto gone = static_cast<int>(kept - m_shown.begin());
    if (gone == 0)
        return;
    beginRemoveRows({}, 0, gone - 1);
    m_shown.erase(m_shown.begin(), kept);
    endRemoveRows();
}

bool LogModel::accepts(const engine::Event& event) const
{
    const bool isShownKind = m_kinds == 0 || (m_kinds & (1U << static_cast<unsigned>(event.kind))) != 0;
    return isShownKind && m_filter.accepts(event);
}

void LogModel::setFilter(LogFilter filter)
{
    m_filter = std::move(filter);
    startRebuild();
}

void LogModel::setKinds(std::uint32_t kinds)
{
    if (m_kinds == kinds)
        return;
    m_kinds = kinds;
    startRebuild();
}

void LogModel::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    wake();
    Q_EMIT changed();
}

void LogModel::setSeen(const QObject* view, bool isSeen)
{
    m_views[view] = isSeen;
    m_isActive = std::ranges::any_of(m_views, [](const auto& entry) { return entry.second; });
    wake();
}

void LogModel::wake()
{
    if (m_isActive && (!m_isPaused || m_rebuild))
        m_frame.start(0ms);
}

std::size_t LogModel::heldBack() const
{
    return m_isPaused ? static_cast<std::size_t>(m_store.end() - m_next) : 0;
}

void LogModel::clear()
{
    m_undoTo = m_clearedTo;
    m_undoCounts = m_clearedCounts;
    m_clearedTo = m_next = m_store.end();
    m_clearedCounts = m_store.counts();
    startRebuild();
}

void LogModel::undoClear()
{
    m_clearedTo = m_undoTo;
    m_clearedCounts = m_undoCounts;
    startRebuild();
}

LogStore::Counts LogModel::countsSinceClear() const
{
    LogStore::Counts counts = m_store.counts();
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] -= m_clearedCounts[i];
    return counts;
}

std::size_t LogModel::rowsSinceClear() const
{
    return static_cast<std::size_t>(m_store.end() - std::max(m_clearedTo, LogStore::origin));
}

const engine::Event* LogModel::eventAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    const LogStore::Sequence sequence = sequenceAt(row);
    return m_store.holds(sequence) ? &m_store.at(sequence) : nullptr;
}

int LogModel::rowOf(LogStore::Sequence sequence) const
{
    const auto it = std::ranges::lower_bound(m_shown, sequence);
    return it != m_shown.end() && *it == sequence ? static_cast<int>(it - m_shown.begin()) : -1;
}

void LogModel::toggleBookmark(int row)
{
    if (eventAt(row) == nullptr)
        return;
    const LogStore::Sequence sequence = sequenceAt(row);
    if (m_bookmarks.erase(sequence) == 0)
        m_bookmarks.insert(sequence);
    repaintRow(row);
}

bool LogModel::isBookmarked(int row) const
{
    return row >= 0 && row < rowCount() && m_bookmarks.contains(sequenceAt(row));
}

int LogModel::nextBookmark(int row) const
{
    const LogStore::Sequence after = row >= 0 && row < rowCount() ? sequenceAt(row) : 0;
    int first = -1;
    for (const LogStore::Sequence sequence : m_bookmarks) {
        const int found = rowOf(sequence);
        if (found < 0)
            continue;
        if (sequence > after)
            return found;
        if (first < 0)
            first = found;
    }
    return first;
}

int LogModel::nextError(int row) const
{
    const int rows = rowCount();
    for (int step = 1; step <= rows; ++step) {
        const int at = (std::max(row, -1) + step) % rows;
        const engine::Event* event = eventAt(at);
        if (event != nullptr && (errorKinds() & (1U << static_cast<unsigned>(event->kind))) != 0)
            return at;
    }
    return -1;
}

void LogModel::toggleMark(Mark mark, int row)
{
    const engine::Event* event = eventAt(row);
    if (event == nullptr)
        return;
    MarkedRow& marked = m_marks[static_cast<std::size_t>(mark)];
    const int before = marked.event ? rowOf(marked.sequence) : -1;
    if (before == row)
        marked = {};
    else
        marked = {sequenceAt(row), *event};
    repaintRow(before);
    repaintRow(row);
    Q_EMIT marksChanged();
}

const std::optional<engine::Event>& LogModel::marked(Mark mark) const
{
    return m_marks[static_cast<std::size_t>(mark)].event;
}

bool LogModel::isMarked(Mark mark, int row) const
{
    const MarkedRow& marked = m_marks[static_cast<std::size_t>(mark)];
    return marked.event && marked.sequence == sequenceAt(row);
}

void LogModel::repaintRow(int row)
{
    if (row >= 0 && row < rowCount())
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

} // namespace castdeck::ui
