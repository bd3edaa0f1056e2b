#include "core/engine/authorization_desk.h"

#include "core/engine/decision.h"

#include <utility>

namespace castdeck::engine {

namespace {

constexpr std::size_t decisionsKept = 10'000;
constexpr std::size_t notesAMinute = 20; ///< A page that is refused may ask again and again.

std::shared_ptr<ForwarderRelay> relayFor(AuthorizationDesk::Services& services)
{
    if (!services.forwarder)
        return nullptr;
    return std::make_shared<ForwarderRelay>(std::move(services.forwarder), std::move(services.post));
}

} // namespace

AuthorizationDesk::AuthorizationDesk(Services services, const Clock& clock, const hub::Hub& hub,
                                     EventRecorder& recorder)
    : m_clock{clock}
    , m_wake{std::move(services.wake)}
    , m_note{std::move(services.note)}
    , m_recorder{recorder}
    , m_decisions{decisionsKept}
    , m_notes{notesAMinute, std::chrono::minutes{1}}
    , m_relay{relayFor(services)}
    , m_access{{.clock = clock,
                .hub = hub,
                .forwarder = m_relay,
                .decided = [this](Decision decision) { record(std::move(decision)); },
                .note = [this](std::string line) { note(std::move(line)); }}}
{
}

void AuthorizationDesk::note(std::string line)
{
    {
        const std::lock_guard lock{m_mutex};
        if (!m_notes.take(m_clock.steady()))
            return;
    }
    m_note(std::move(line));
}

void AuthorizationDesk::record(Decision decision)
{
    if (!m_recorder.keepsEvents())
        return;
    m_recorder.record(eventOf(decision));
    if (m_decisions.put(std::move(decision)))
        m_wake();
}

void AuthorizationDesk::tryOut(std::uint64_t id, const AuthorizationTrial& trial)
{
    m_access.tryOut(trial, [this, id](AuthorizationVerdict verdict) { add(id, std::move(verdict)); });
}

void AuthorizationDesk::refuse(std::uint64_t id, std::string why)
{
    AuthorizationVerdict verdict;
    verdict.decision.explanation = std::move(why);
    add(id, std::move(verdict));
}

void AuthorizationDesk::add(std::uint64_t id, AuthorizationVerdict verdict)
{
    verdict.commandId = id;
    {
        const std::lock_guard lock{m_mutex};
        m_verdicts.push_back(std::move(verdict));
    }
    m_wake();
}

std::vector<AuthorizationVerdict> AuthorizationDesk::takeVerdicts()
{
    const std::lock_guard lock{m_mutex};
    return std::exchange(m_verdicts, {});
}

void AuthorizationDesk::close()
{
    if (m_relay)
        m_relay->close();
}

} // namespace castdeck::engine
