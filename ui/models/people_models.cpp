#include "ui/models/people_models.h"

#include "ui/models/occupancy_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"
#include "ui/theme/colors.h"

namespace castdeck::ui {

namespace {

QString shownSince(const std::optional<WallTime>& since)
{
    return since ? clockTime(*since) : QString{};
}

MemberRow userRow(const engine::MemberDetails& member)
{
    MemberRow row;
    row.userId = member.userId;
    row.info = member.userInfo;
    row.sockets = member.sockets.size();
    row.hasConflict = !member.otherInfos.empty();
    for (const engine::SubscriberDetails& socket : member.sockets) {
        if (socket.since && (!row.since || *socket.since < *row.since))
            row.since = socket.since;
        row.isSignedIn = row.isSignedIn || socket.isSignedIn;
    }
    return row;
}

MemberRow socketRow(const engine::MemberDetails& member, std::size_t place)
{
    const engine::SubscriberDetails& socket = member.sockets[place];
    MemberRow row;
    row.userId = member.userId;
    row.place = place + 1;
    row.socketId = socket.socketId;
    row.client = socket.client;
    row.since = socket.since;
    row.isSignedIn = socket.isSignedIn;
    const auto other =
        std::ranges::find(member.otherInfos, socket.socketId, &std::pair<std::string, std::string>::first);
    if (other != member.otherInfos.end())
        row.info = other->second;
    return row;
}

QString cell(const MemberRow& row, int column)
{
    switch (column) {
    case MembersModel::Who: return row.isUser() ? shownText(row.userId, 128) : shownText(row.socketId, 64);
    case MembersModel::Info:
        if (row.isUser())
            return shownText(row.info, 256);
        return row.info.empty() ? shownClient(row.client)
                                : MembersModel::tr("came with %1").arg(shownText(row.info, 256));
    case MembersModel::Since: return shownSince(row.since);
    default: return {};
    }
}

QString cell(const SubscriberRow& row, int column)
{
    switch (column) {
    case SubscribersModel::Socket: return shownText(row.socketId, 64);
    case SubscribersModel::Client: return shownClient(row.client);
    case SubscribersModel::User: return shownText(row.userId, 128);
    case SubscribersModel::Peer: return shownText(row.peer, 64);
    case SubscribersModel::Since: return shownSince(row.since);
    default: return {};
    }
}

} // namespace

void MembersModel::setMembers(const std::vector<engine::MemberDetails>& members)
{
    std::vector<MemberRow> rows;
    for (const engine::MemberDetails& member : members) {
        rows.push_back(userRow(member));
        for (std::size_t place = 0; place < member.sockets.size(); ++place)
            rows.push_back(socketRow(member, place));
    }
    std::ranges::sort(rows, {}, &MemberRow::key);
    assign(std::move(rows));
}

std::size_t MembersModel::usersWithSeveralSockets() const
{
    std::size_t count = 0;
    for (int row = 0; row < rowCount(); ++row)
        count += rowAt(row).sockets > 1 ? 1 : 0;
    return count;
}

std::size_t MembersModel::usersInConflict() const
{
    std::size_t count = 0;
    for (int row = 0; row < rowCount(); ++row)
        count += rowAt(row).hasConflict ? 1 : 0;
    return count;
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
    const bool isWho = index.column() == Who;
    const bool isOtherInfo = !row.isUser() && !row.info.empty();
    switch (role) {
    case Qt::DisplayRole: return cell(row, index.column());
    case Qt::AccessibleTextRole:
        if (isWho && row.isUser())
            return tr("%1, %2 sockets").arg(cell(row, Who)).arg(row.sockets);
        return cell(row, index.column());
    case ToneRole:
        if (isWho)
            return static_cast<int>(row.isUser() ? Tone::Text : Tone::Muted);
        return static_cast<int>(index.column() == Info && isOtherInfo ? Tone::Warning : Tone::Muted);
    case StrongRole: return isWho && row.isUser();
    case IconRole:
        if (index.column() == Info && isOtherInfo)
            return QStringLiteral("warning");
        return isWho && row.isUser() ? QVariant{QStringLiteral("user")} : QVariant{};
    case CodeRole:
        return index.column() == Since || (index.column() == Info ? row.isUser() || isOtherInfo : !row.isUser());
    case IndentRole: return isWho && !row.isUser() ? QVariant{0} : QVariant{};
    default: return {};
    }
}

QVariant MembersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Who: return tr("Member and sockets");
    case Info: return tr("User info, client");
    case Since: return tr("Since");
    default: return {};
    }
}

void SubscribersModel::setSubscribers(const std::vector<engine::SubscriberDetails>& subscribers)
{
    std::vector<SubscriberRow> rows;
    for (const engine::SubscriberDetails& each : subscribers)
        rows.push_back({each.socketId, each.userId, each.client, each.peer, each.since, each.isSignedIn});
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
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(rowAt(index.row()), column);
    case ToneRole: return static_cast<int>(column == Socket ? Tone::Text : Tone::Muted);
    case CodeRole: return column == Socket || column == Peer || column == Since;
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
