#pragma once

#include "core/base/clock.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace castdeck::engine {

/// Carries out the owner's commands in order, and a periodic task between them.
///
/// Thread: offer() and post() from any. Ownership: the destructor carries out what was posted, then joins.
class ControlThread {
public:
    static constexpr std::size_t capacity = 10'000;

    ControlThread(std::chrono::milliseconds period, std::function<void()> periodic);
    ~ControlThread();
    ControlThread(const ControlThread&) = delete;
    ControlThread& operator=(const ControlThread&) = delete;

    /// False when `capacity` tasks are waiting already.
    bool offer(std::function<void()> task);
    /// For the few tasks that must not be lost, whatever is waiting.
    void post(std::function<void()> task);

private:
    void run();

    const std::chrono::milliseconds m_period;
    const std::function<void()> m_periodic;
    std::mutex m_mutex; ///< Guards m_tasks and m_isStopping.
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_tasks;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace castdeck::engine
