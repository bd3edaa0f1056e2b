#include "core/broadcast/pending_report.h"

#include <cassert>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

struct PendingReport::State {
    std::mutex mutex; ///< Guards the rest; no callback is called under it.
    std::condition_variable isThere;
    std::optional<Report> report; ///< Does not change once it is there.
    std::vector<Callback> callbacks;
};

PendingReport::PendingReport() : m_state{std::make_shared<State>()} {}

bool PendingReport::isReady() const
{
    const std::lock_guard lock{m_state->mutex};
    return m_state->report.has_value();
}

Report PendingReport::get() const
{
    std::unique_lock lock{m_state->mutex};
    m_state->isThere.wait(lock, [this] { return m_state->report.has_value(); });
    return *m_state->report;
}

std::optional<Report> PendingReport::waitFor(std::chrono::milliseconds time) const
{
    std::unique_lock lock{m_state->mutex};
    m_state->isThere.wait_for(lock, time, [this] { return m_state->report.has_value(); });
    return m_state->report;
}

void PendingReport::then(Callback callback) const
{
    {
        const std::lock_guard lock{m_state->mutex};
        if (!m_state->report) {
            m_state->callbacks.push_back(std::move(callback));
            return;
        }
    }
    callback(*m_state->report);
}

void PendingReport::then(Post post, Callback callback) const
{
    then([post = std::move(post), callback = std::move(callback)](const Report& report) {
        post([callback, report] { callback(report); });
    });
}

void PendingReport::complete(Report report) const
{
    const std::shared_ptr<State> state = m_state; // A callback may drop the last PendingReport.
    std::vector<Callback> callbacks;
    {
        const std::lock_guard lock{state->mutex};
        assert(!state->report);
        state->report = std::move(report);
        callbacks.swap(state->callbacks);
        state->isThere.notify_all();
    }
    for (const Callback& callback : callbacks)
        callback(*state->report);
}

} // namespace castdeck::broadcast
