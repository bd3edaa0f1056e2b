#include "ui/models/remote_members.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

#include <map>

namespace castdeck::ui {

namespace {

QVariant aligned(bool isNumber)
{
    return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString cell(const RemoteMemberRow& row, int column)
{
    switch (column) {
    case RemoteMembersModel::User: return row.id.empty() ? RemoteMembersModel::tr("(no name)") : shownText(row.id, 128);
    case RemoteMembersModel::Info: return shownText(row.info, 256);
    case RemoteMembersModel::Connections: return row.connections > 0 ? shownCount(row.connections) : QString{};
    default: return {};
    }
}

} // namespace

void RemoteMembersModel::setMembers(const std::vector<broadcast::MemberInfo>& members)
{
    std::map<std::string_view, RemoteMemberRow> users;
    for (const broadcast::MemberInfo& member : members) {
        RemoteMemberRow& row = users[member.id];
        row.id = member.id;
        row.connections += member.connections;
        if (row.info.empty())
            row.info = member.infoJson;
    }
    std::vector<RemoteMemberRow> rows;
    for (auto& [id, row] : users)
        rows.push_back(std::move(row));
    assign(std::move(rows));
}

bool RemoteMembersModel::tells(Column column) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (!cell(rowAt(row), column).isEmpty())
            return true;
    }
    return false;
}

int RemoteMembersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RemoteMembersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const RemoteMemberRow& row = rowAt(index.row());
    const bool isUser = index.column() == User;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(row, index.column());
    case Qt::TextAlignmentRole: return aligned(index.column() == Connections);
    case ToneRole: return static_cast<int>(isUser && !row.id.empty() ? Tone::Text : Tone::Muted);
    case StrongRole: return isUser;
    case IconRole: return isUser ? QVariant{QStringLiteral("user")} : QVariant{};
    case CodeRole: return index.column() == Info;
    default: return {};
    }
}

QVariant RemoteMembersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return aligned(section == Connections);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case User: return tr("Member");
    case Info: return tr("User info");
    case Connections: return tr("Connections");
    default: return {};
    }
}

} // namespace castdeck::ui
