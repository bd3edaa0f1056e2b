#include "ui/models/event_words.h"
#include "ui/models/log_model.h"
#include "ui/text/shown_text.h"

#include <QtCore/QDateTime>

#include <chrono>

namespace castdeck::ui {

namespace {

constexpr std::size_t nameBytes = 256;
constexpr std::size_t summaryBytes = 240;

QString clockTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss.zzz"));
}

/// "+12 ms", "+3.4 s", "+5 min".
QString shownDelta(std::chrono::milliseconds delta)
{
    constexpr qint64 second = 1'000;
    constexpr qint64 minute = 60 * second;
    const qint64 value = delta.count();
    if (value < second)
        return LogModel::tr("+%1 ms").arg(value);
    if (value < minute)
        return LogModel::tr("+%1 s").arg(static_cast<double>(value) / second, 0, 'f', value < 10 * second ? 1 : 0);
    return LogModel::tr("+%1 min").arg(value / minute);
}

bool isMessage(engine::EventKind kind)
{
    return kind == engine::EventKind::ApiMessage || kind == engine::EventKind::ClientEvent;
}

QString whoOf(const engine::Event& event)
{
    if (event.kind == engine::EventKind::ApiMessage)
        return event.receivers == 1 ? LogModel::tr("1 subscriber")
                                    : LogModel::tr("%1 subscribers").arg(shownCount(event.receivers));
    return shownText(event.userId.empty() ? event.socketId : event.userId, nameBytes);
}

QString summaryOf(const engine::Event& event, std::size_t maxBytes)
{
    return event.payload && (isMessage(event.kind) || event.detail.empty())
               ? shownText(*event.payload, maxBytes, LineEnds::Fold)
               : shownDetail(event, maxBytes);
}

bool isRight(int column)
{
    return column == LogModel::Size || column == LogModel::Delta;
}

} // namespace

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
    case Qt::DisplayRole: return column == Arrow ? QString{} : textAt(index.row(), column);
    case Qt::AccessibleTextRole: return textAt(index.row(), column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(isRight(column) ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    case IconRole: return iconAt(index.row(), column, *event);
    case ToneRole:
        if (column == Type)
            return static_cast<int>(lookOf(event->kind).tone);
        if (column == Time && !iconAt(index.row(), column, *event).isEmpty())
            return static_cast<int>(Tone::Accent);
        if (column == Channel || column == Event)
            return static_cast<int>(Tone::Text);
        return static_cast<int>(column == Time || column == Arrow || column == Delta ? Tone::Faint : Tone::Muted);
    case CodeRole: return column == Time || column == Delta || column == Summary || column == Who;
    case StrongRole: return column == Event;
    default: return {};
    }
}

QString LogModel::iconAt(int row, int column, const engine::Event& event) const
{
    if (column == Type)
        return lookOf(event.kind).icon;
    if (column == Arrow)
        return iconOf(lookOf(event.kind).direction);
    if (column != Time)
        return {};
    if (isMarked(Mark::A, row))
        return QStringLiteral("mark-a");
    if (isMarked(Mark::B, row))
        return QStringLiteral("mark-b");
    return isBookmarked(row) ? QStringLiteral("bookmark") : QString{};
}

QString LogModel::deltaAt(int row) const
{
    const engine::Event* event = eventAt(row);
    const engine::Event* before = eventAt(row - 1);
    if (event == nullptr || before == nullptr)
        return {};
    return shownDelta(std::chrono::duration_cast<std::chrono::milliseconds>(event->at - before->at));
}

QString LogModel::textAt(int row, int column) const
{
    const engine::Event* event = eventAt(row);
    if (event == nullptr)
        return {};
    switch (column) {
    case Time: return clockTime(event->at);
    case Delta: return deltaAt(row);
    case Type: return lookOf(event->kind).word;
    case Arrow: return wordOf(lookOf(event->kind).direction);
    case Channel: return shownText(event->channel, nameBytes);
    case Event: return shownText(event->event, nameBytes);
    case Who: return whoOf(*event);
    case Size: return event->payload ? shownSize(event->payload->size()) : QString{};
    case Summary: return summaryOf(*event, summaryBytes);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(isRight(section) ? Qt::AlignRight | Qt::AlignVCenter
                                                    : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Delta: return tr("Delta");
    case Type: return tr("Type");
    case Arrow: return QString{};
    case Channel: return tr("Channel");
    case Event: return tr("Event");
    case Who: return tr("Who");
    case Size: return tr("Size");
    case Summary: return tr("Payload");
    default: return {};
    }
}

} // namespace castdeck::ui
