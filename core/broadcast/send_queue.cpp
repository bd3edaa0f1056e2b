#include "core/broadcast/send_queue.h"

#include <atomic>
#include <utility>

namespace castdeck::broadcast {

bool SendQueue::add(Task& task)
{
    {
        const std::lock_guard lock{m_mutex};
        if (m_isClosed || m_waiting.size() >= m_capacity)
            return false;
        m_waiting.push_back(std::move(task));
        if (std::exchange(m_isBusy, true))
            return true;
    }
    run();
    return true;
}

void SendQueue::close()
{
    std::deque<Task> dropped; // Declared first: what it holds is destroyed after the lock is gone.
    const std::lock_guard lock{m_mutex};
    m_isClosed = true;
    dropped.swap(m_waiting);
}

bool SendQueue::waitIdle(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock{m_mutex};
    return m_isEmpty.wait_until(lock, deadline, [this] { return !m_isBusy; });
}

void SendQueue::run()
{
    for (;;) {
        Task task;
        {
            const std::lock_guard lock{m_mutex};
            if (m_waiting.empty()) {
                m_isBusy = false;
                m_isEmpty.notify_all();
                return;
            }
            task = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        // Whoever comes second goes on: this loop when the task finished at once, else the task. So tasks that finish
        // at once do not pile up on the stack.
        auto isPassed = std::make_shared<std::atomic<bool>>(false);
        task([self = shared_from_this(), isPassed] {
            if (isPassed->exchange(true))
                self->run();
        });
        if (!isPassed->exchange(true))
            return;
    }
}

} // namespace castdeck::broadcast
