#include "ui/models/channels_model.h"

#include "ui/models/event_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <utility>

namespace castdeck::ui {

namespace {

QString countOf(const std::optional<std::size_t>& count)
{
    return count ? shownCount(*count) : QString{};
}

std::optional<std::size_t> membersOf(const engine::ChannelSnapshot& channel)
{
    const bool hasMembers =
        channel.kind == pusher::ChannelKind::Presence || channel.kind == pusher::ChannelKind::PresenceCache;
    return hasMembers ? std::optional{channel.members.size()} : std::nullopt;
}

bool isNumber(int column)
{
    return column == ChannelsModel::Subscribers || column == ChannelsModel::Members;
}

std::vector<ChannelTreeRow> flat(const std::vector<ChannelRow>& channels)
{
    std::vector<ChannelTreeRow> rows;
    rows.reserve(channels.size());
    for (const ChannelRow& channel : channels)
        rows.push_back({.channel = channel});
    return rows;
}

} // namespace

void ChannelsModel::setSnapshot(const engine::Snapshot& snapshot)
{
    m_all.clear();
    for (const engine::ChannelSnapshot& channel : snapshot.channels) {
        m_all.push_back({.appId = channel.appId,
                         .name = channel.name,
                         .kind = channel.kind,
                         .subscriptions = channel.subscriptions,
                         .members = membersOf(channel),
                         .hasCachedEvent = channel.hasCachedEvent});
    }
    std::ranges::sort(m_all, {}, &ChannelRow::key);
    refresh();
}

void ChannelsModel::setChannels(std::vector<ChannelRow> channels)
{
    m_all = std::move(channels);
    std::ranges::sort(m_all, {}, &ChannelRow::key);
    const auto repeated = std::ranges::unique(m_all, {}, &ChannelRow::key);
    m_all.erase(repeated.begin(), repeated.end());
    refresh();
}

const ChannelRow* ChannelsModel::channel(std::string_view name) const
{
    const auto found = std::ranges::find(m_all, name, &ChannelRow::name);
    return found == m_all.end() ? nullptr : &*found;
}

bool ChannelsModel::tells(Column column) const
{
    return std::ranges::any_of(m_all, [column](const ChannelRow& row) {
        switch (column) {
        case Kind: return row.kind.has_value();
        case Subscribers: return row.subscriptions.has_value();
        case Members: return row.members.has_value();
        default: return true;
        }
    });
}

void ChannelsModel::setFilter(const QString& text)
{
    m_filter = text.trimmed();
    refresh();
}

void ChannelsModel::setTree(bool isTree)
{
    m_isTree = isTree;
    refresh();
}

void ChannelsModel::setAllOpen(bool isAllOpen)
{
    if (std::exchange(m_isAllOpen, isAllOpen) != isAllOpen)
        refresh();
}

bool ChannelsModel::isOpen(const ChannelRow& group) const
{
    if (m_isAllOpen || !m_filter.isEmpty())
        return true;
    // One below it that is open keeps it open, so that nothing closes when a group splits.
    const auto it = m_open.lower_bound({group.appId, group.name});
    return it != m_open.end() && it->first == group.appId && it->second.starts_with(group.name);
}

void ChannelsModel::toggle(int row)
{
    const ChannelTreeRow& group = rowAt(row);
    if (!group.isGroup() || m_isAllOpen || !m_filter.isEmpty())
        return;
    const Group name{group.channel.appId, group.channel.name};
    if (group.isOpen)
        std::erase_if(m_open, [&](const Group& open) {
            return open.first == name.first && open.second.starts_with(name.second);
        });
    else
        m_open.insert(name);
    refresh();
}

int ChannelsModel::reveal(const std::string& appId, const std::string& name)
{
    const auto find = [&] {
        return this->find(std::tuple<std::string_view, std::string_view, bool>{appId, name, false});
    };
    int row = find();
    const auto isIt = [&](const ChannelRow& channel) { return channel.appId == appId && channel.name == name; };
    if (row >= 0 || std::ranges::none_of(m_all, isIt))
        return row;
    for (std::size_t end = nextPart(name, 0); end != std::string::npos; end = nextPart(name, end))
        m_open.insert({appId, name.substr(0, end)});
    refresh();
    return find();
}

void ChannelsModel::refresh()
{
    std::vector<ChannelRow> wanted;
    std::ranges::copy_if(m_all, std::back_inserter(wanted), [this](const ChannelRow& row) {
        return m_filter.isEmpty() || toQt(row.name).contains(m_filter, Qt::CaseInsensitive);
    });
    m_matching = wanted.size();
    assign(m_isTree ? treeOf(wanted, [this](const ChannelRow& group) { return isOpen(group); }) : flat(wanted));
}

int ChannelsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ChannelsModel::text(const ChannelTreeRow& row, int column) const
{
    const ChannelRow& channel = row.channel;
    switch (column) {
    case Name: {
        const QString name = shownText(std::string_view{channel.name}.substr(row.shownFrom), 256);
        return row.isGroup() ? name + QLatin1Char{'*'} : name;
    }
    case App: return shownText(channel.appId, 128);
    case Kind:
        return row.isGroup()  ? tr("%1 channels").arg(shownCount(row.channels))
               : channel.kind ? lookOf(*channel.kind).word
                              : QString{};
    case Subscribers: return countOf(channel.subscriptions);
    case Members: return countOf(channel.members);
    default: return {};
    }
}

QString ChannelsModel::tip(const ChannelTreeRow& row, int column)
{
    if (column == Name && row.channel.isWatched)
        return tr("The console listens to this channel");
    return column == Name && row.shownFrom > 0 ? shownText(row.channel.name, 256) : QString{};
}

QVariant ChannelsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ChannelTreeRow& row = rowAt(index.row());
    const int column = index.column();
    const bool isBadge = column == Kind && !row.isGroup() && row.channel.kind;
    const bool isName = column == Name;
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::ToolTipRole: return plainTip(tip(row, column));
    case Qt::AccessibleTextRole:
        if (isName && row.isGroup())
            return (row.isOpen ? tr("%1, group, open") : tr("%1, group, closed")).arg(shownText(row.channel.name, 256));
        if (isName && row.channel.isWatched)
            return tr("%1, the console listens to it").arg(shownText(row.channel.name, 256));
        return isName ? shownText(row.channel.name, 256) : text(row, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IconRole:
        return isBadge                           ? QVariant{lookOf(*row.channel.kind).icon}
               : isName && row.channel.isWatched ? QVariant{QStringLiteral("eye")}
                                                 : QVariant{};
    case BadgeRole: return isBadge;
    case ToneRole:
        return static_cast<int>(isBadge                                       ? lookOf(*row.channel.kind).tone
                                : column == App || (row.isGroup() && !isName) ? Tone::Muted
                                                                              : Tone::Text);
    case StrongRole: return isName;
    case IndentRole: return isName && m_isTree ? QVariant{row.level} : QVariant{};
    case ExpanderRole: return isName && row.isGroup() ? QVariant{row.isOpen} : QVariant{};
    default: return {};
    }
}

QVariant ChannelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Channel");
    case App: return tr("App");
    case Kind: return tr("Kind");
    case Subscribers: return tr("Subscribers");
    case Members: return tr("Members");
    default: return {};
    }
}

} // namespace castdeck::ui
