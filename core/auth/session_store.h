#pragma once

#include "core/base/clock.h"
#include "core/base/http.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace castdeck::auth {

/// One browser, perhaps logged in as a demo actor.
struct Session {
    std::string id;        ///< A secret, 64 hexadecimal digits.
    std::string csrfToken; ///< Another one, independent of the id.
    std::string actorId;   ///< Empty for nobody.
};

/// The sessions of the demo pages. They live in memory and end with the program.
///
/// Thread: any. Bounded: one more than the limit ends the oldest. Ownership: the clock must outlive it.
class SessionStore {
public:
    static constexpr std::string_view cookieName = "SESSID";

    struct Limits {
        std::size_t sessions = 10'000;
        std::chrono::seconds lifetime = std::chrono::hours{12}; ///< Counted from the start of the session.
    };

    explicit SessionStore(const Clock& clock) : SessionStore{clock, Limits{}} {}
    SessionStore(const Clock& clock, Limits limits) : m_clock{clock}, m_limits{limits} {}

    Session create(std::string actorId = {});
    std::optional<Session> find(const std::string& id) const;
    /// Of the browser that sent these headers.
    std::optional<Session> find(const http::Headers& headers) const;
    void remove(const std::string& id);

    std::size_t count() const;
    std::chrono::seconds lifetime() const noexcept { return m_limits.lifetime; }

private:
    struct Entry {
        Session session;
        SteadyTime ends;
    };

    void removeOldest();

    const Clock& m_clock;
    const Limits m_limits;
    mutable std::mutex m_mutex; ///< Guards all below.
    std::list<Entry> m_entries; ///< The oldest first, which is also the first to end.
    std::unordered_map<std::string, std::list<Entry>::iterator> m_byId;
};

} // namespace castdeck::auth
