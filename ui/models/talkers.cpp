#include "ui/models/talkers.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <unordered_map>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto window = 10s;
constexpr std::size_t maxCounted = 10'000;

const std::string& nameOf(const engine::Event& event, TalkerKind kind)
{
    switch (kind) {
    case TalkerKind::Channels: return event.channel;
    case TalkerKind::Sockets: return event.socketId;
    case TalkerKind::Events: break;
    }
    return event.event;
}

} // namespace

std::vector<Talker> topTalkers(const LogStore& store, TalkerKind kind, WallTime now)
{
    std::unordered_map<std::string_view, std::size_t> counts;
    LogStore::Sequence at = store.end();
    std::size_t counted = 0;
    while (at > store.first() && counted < maxCounted && store.at(at - 1).at > now - window) {
        ++counted;
        const std::string& name = nameOf(store.at(--at), kind);
        if (!name.empty())
            ++counts[name];
    }
    std::vector<Talker> talkers;
    if (counted == 0)
        return talkers;
    // A storm fills the counted rows in less than the window; a quiet log is spread over all of it.
    const std::chrono::duration<double> span = counted == maxCounted ? now - store.at(at).at : window;
    for (const auto& [name, count] : counts)
        talkers.push_back({std::string{name}, static_cast<double>(count) / std::max(span.count(), 0.001)});
    const auto ahead = [](const Talker& a, const Talker& b) {
        return a.perSecond != b.perSecond ? a.perSecond > b.perSecond : a.name < b.name;
    };
    const auto shown = static_cast<std::ptrdiff_t>(std::min(talkers.size(), maxTalkers));
    std::ranges::partial_sort(talkers, talkers.begin() + shown, ahead);
    talkers.resize(static_cast<std::size_t>(shown));
    return talkers;
}

void TalkersModel::setTalkers(std::vector<Talker> talkers)
{
    const int before = rowCount();
    const int after = static_cast<int>(talkers.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_talkers.resize(talkers.size());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_talkers.resize(talkers.size());
        endInsertRows();
    }
    m_talkers = std::move(talkers);
    if (after > 0)
        Q_EMIT dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
}

int TalkersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_talkers.size());
}

int TalkersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TalkersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Talker& talker = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == Name)
            return shownText(talker.name, 200);
        return tr("%1/s").arg(talker.perSecond < 10 ? QString::number(talker.perSecond, 'f', 1)
                                                    : shownCount(static_cast<std::size_t>(talker.perSecond)));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(index.column() == Rate ? Qt::AlignRight | Qt::AlignVCenter
                                                          : Qt::AlignLeft | Qt::AlignVCenter);
    case ToneRole: return static_cast<int>(index.column() == Name ? Tone::Text : Tone::Muted);
    case CodeRole: return index.column() == Rate;
    default: return {};
    }
}

QVariant TalkersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section == Name)
        return m_title;
    return {};
}

} // namespace castdeck::ui
