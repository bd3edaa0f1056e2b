#include "ui/models/channels_model.h"

#include "ui/models/event_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"

namespace castdeck::ui {

namespace {

bool hasMembers(const ChannelRow& row)
{
    return row.kind == pusher::ChannelKind::Presence || row.kind == pusher::ChannelKind::PresenceCache;
}

bool isNumber(int column)
{
    return column == ChannelsModel::Subscribers || column == ChannelsModel::Members;
}

} // namespace

void ChannelsModel::setSnapshot(const engine::Snapshot& snapshot)
{
    m_all.clear();
    for (const engine::ChannelSnapshot& channel : snapshot.channels) {
        m_all.push_back({channel.appId, channel.name, channel.kind, channel.subscriptions, channel.members.size(),
                         channel.hasCachedEvent});
    }
    std::ranges::sort(m_all, {}, &ChannelRow::key);
    refresh();
}

void ChannelsModel::setFilter(const QString& text)
{
    m_filter = text.trimmed();
    refresh();
}

void ChannelsModel::refresh()
{
    std::vector<ChannelRow> wanted;
    std::ranges::copy_if(m_all, std::back_inserter(wanted), [this](const ChannelRow& row) {
        return m_filter.isEmpty() || toQt(row.name).contains(m_filter, Qt::CaseInsensitive);
    });
    assign(std::move(wanted));
}

int ChannelsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChannelsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ChannelRow& row = rowAt(index.row());
    const ChannelLook look = lookOf(row.kind);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (column) {
        case Name: return shownText(row.name, 256);
        case App: return shownText(row.appId, 128);
        case Kind: return look.word;
        case Subscribers: return shownCount(row.subscriptions);
        case Members: return hasMembers(row) ? shownCount(row.members) : QString{};
        default: return {};
        }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IconRole: return column == Kind ? look.icon : QVariant{};
    case BadgeRole: return column == Kind;
    case ToneRole: return static_cast<int>(column == Kind ? look.tone : column == App ? Tone::Muted : Tone::Text);
    case StrongRole: return column == Name;
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
