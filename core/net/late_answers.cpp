#include "core/net/late_answers.h"

#include "core/net/event_loop.h"
#include "core/net/http_session.h"

#include <mutex>
#include <utility>

namespace castdeck::net {

/// The way back to the worker, for as long as there is one.
struct LateAnswers::Door {
    std::mutex mutex;               ///< Guards what follows. Taken before the lock of the worker's queue.
    LateAnswers* answers = nullptr; ///< Null once the worker ends.
    Worker* worker = nullptr;
};

LateAnswers::LateAnswers(Worker& worker) : m_door{std::make_shared<Door>()}
{
    m_door->answers = this;
    m_door->worker = &worker;
}

LateAnswers::~LateAnswers()
{
    const std::lock_guard lock{m_door->mutex};
    m_door->answers = nullptr;
}

LateAnswers::Ticket LateAnswers::expect(HttpSession& session)
{
    m_waiting.emplace(m_next, &session);
    return m_next++;
}

std::function<void(http::Response)> LateAnswers::takerFor(Ticket ticket)
{
    return [door = m_door, ticket](http::Response response) {
        const std::lock_guard lock{door->mutex};
        LateAnswers* const answers = door->answers;
        if (answers == nullptr)
            return;
        door->worker->post([answers, ticket, response = std::move(response)] { answers->hand(ticket, response); });
    };
}

void LateAnswers::hand(Ticket ticket, const http::Response& response)
{
    const auto waiting = m_waiting.extract(ticket);
    if (waiting.empty())
        return;
    const boost::intrusive_ptr<HttpSession> session{waiting.mapped()};
    session->answerLate(response);
}

} // namespace castdeck::net
