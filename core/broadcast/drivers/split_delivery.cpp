#include "core/broadcast/drivers/split_delivery.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace castdeck::broadcast {

SplitDelivery::SplitDelivery(const std::vector<std::string>& channels, const Check& check)
{
    for (const std::string& channel : channels) {
        Failure failure = check(channel);
        if (!failure.isFailure()) {
            m_accepted.push_back(channel);
            m_places.push_back(m_delivery.entries.size());
        }
        m_delivery.entries.push_back(failure.isFailure() ? Entry::failed(channel, std::move(failure))
                                                         : Entry::sent(channel));
    }
}

void SplitDelivery::set(std::size_t index, Entry entry)
{
    Entry& place = m_delivery.entries[m_places[index]];
    std::ranges::move(entry.notes, std::back_inserter(place.notes));
    entry.notes = std::move(place.notes);
    place = std::move(entry);
}

void SplitDelivery::failRest(std::size_t first, const Failure& failure, int remoteStatus)
{
    for (std::size_t i = first; i < m_accepted.size(); ++i)
        set(i, Entry::failed(m_accepted[i], failure, remoteStatus));
}

void SplitDelivery::note(std::size_t index, std::string text)
{
    m_delivery.entries[m_places[index]].notes.push_back(std::move(text));
}

} // namespace castdeck::broadcast
