#include "ui/models/reached_model.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

namespace castdeck::ui {

QString shownDelay(std::chrono::microseconds delay)
{
    using namespace std::chrono_literals;
    if (delay < 1ms)
        return ReachedModel::tr("%1 µs").arg(delay.count());
    const double milliseconds = static_cast<double>(delay.count()) / 1'000.0;
    return ReachedModel::tr("%1 ms").arg(milliseconds, 0, 'f', milliseconds < 10.0 ? 1 : 0);
}

void ReachedModel::assign(std::vector<ReachedRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ReachedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReachedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReachedModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ReachedRow& row = at(index.row());
    const bool waits = row.reached.waitsBehindBytes > 0;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case Socket: return shownText(row.reached.socketId, 64);
        case Who: return row.who.empty() ? tr("gone by now") : shownText(row.who, 128);
        case Delay:
            return waits
                       ? tr("%1, behind %2").arg(shownDelay(row.reached.delay), shownSize(row.reached.waitsBehindBytes))
                       : shownDelay(row.reached.delay);
        default: return {};
        }
    case ToneRole: return static_cast<int>(waits ? Tone::Warning : index.column() == Socket ? Tone::Text : Tone::Muted);
    case IconRole: return waits && index.column() == Delay ? QVariant{QStringLiteral("warning")} : QVariant{};
    case CodeRole: return index.column() != Who;
    default: return {};
    }
}

QVariant ReachedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Socket: return tr("Socket");
    case Who: return tr("Who");
    case Delay: return tr("After");
    default: return {};
    }
}

} // namespace castdeck::ui
