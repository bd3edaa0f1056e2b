#pragma once

#include "core/engine/authorization_desk.h"
#include "core/engine/control_thread.h"
#include "core/engine/embedded_publisher.h"
#include "core/engine/engine.h"
#include "core/engine/event_recorder.h"
#include "core/engine/publish.h"
#include "core/engine/server_host.h"
#include "core/engine/webhooks.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace castdeck::engine {

/// What the engine consists of. Start, stop and changes are tasks of the control thread; the rest says so where it is
/// called from any.
class Engine::Impl {
public:
    Impl(EngineOptions options, std::function<void()> onChange);
    ~Impl();

    void post(std::function<void()> task) { m_control.post(std::move(task)); }

    void start();
    void stop(StopReason reason);
    void waitStopped();
    void applyApps(const std::vector<hub::AppConfig>& apps);
    void setListen(std::string address, std::uint16_t port);
    void reloadTls();
    std::uint64_t publish(PublishCommand command);
    void disconnect(const std::string& appId, const std::string& socketId);
    void terminateUser(const std::string& appId, const std::string& userId);
    void removeFromChannel(const std::string& appId, const std::string& socketId, const std::string& channel);
    std::uint64_t askDetails(DetailsQuestion question);
    std::vector<Details> takeDetails();
    std::shared_ptr<const Snapshot> snapshot() const;
    Mailbox<Event>::Batch takeEvents() { return m_recorder.takeEvents(); }
    std::vector<PublishOutcome> takeOutcomes();
    std::uint64_t authorize(AuthorizationTrial trial);
    AuthorizationDesk& desk() { return m_desk; }
    Webhooks& webhooks() { return m_webhooks; }
    const std::shared_ptr<EmbeddedPublisher>& publisher() const { return m_publisher; }

private:
    void wakeOwner() const
    {
        if (m_onChange)
            m_onChange();
    }
    void periodic();
    void finishStop();
    void note(std::string text);
    void setState(ServerSnapshot state, std::string notice);
    void refreshSnapshot();
    Published carryOut(const PublishCommand& command, ChannelBound bound);
    void answer(PublishOutcome outcome);
    void answer(Details details);

    SystemClock m_clock;
    EngineOptions m_options; ///< Touched by the control thread only.
    const std::function<void()> m_onChange;
    EventRecorder m_recorder;
    Webhooks m_webhooks;
    AuthorizationDesk m_desk;
    hub::Hub m_hub;

    // Of the control thread.
    std::unique_ptr<ServerHost> m_host;
    ServerSnapshot m_state;
    SteadyTime m_tickedAt{};
    SteadyTime m_stopBegan{};
    SteadyTime::duration m_stopTook{};

    std::atomic<std::uint64_t> m_nextCommand{1};
    mutable std::atomic<SteadyTime::rep> m_snapshotAskedAt{0};
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::condition_variable m_stateChanged;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<PublishOutcome> m_outcomes;
    std::vector<Details> m_details;

    const std::shared_ptr<EmbeddedPublisher> m_publisher;
    ControlThread m_control; ///< Last, so that it ends before what it uses.
};

} // namespace castdeck::engine
