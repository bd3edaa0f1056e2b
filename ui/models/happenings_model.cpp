#include "ui/models/happenings_model.h"

#include "ui/models/event_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"

#include <QtCore/QStringList>

namespace castdeck::ui {

namespace {

bool isMessage(const engine::Happening& happening)
{
    return happening.kind == engine::EventKind::ApiMessage || happening.kind == engine::EventKind::ClientEvent;
}

/// What there is to say besides the other columns.
QString summaryOf(const engine::Happening& happening)
{
    QStringList parts;
    if (!happening.detail.empty())
        parts << shownText(happening.detail, 256);
    if (happening.code != 0)
        parts << QString::number(happening.code);
    if (isMessage(happening)) {
        parts << HappeningsModel::tr("%1 to %2 sockets")
                     .arg(shownSize(happening.payloadBytes), shownCount(happening.receivers));
        parts << shownText(happening.excerpt, 160, LineEnds::Fold);
    } else {
        if (!happening.userId.empty())
            parts << shownText(happening.userId, 128);
        if (!happening.socketId.empty())
            parts << shownText(happening.socketId, 64);
    }
    return parts.join(QStringLiteral(", "));
}

QString cell(const engine::Happening& happening, int column)
{
    switch (column) {
    case HappeningsModel::Time: return preciseTime(happening.at);
    case HappeningsModel::Type: return lookOf(happening.kind).word;
    case HappeningsModel::Channel: return shownText(happening.channel, 256);
    case HappeningsModel::Event: return shownText(happening.event, 256);
    case HappeningsModel::Summary: return summaryOf(happening);
    default: return {};
    }
}

} // namespace

void HappeningsModel::setHappenings(const std::vector<engine::Happening>& happenings)
{
    std::vector<HappeningRow> rows;
    rows.reserve(happenings.size());
    for (const engine::Happening& happening : happenings) {
        const bool isSameMoment = !rows.empty() && rows.back().happening.at == happening.at;
        rows.push_back({happening, isSameMoment ? rows.back().ordinal + 1 : 0});
    }
    std::ranges::sort(rows, {}, &HappeningRow::key);
    assign(std::move(rows));
}

int HappeningsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HappeningsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const engine::Happening& happening = rowAt(index.row()).happening;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(happening, column);
    case ToneRole:
        return static_cast<int>(column == Type    ? lookOf(happening.kind).tone
                                : column == Event ? Tone::Text
                                                  : Tone::Muted);
    case IconRole: return column == Type ? QVariant{lookOf(happening.kind).icon} : QVariant{};
    case StrongRole: return column == Event;
    case CodeRole: return column == Time;
    default: return {};
    }
}

QVariant HappeningsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Type: return tr("Type");
    case Channel: return tr("Channel");
    case Event: return tr("Event");
    case Summary: return tr("Summary");
    default: return {};
    }
}

} // namespace castdeck::ui
