#pragma once

#include <functional>

namespace castdeck::net {

/// One event loop on one thread. A connection belongs to one worker for life.
class Worker {
public:
    virtual ~Worker() = default;

    /// Runs the task in one of the next turns, in the order of posting per thread. Any thread; tasks posted after the
    /// worker has ended are destroyed unrun.
    virtual void post(std::function<void()> task) = 0;
    virtual bool isCurrent() const = 0; ///< Any thread.
    virtual unsigned index() const = 0; ///< Any thread.

    /// Runs at the end of each turn of the loop, after its handlers and before the queued frames leave. What it sends
    /// leaves in the same turn. To be set on the worker, or from `handlersFor` before the worker runs.
    virtual void setTurnHook(std::function<void()> hook) = 0;
};

} // namespace castdeck::net
