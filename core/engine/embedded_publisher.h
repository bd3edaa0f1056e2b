#pragma once

#include "core/broadcast/local_publisher.h"
#include "core/engine/publish.h"
#include "core/hub/hub.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace castdeck::engine {

/// The embedded server as the `local` driver sees it. It may outlive the engine, and then says that nothing runs.
///
/// Thread: any; setRunning() on the control thread of the engine, which carries out the calls in their order. There
/// each `done` is called, or at once by the caller when the call cannot even wait its turn.
/// Ownership: the engine holds it until its control thread has ended.
class EmbeddedPublisher final : public broadcast::LocalPublisher {
public:
    /// What the engine lends until detach().
    struct Server {
        const hub::Hub& hub;
        /// Has the control thread carry out a task; false when too many wait.
        std::function<bool(std::function<void()>)> offer;
        /// Of the control thread.
        std::function<Published(const PublishCommand&)> publish;
    };

    explicit EmbeddedPublisher(Server server) : m_server{std::make_shared<const Server>(std::move(server))} {}

    void setRunning(bool isRunning) { m_isRunning.store(isRunning); }
    /// Nothing is asked of the engine any more once this has returned, but by tasks that it was given before.
    void detach();

    bool isRunning() const override { return m_isRunning.load(); }
    void publish(std::string appId, broadcast::OutgoingEvent event, std::function<void(Outcome)> done) override;
    void listChannels(std::string appId, std::string prefix,
                      broadcast::Driver::Done<broadcast::Listing<broadcast::ChannelInfo>> done) override;
    void listMembers(std::string appId, std::string channel,
                     broadcast::Driver::Done<broadcast::Listing<broadcast::MemberInfo>> done) override;
    void terminateUser(std::string appId, std::string userId,
                       broadcast::Driver::Done<broadcast::Failure> done) override;
    std::shared_ptr<const pusher::Signer> signer(const std::string& appId) const override;

private:
    /// `work` makes the answer, while the server runs.
    template <class Answer>
    void carryOut(std::function<Answer(const Server&)> work, const std::function<void(Answer)>& done);
    /// Why the task cannot be carried out; nothing when it will be.
    broadcast::Failure offer(std::function<void(const Server&)> task) const;

    std::atomic<bool> m_isRunning{false};
    mutable std::mutex m_mutex; ///< Guards m_server. Taken before the locks of the control thread and of the hub.
    std::shared_ptr<const Server> m_server; ///< Null once detached.
};

} // namespace castdeck::engine
