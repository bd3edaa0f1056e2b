#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace castdeck::broadcast {

/// `done`, called once whatever happens: further calls do nothing, and when the last copy is gone without a call, it is
/// called with `otherwise`. So nobody waits for ever for a driver that forgets.
template <class T> std::function<void(T)> once(T otherwise, std::function<void(T)> done)
{
    struct State {
        T otherwise;
        std::function<void(T)> done;
        std::atomic<bool> isCalled = false;

        State(T value, std::function<void(T)> function) : otherwise{std::move(value)}, done{std::move(function)} {}
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        ~State() { call(std::move(otherwise)); }

        void call(T value)
        {
            if (isCalled.exchange(true))
                return;
            // Moved out, so that what it holds is free as soon as it has run.
            const std::function<void(T)> function = std::exchange(done, nullptr);
            function(std::move(value));
        }
    };
    auto state = std::make_shared<State>(std::move(otherwise), std::move(done));
    return [state](T value) { state->call(std::move(value)); };
}

} // namespace castdeck::broadcast
