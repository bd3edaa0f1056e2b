#include "ui/models/log_model.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto frame = 16ms;
constexpr qint64 sliceMilliseconds = 8;
constexpr std::size_t summaryBytes = 240;

QString clockTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss.zzz"));
}

bool isMessage(engine::EventKind kind)
{
    return kind == engine::EventKind::ApiMessage || kind == engine::EventKind::ClientEvent;
}

} // namespace

LogModel::LogModel(QObject* parent, LogStore::Bounds bounds) : QAbstractTableModel{parent}, m_store{bounds}
{
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &LogModel::work);
}

void LogModel::append(std::vector<engine::Event> events, std::size_t dropped)
{
    if (events.empty() && dropped == 0)
        return;
    m_store.append(std::move(events));
    m_store.addDropped(dropped);
    dropEvicted();
    if (!m_frame.isActive() && !m_isPaused)
        m_frame.start(0ms);
    Q_EMIT changed();
}

void LogModel::work()
{
    if (m_rebuild)
        rebuildSlice();
    else if (!m_isPaused)
        showSlice();
    const bool isBehind = !m_isPaused && m_next < m_store.end();
    if (m_rebuild || isBehind)
        m_frame.start(m_rebuild ? 0ms : frame);
}

void LogModel::showSlice()
{
    QElapsedTimer timer;
    timer.start();
    std::vector<LogStore::Sequence> fresh;
    m_next = std::max(m_next, m_store.first());
    while (m_next < m_store.end() && fresh.size() < maxRowsPerSlice && timer.elapsed() < sliceMilliseconds) {
        if (accepts(m_store.at(m_next)))
            fresh.push_back(m_next);
        ++m_next;
    }
    if (fresh.empty())
        return;
    const int from = rowCount();
    beginInsertRows({}, from, from + static_cast<int>(fresh.size()) - 1);
    m_shown.insert(m_shown.end(), fresh.begin(), fresh.end());
    endInsertRows();
    Q_EMIT changed();
}

void LogModel::startRebuild()
{
    m_rebuild = Rebuild{{}, std::max(m_clearedTo, m_store.first())};
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
    if (!m_isPaused)
        m_frame.start(0ms);
    Q_EMIT changed();
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
    return m_store.total() - static_cast<std::size_t>(m_clearedTo);
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

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    const engine::Event* event = index.isValid() ? eventAt(index.row()) : nullptr;
    if (event == nullptr)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return column == Arrow ? QString{} : textOf(*event, column);
    case Qt::AccessibleTextRole: return textOf(*event, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(column == Size ? Qt::AlignRight | Qt::AlignVCenter
                                                  : Qt::AlignLeft | Qt::AlignVCenter);
    case IconRole:
        if (column == Type)
            return lookOf(event->kind).icon;
        return column == Arrow ? iconOf(lookOf(event->kind).direction) : QVariant{};
    case ToneRole:
        if (column == Type)
            return static_cast<int>(lookOf(event->kind).tone);
        if (column == Channel || column == Event)
            return static_cast<int>(Tone::Text);
        return static_cast<int>(column == Time || column == Arrow ? Tone::Faint : Tone::Muted);
    case CodeRole: return column == Time || column == Summary || column == Who;
    case StrongRole: return column == Event;
    default: return {};
    }
}

QString LogModel::textOf(const engine::Event& event, int column) const
{
    switch (column) {
    case Time: return clockTime(event.at);
    case Type: return lookOf(event.kind).word;
    case Arrow: return wordOf(lookOf(event.kind).direction);
    case Channel: return shownText(event.channel, 256);
    case Event: return shownText(event.event, 256);
    case Who:
        if (event.kind == engine::EventKind::ApiMessage)
            return event.receivers == 1 ? tr("1 receiver") : tr("%1 receivers").arg(shownCount(event.receivers));
        return shownText(event.userId.empty() ? event.socketId : event.userId, 128);
    case Size: return event.payload ? shownSize(event.payload->size()) : QString{};
    case Summary:
        return event.payload && (isMessage(event.kind) || event.detail.empty())
                   ? shownText(*event.payload, summaryBytes, LineEnds::Fold)
                   : shownText(event.detail, summaryBytes);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(section == Size ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Type: return tr("Type");
    case Channel: return tr("Channel");
    case Event: return tr("Event");
    case Who: return tr("Who");
    case Size: return tr("Size");
    case Summary: return tr("Payload");
    default: return {};
    }
}

} // namespace castdeck::ui
