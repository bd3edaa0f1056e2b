#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace castdeck::test {

/// What has been handed over, from any thread.
template <class T> class Inbox {
public:
    /// For a call that hands over its outcome.
    std::function<void(T)> done() const
    {
        return [state = m_state](T value) {
            const std::lock_guard lock{state->mutex};
            state->values.push_back(std::move(value));
        };
    }
    std::size_t count() const
    {
        const std::lock_guard lock{m_state->mutex};
        return m_state->values.size();
    }
    std::vector<T> all() const
    {
        const std::lock_guard lock{m_state->mutex};
        return m_state->values;
    }

private:
    struct State {
        std::mutex mutex;
        std::vector<T> values;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace castdeck::test
