#pragma once

#include "core/base/clock.h"
#include "core/hub/rate_limit.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace castdeck::rest {

/// Remembers what requests did before: failed signatures by address, replays, publish rates.
///
/// Thread: any.
class RequestGuard {
public:
    static constexpr std::size_t failuresPerMinute = 20;

    /// True while the address has failed too often; for a minute after the last allowed failure.
    bool isBlocked(const std::string& address, SteadyTime now);
    void noteFailure(const std::string& address, SteadyTime now);

    /// False when the signature was seen in the last 600 s.
    bool isFresh(const std::string& signature, SteadyTime now);

    /// False when the application has used up its publishes for now.
    bool mayPublish(const std::string& appId, std::size_t perSecond, SteadyTime now);

    /// True at most once a minute.
    bool mayWarn(SteadyTime now);

private:
    struct Failures {
        std::size_t count = 0;
        SteadyTime since{};
    };

    struct Publishes {
        std::size_t perSecond = 0;
        hub::TokenBucket bucket{0, 0, {}};
    };

    std::mutex m_mutex; ///< Guards everything below.
    std::unordered_map<std::string, Failures> m_failures;
    std::unordered_set<std::string> m_signatures;
    std::multimap<SteadyTime, std::string> m_signaturesByTime;
    std::unordered_map<std::string, Publishes> m_publishes;
    std::optional<SteadyTime> m_warnedAt;
};

} // namespace castdeck::rest
