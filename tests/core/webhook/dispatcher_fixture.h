#pragma once

#include "core/webhook/dispatcher.h"
#include "tests/support/manual_clock.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::test {

/// Keeps what is posted until the test answers it. Thread: any.
class FakeTransport final : public webhook::Transport {
public:
    struct Posted {
        webhook::TransportRequest request;
        Done done;

        const std::string* header(std::string_view name) const { return http::find(request.headers, name); }
    };

    void post(webhook::TransportRequest request, Done done) override;
    /// What has been posted since the last call.
    std::vector<Posted> take();

private:
    std::mutex m_mutex; ///< Guards m_posted.
    std::vector<Posted> m_posted;
};

/// An outbox that outlives the dispatcher, as a file does.
class MemoryOutbox final : public webhook::Outbox {
public:
    Result<std::vector<webhook::OutboxEntry>> load() override;
    Result<void> write(const webhook::OutboxChange& change) override;

    std::map<std::uint64_t, webhook::OutboxEntry> entries;
    bool isBroken = false;
    int writes = 0;
};

/// An application "app" with key "app-key" and secret "marker-secret", and one target that wants everything.
webhook::AppWebhooks makeAppWebhooks(const std::string& id = "app");
/// The same with several events in a request.
webhook::AppWebhooks makeBatchingApp();

/// A dispatcher with all that it needs, and no thread.
class DispatcherFixture {
public:
    explicit DispatcherFixture(std::vector<webhook::AppWebhooks> apps = {makeAppWebhooks()});

    ManualClock clock;
    FakeTransport transport;
    MemoryOutbox outbox;
    std::vector<std::string> notices;

    webhook::Dispatcher& dispatcher() { return *m_dispatcher; }
    std::vector<webhook::Delivery> deliveries() const { return m_log->after(0); }
    /// As if the process had been killed and started again.
    void restart(std::vector<webhook::AppWebhooks> apps = {makeAppWebhooks()});

    void tell(webhook::EventKind kind, const std::string& channel, const std::string& userId = {});
    void tell(const hub::Fact& fact);
    /// The bodies posted since the last call; nobody answers them.
    std::vector<std::string> bodies();
    /// What is posted is answered with `status` until nothing comes any more; returns the bodies.
    std::vector<std::string> answerAll(int status = 200);
    void answer(const FakeTransport::Posted& posted, webhook::TransportAnswer answer);
    /// In steps of a tenth of a second, as the thread of the service would.
    void pass(std::chrono::milliseconds time);

private:
    void makeDispatcher(const std::vector<webhook::AppWebhooks>& apps);
    void settle();

    std::vector<webhook::SendResult> m_results;
    std::unique_ptr<webhook::DeliveryLog> m_log;
    std::unique_ptr<webhook::Dispatcher> m_dispatcher;
};

/// "channel_occupied@room user": the events of a body, for comparing.
std::vector<std::string> eventsOf(const std::string& body);
/// Of all bodies, in their order.
std::vector<std::string> eventsOf(const std::vector<std::string>& bodies);

} // namespace castdeck::test
