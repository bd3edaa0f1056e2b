#pragma once

#include "core/base/clock.h"
#include "core/base/frame.h"

#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace castdeck::hub {

/// The last published event of each cache channel, whether or not anybody is subscribed.
/// Bounded: beyond `maxBytes` the event published longest ago goes first.
/// Source: Pusher docs, "Cache channels".
class CacheStore {
public:
    struct Entry {
        SharedFrame frame;       ///< As it was sent to subscribers.
        std::string dataLiteral; ///< Its data as a JSON string with quotes.
        SteadyTime expiresAt;
        SteadyTime storedAt{};
    };

    explicit CacheStore(std::size_t maxBytes = 64U << 20U) : m_maxBytes{maxBytes} {}

    void put(const std::string& channel, Entry entry);
    /// Null when there is none or it has expired.
    const Entry* find(const std::string& channel, SteadyTime now) const;
    void removeExpired(SteadyTime now);

private:
    struct Stored {
        std::string channel;
        Entry entry;
        std::size_t bytes() const { return channel.size() + entry.frame->wire().size() + entry.dataLiteral.size(); }
    };

    void remove(std::list<Stored>::iterator stored);

    std::size_t m_maxBytes;
    std::size_t m_bytes = 0;
    std::list<Stored> m_byAge; ///< Oldest first.
    std::unordered_map<std::string, std::list<Stored>::iterator> m_byChannel;
};

} // namespace castdeck::hub
