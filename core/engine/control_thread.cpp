#include "core/engine/control_thread.h"

namespace castdeck::engine {

ControlThread::ControlThread(std::chrono::milliseconds period, std::function<void()> periodic)
    : m_period{period}
    , m_periodic{std::move(periodic)}
    , m_thread{[this] { run(); }}
{
}

ControlThread::~ControlThread()
{
    {
        const std::lock_guard lock{m_mutex};
        m_isStopping = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

bool ControlThread::offer(std::function<void()> task)
{
    {
        const std::lock_guard lock{m_mutex};
        if (m_tasks.size() >= capacity)
            return false;
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
    return true;
}

void ControlThread::post(std::function<void()> task)
{
    {
        const std::lock_guard lock{m_mutex};
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
}

void ControlThread::run()
{
    auto nextPeriodic = std::chrono::steady_clock::now() + m_period;
    std::unique_lock lock{m_mutex};
    for (;;) {
        m_changed.wait_until(lock, nextPeriodic, [this] { return !m_tasks.empty() || m_isStopping; });
        std::deque<std::function<void()>> tasks;
        tasks.swap(m_tasks);
        if (tasks.empty() && m_isStopping)
            return;
        lock.unlock();
        for (const auto& task : tasks)
            task();
        if (std::chrono::steady_clock::now() >= nextPeriodic) {
            m_periodic();
            nextPeriodic = std::chrono::steady_clock::now() + m_period;
        }
        lock.lock();
    }
}

} // namespace castdeck::engine
