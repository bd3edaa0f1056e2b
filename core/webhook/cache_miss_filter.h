#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_set>
#include <utility>

namespace castdeck::webhook {

/// Lets one cache_miss of a channel pass in ten seconds: many subscribers may find the same cache empty at once.
class CacheMissFilter {
public:
    static constexpr std::chrono::seconds interval{10};
    static constexpr std::size_t maxChannels = 10'000; ///< Beyond these the oldest is forgotten, and may repeat early.

    bool passes(const std::string& channel, SteadyTime now);

private:
    void forgetOldest();

    std::deque<std::pair<SteadyTime, std::string>> m_byAge;
    std::unordered_set<std::string> m_channels;
};

} // namespace castdeck::webhook
