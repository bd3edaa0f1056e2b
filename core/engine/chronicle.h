#pragma once

#include "core/engine/details.h"
#include "core/hub/fact.h"

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace castdeck::engine {

/// The last happenings of every open connection and every occupied channel, and since when who is subscribed.
///
/// Bounded: so many for each, and so many in all; past that each only replaces what it had.
/// Thread: any.
class Chronicle {
public:
    static constexpr std::size_t maxOfConnection = 100;
    static constexpr std::size_t maxOfChannel = 50;
    static constexpr std::size_t maxInAll = 100'000;
    static constexpr std::size_t excerptBytes = 160;

    using Since = std::map<std::string, WallTime, std::less<>>; ///< By channel.

    /// `event` is what the live log gets for the fact.
    void note(const hub::Fact& fact, const Event& event);

    std::vector<Happening> ofConnection(const std::string& appId, const std::string& socketId) const;
    std::vector<Happening> ofChannel(const std::string& appId, const std::string& channel) const;
    Since subscriptionsOf(const std::string& appId, const std::string& socketId) const;
    /// When the socket subscribed; nothing when it is not or events are not kept.
    std::optional<WallTime> since(const std::string& appId, const std::string& socketId,
                                  const std::string& channel) const;

private:
    using Happenings = std::deque<Happening>;
    struct Connection {
        Happenings happenings;
        Since since;
    };

    static std::string keyOf(std::string_view appId, std::string_view name);
    void noteConnection(const hub::Fact& fact, const Happening& happening);
    void noteChannel(const hub::Fact& fact, Happening happening);
    void append(Happenings& happenings, Happening happening, std::size_t most);

    mutable std::mutex m_mutex; ///< Guards everything below. Taken with an application's lock held.
    std::unordered_map<std::string, Connection> m_connections;
    std::unordered_map<std::string, Happenings> m_channels;
    std::size_t m_count = 0;
};

} // namespace castdeck::engine
