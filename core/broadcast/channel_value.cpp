#include "core/broadcast/channel_value.h"

#include <unordered_set>

namespace castdeck::broadcast {

Channel::Channel(std::string_view name, std::string_view prefix, bool needsActor)
    : m_name{name.starts_with(prefix) ? "" : prefix}
    , m_needsActor{needsActor}
{
    m_name += name;
}

Channels::Channels(std::vector<Channel> list)
{
    std::unordered_set<std::string> seen;
    for (Channel& channel : list) {
        if (seen.insert(channel.name()).second)
            m_list.push_back(std::move(channel));
    }
}

} // namespace castdeck::broadcast
