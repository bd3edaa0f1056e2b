#include "ui/models/channel_tree.h"

#include <algorithm>
#include <array>
#include <span>

namespace castdeck::ui {

namespace {

constexpr auto npos = std::string_view::npos;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool endsPart(std::string_view name, std::size_t at)
{
    const char c = name[at];
    return c == '.' || c == ':' || c == '/' || (c == '-' && isDigit(name[at + 1]));
}

std::size_t prefixLength(std::string_view name)
{
    static constexpr std::array prefixes{
        "private-encrypted-cache-", "private-encrypted-", "#server-to-user-", "presence-cache-",
        "private-cache-",           "presence-",          "private-",         "cache-"};
    const auto it = std::ranges::find_if(prefixes, [&](const char* prefix) { return name.starts_with(prefix); });
    return it == prefixes.end() ? 0 : std::string_view{*it}.size();
}

void addTo(std::optional<std::size_t>& sum, const std::optional<std::size_t>& count)
{
    if (count)
        sum = sum.value_or(0) + *count;
}

class Builder {
public:
    explicit Builder(const std::function<bool(const ChannelRow&)>& isOpen) : m_isOpen{isOpen} {}

    void add(std::span<const ChannelRow> channels, std::size_t from, int level)
    {
        while (!channels.empty()) {
            std::size_t end = nextPart(channels.front().name, from);
            const std::size_t count = end == npos ? 1 : countOf(channels, end);
            if (count == 1)
                m_rows.push_back({channels.front(), 0, from, level, false});
            else
                addGroup(channels.first(count), from, end, level);
            channels = channels.subspan(count);
        }
    }

    std::vector<ChannelTreeRow> take() { return std::move(m_rows); }

private:
    /// How many of the first ones, which are sorted, begin as the first does up to `end`.
    static std::size_t countOf(std::span<const ChannelRow> channels, std::size_t end)
    {
        const ChannelRow& first = channels.front();
        const std::string_view beginning = std::string_view{first.name}.substr(0, end);
        const auto other = std::ranges::find_if_not(channels, [&](const ChannelRow& channel) {
            return channel.appId == first.appId && channel.name.starts_with(beginning);
        });
        return static_cast<std::size_t>(other - channels.begin());
    }

    void addGroup(std::span<const ChannelRow> channels, std::size_t from, std::size_t end, int level)
    {
        // As far as all of them go together: the first and the last do, since they are sorted.
        const std::string_view first = channels.front().name;
        for (std::size_t next = nextPart(first, end);
             next != npos && std::string_view{channels.back().name}.starts_with(first.substr(0, next));
             next = nextPart(first, end))
            end = next;
        ChannelTreeRow group{channels.front(), channels.size(), from, level, false};
        group.channel.name.resize(end);
        group.channel.subscriptions.reset();
        group.channel.members.reset();
        group.channel.hasCachedEvent = false;
        group.channel.isWatched = false;
        for (const ChannelRow& channel : channels) {
            addTo(group.channel.subscriptions, channel.subscriptions);
            addTo(group.channel.members, channel.members);
        }
        group.isOpen = m_isOpen(group.channel);
        const bool isOpen = group.isOpen;
        m_rows.push_back(std::move(group));
        if (isOpen)
            add(channels, end, level + 1);
    }

    const std::function<bool(const ChannelRow&)>& m_isOpen;
    std::vector<ChannelTreeRow> m_rows;
};

} // namespace

std::size_t nextPart(std::string_view name, std::size_t from)
{
    // Neither an empty part nor an empty rest.
    for (std::size_t at = std::max(from, prefixLength(name)) + 1; at + 1 < name.size(); ++at) {
        if (endsPart(name, at))
            return at + 1;
    }
    return npos;
}

std::vector<ChannelTreeRow> treeOf(const std::vector<ChannelRow>& channels,
                                   const std::function<bool(const ChannelRow& group)>& isOpen)
{
    Builder builder{isOpen};
    builder.add(channels, 0, 0);
    return builder.take();
}

} // namespace castdeck::ui
