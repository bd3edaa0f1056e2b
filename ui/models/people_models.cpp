#include "ui/models/people_models.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

#include <QtCore/QDateTime>
#include <QtCore/QStringList>

#include <chrono>

namespace castdeck::ui {

namespace {

QString clockTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss"));
}

QString listed(const std::vector<std::string>& texts)
{
    constexpr std::size_t shownAtMost = 8;
    QStringList result;
    for (std::size_t i = 0; i < std::min(texts.size(), shownAtMost); ++i)
        result << shownText(texts[i], 64);
    if (texts.size() > shownAtMost)
        result << MembersModel::tr("%1 more").arg(texts.size() - shownAtMost);
    return result.join(QStringLiteral(", "));
}

} // namespace

void MembersModel::setMembers(const std::vector<engine::MemberSnapshot>& members)
{
    std::vector<MemberRow> rows;
    for (const engine::MemberSnapshot& member : members)
        rows.push_back({member.userId, member.userInfo, member.socketIds});
    std::ranges::sort(rows, {}, &MemberRow::key);
    assign(std::move(rows));
}

int MembersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MembersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const MemberRow& row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case User: return shownText(row.userId, 128);
        case Info: return shownText(row.userInfo, 256);
        case Sockets: return listed(row.socketIds);
        default: return {};
        }
    case ToneRole: return static_cast<int>(index.column() == User ? Tone::Text : Tone::Muted);
    case StrongRole: return index.column() == User;
    case IconRole: return index.column() == User ? QVariant{QStringLiteral("user")} : QVariant{};
    case CodeRole: return index.column() != User;
    default: return {};
    }
}

QVariant MembersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case User: return tr("Member");
    case Info: return tr("User info");
    case Sockets: return tr("Sockets");
    default: return {};
    }
}

void SubscribersModel::setChannel(const engine::Snapshot& snapshot, const std::string& appId,
                                  const std::string& channel)
{
    std::vector<SubscriberRow> rows;
    for (const engine::ConnectionSnapshot& connection : snapshot.connections) {
        if (connection.appId == appId && std::ranges::find(connection.channels, channel) != connection.channels.end())
            rows.push_back(
                {connection.socketId, connection.client, connection.peer, connection.userId, connection.since});
    }
    std::ranges::sort(rows, {}, &SubscriberRow::key);
    assign(std::move(rows));
}

int SubscribersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SubscribersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const SubscriberRow& row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case Socket: return shownText(row.socketId, 64);
        case Client: return shownText(row.client, 64);
        case User: return shownText(row.userId, 128);
        case Peer: return shownText(row.peer, 64);
        case Since: return clockTime(row.since);
        default: return {};
        }
    case ToneRole: return static_cast<int>(index.column() == Socket ? Tone::Text : Tone::Muted);
    case CodeRole: return index.column() == Socket || index.column() == Peer || index.column() == Since;
    default: return {};
    }
}

QVariant SubscribersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Socket: return tr("Socket");
    case Client: return tr("Client");
    case User: return tr("User");
    case Peer: return tr("Address");
    case Since: return tr("Since");
    default: return {};
    }
}

} // namespace castdeck::ui
