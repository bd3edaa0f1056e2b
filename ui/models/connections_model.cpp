#include "ui/models/connections_model.h"

#include "ui/models/occupancy_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"
#include "ui/theme/colors.h"
#include "ui/theme/curtain.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr std::size_t channelsTold = 100; ///< Of one connection, by a snapshot.

QString cell(const ConnectionRow& row, int column)
{
    switch (column) {
    case ConnectionsModel::Socket: return shownText(row.socketId, 64);
    case ConnectionsModel::App: return shownText(row.appId, 128);
    case ConnectionsModel::User: return shownText(row.userId, 128);
    case ConnectionsModel::Client: return shownClient(row.client);
    case ConnectionsModel::Peer: return behindCurtain(shownText(row.peer, 64));
    case ConnectionsModel::Channels:
        return row.channels < channelsTold ? shownCount(row.channels) : shownCount(channelsTold) + QLatin1Char{'+'};
    case ConnectionsModel::Since: return clockTime(row.since);
    default: return {};
    }
}

QString searchedText(const engine::ConnectionSnapshot& connection)
{
    // A line end never stands in what is typed into one line, so nothing is found across two texts.
    std::string all;
    for (const std::string* text : {&connection.socketId, &connection.appId, &connection.userId, &connection.client,
                                    &connection.peer, &connection.origin})
        all.append(*text).append(1, '\n');
    for (const std::string& channel : connection.channels)
        all.append(channel).append(1, '\n');
    return toQt(all);
}

bool isRight(int column)
{
    return column == ConnectionsModel::Channels;
}

} // namespace

void ConnectionsModel::setSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    refresh();
}

void ConnectionsModel::setFilter(const QString& text)
{
    m_filter = text.trimmed();
    refresh();
}

std::size_t ConnectionsModel::total() const
{
    return m_snapshot ? m_snapshot->connections.size() : 0;
}

void ConnectionsModel::sortBy(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    assign({});
    refresh();
}

void ConnectionsModel::setSortKey(ConnectionRow& row) const
{
    const bool isUpwards = m_order == Qt::AscendingOrder;
    if (m_column == Since || m_column == Channels) {
        const long long number = m_column == Since ? static_cast<long long>(row.since.time_since_epoch().count())
                                                   : static_cast<long long>(row.channels);
        row.sortNumber = isUpwards ? number : -number;
        return;
    }
    row.sortText = cell(row, m_column).toCaseFolded();
    if (isUpwards)
        return;
    // Keys always go upwards, so what shall stand last gets the lowest of them; its end above all that goes on.
    for (QChar& c : row.sortText)
        c = QChar{static_cast<char16_t>(0xFFFE - std::min<char16_t>(c.unicode(), 0xFFFE))};
    row.sortText.append(QChar{0xFFFF});
}

void ConnectionsModel::refresh()
{
    std::vector<ConnectionRow> wanted;
    if (m_snapshot) {
        for (const engine::ConnectionSnapshot& each : m_snapshot->connections) {
            if (!m_filter.isEmpty() && !searchedText(each).contains(m_filter, Qt::CaseInsensitive))
                continue;
            wanted.push_back({.appId = each.appId,
                              .socketId = each.socketId,
                              .userId = each.userId,
                              .client = each.client,
                              .peer = each.peer,
                              .channels = each.channels.size(),
                              .since = each.since});
            setSortKey(wanted.back());
        }
    }
    std::ranges::sort(wanted, {}, &ConnectionRow::key);
    assign(std::move(wanted));
}

int ConnectionsModel::findSocket(const std::string& appId, const std::string& socketId) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (rowAt(row).socketId == socketId && rowAt(row).appId == appId)
            return row;
    }
    return -1;
}

int ConnectionsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ConnectionRow& row = rowAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(row, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isRight(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ToneRole: return static_cast<int>(column == Socket || column == User ? Tone::Text : Tone::Muted);
    case IconRole: return column == User && !row.userId.empty() ? QVariant{QStringLiteral("user")} : QVariant{};
    case StrongRole: return column == User;
    case CodeRole: return column == Socket || column == Peer || column == Since;
    default: return {};
    }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isRight(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Socket: return tr("Socket");
    case App: return tr("App");
    case User: return tr("User");
    case Client: return tr("Client");
    case Peer: return tr("Address");
    case Channels: return tr("Channels");
    case Since: return tr("Since");
    default: return {};
    }
}

} // namespace castdeck::ui
