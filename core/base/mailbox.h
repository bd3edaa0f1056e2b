#pragma once

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace castdeck {

/// A bounded queue from many threads to one. What does not fit is counted, never waited for.
///
/// Thread: put() from any, take() from one owner.
template <typename T> class Mailbox {
public:
    struct Batch {
        std::vector<T> items;
        std::size_t dropped = 0; ///< Since the last take().
    };

    explicit Mailbox(std::size_t capacity) : m_capacity{capacity} {}

    /// True when the owner has to be woken: the mailbox held nothing before.
    bool put(T item)
    {
        const std::lock_guard lock{m_mutex};
        const bool wasIdle = m_pending.items.empty() && m_pending.dropped == 0;
        if (m_pending.items.size() < m_capacity)
            m_pending.items.push_back(std::move(item));
        else
            ++m_pending.dropped;
        return wasIdle;
    }

    Batch take()
    {
        const std::lock_guard lock{m_mutex};
        return std::exchange(m_pending, {});
    }

private:
    const std::size_t m_capacity;
    std::mutex m_mutex; ///< Guards m_pending.
    Batch m_pending;
};

} // namespace castdeck
