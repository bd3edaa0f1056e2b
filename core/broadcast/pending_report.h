#pragma once

#include "core/broadcast/report.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace castdeck::broadcast {

/// The report of a call, there at once or later. It may be dropped: the call goes on.
///
/// Thread: any. Copies are the same report.
class PendingReport {
public:
    using Callback = std::function<void(const Report&)>;
    /// Brings a function to the thread that wants the report.
    using Post = std::function<void(std::function<void()>)>;

    PendingReport();

    bool isReady() const;
    /// Waits for it. Never on the thread of a window.
    Report get() const;
    std::optional<Report> waitFor(std::chrono::milliseconds time) const;
    /// Calls back once: at once when the report is there, else on the thread that completes it, which must not be kept.
    void then(Callback callback) const;
    void then(Post post, Callback callback) const;

    void complete(Report report) const; ///< Once.

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace castdeck::broadcast
