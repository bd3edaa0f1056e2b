#pragma once

#include "core/base/mailbox.h"
#include "core/engine/access.h"
#include "core/engine/event_recorder.h"
#include "core/engine/forwarder_relay.h"
#include "core/hub/rate_limit.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace castdeck::engine {

/// The access rules of an engine, and what its owner learns of them.
///
/// Thread: any. Ownership: clock, hub and recorder outlive it, but for the hub in the constructor.
class AuthorizationDesk {
public:
    struct Services {
        std::shared_ptr<auth::Forwarder> forwarder;      ///< May be null.
        std::function<void(std::function<void()>)> post; ///< To the thread that handles what the forwarder brings.
        std::function<void()> wake;                      ///< Of the owner.
        std::function<void(std::string)> note;
    };

    AuthorizationDesk(Services services, const Clock& clock, const hub::Hub& hub, EventRecorder& recorder);

    Access& access() { return m_access; }

    void tryOut(std::uint64_t id, const AuthorizationTrial& trial);
    /// The verdict for a trial that was not made.
    void refuse(std::uint64_t id, std::string why);
    std::vector<AuthorizationVerdict> takeVerdicts();
    Mailbox<Decision>::Batch takeDecisions() { return m_decisions.take(); }

    /// What the forwarder brings from now on is dropped, and post() not called again.
    void close();

private:
    void note(std::string line);
    void record(Decision decision);
    void add(std::uint64_t id, AuthorizationVerdict verdict);

    const Clock& m_clock;
    const std::function<void()> m_wake;
    const std::function<void(std::string)> m_note;
    EventRecorder& m_recorder;
    Mailbox<Decision> m_decisions;
    std::mutex m_mutex; ///< Guards what follows, up to the relay.
    std::vector<AuthorizationVerdict> m_verdicts;
    hub::SlidingWindow m_notes;
    const std::shared_ptr<ForwarderRelay> m_relay; ///< Null without a forwarder.
    Access m_access;
};

} // namespace castdeck::engine
