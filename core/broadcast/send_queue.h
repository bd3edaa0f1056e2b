#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace castdeck::broadcast {

/// Runs the sends of one connection one after the other: the next starts when the last has called its `finished`.
///
/// Thread: any. A task runs on the thread that added it, or on the one that finished the task before it.
class SendQueue : public std::enable_shared_from_this<SendQueue> {
public:
    using Task = std::function<void(std::function<void()> finished)>;

    explicit SendQueue(std::size_t capacity) : m_capacity{capacity} {}

    /// False, and `task` is untouched, when the queue is full or closed.
    bool add(Task& task);
    /// Drops what has not started and takes nothing more.
    void close();
    /// False when it has not run empty by then.
    bool waitIdle(std::chrono::steady_clock::time_point deadline);

private:
    void run();

    const std::size_t m_capacity;
    std::mutex m_mutex; ///< Guards what follows; no task is run or destroyed under it.
    std::condition_variable m_isEmpty;
    std::deque<Task> m_waiting;
    bool m_isBusy = false;
    bool m_isClosed = false;
};

} // namespace castdeck::broadcast
