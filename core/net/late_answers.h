#pragma once

#include "core/base/http.h"
#include "core/net/worker.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

namespace castdeck::net {

class HttpSession;

/// The requests of one worker that are answered later.
///
/// Thread: the worker's, but what expect() returns may be called from any. Ownership: the worker outlives it.
class LateAnswers {
public:
    using Ticket = std::uint64_t; ///< Never 0, never given twice.

    explicit LateAnswers(Worker& worker);
    ~LateAnswers(); ///< Answers that come afterwards are dropped.
    LateAnswers(const LateAnswers&) = delete;
    LateAnswers& operator=(const LateAnswers&) = delete;

    /// The session is given the answer under this ticket, unless forget() comes first. It must come before the session
    /// ends.
    Ticket expect(HttpSession& session);
    /// What takes the answer, on any thread and at any time; only the first call counts.
    std::function<void(http::Response)> takerFor(Ticket ticket);
    void forget(Ticket ticket) { m_waiting.erase(ticket); }

private:
    struct Door;

    void hand(Ticket ticket, const http::Response& response);

    std::shared_ptr<Door> m_door;                       ///< Shared with the answers that are under way.
    std::unordered_map<Ticket, HttpSession*> m_waiting; ///< Each forgets its ticket before it ends.
    Ticket m_next = 1;
};

} // namespace castdeck::net
