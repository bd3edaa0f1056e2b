#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/http_transport.h"
#include "core/broadcast/services.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::broadcast {

/// POSTs every event and message to a URL: the example of a driver that the program does not bring along. It is
/// registered as a user's own would be: `manager.extend("webhook", WebhookDriver::make)`.
///
/// Options: `url`, `headers` (an object of texts), `timeout_ms`. Body: `{"channels":["a"],"data":...}`, with
/// `"event"` and `"socket_id"` where an event has them. Every 2xx is a success.
class WebhookDriver final : public Driver {
public:
    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);
    WebhookDriver(http::OutgoingRequest blank, std::shared_ptr<HttpTransport> http);

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;

private:
    void post(const std::vector<std::string>& channels, std::string body, Done<Delivery> done);

    const http::OutgoingRequest m_blank; ///< Every request but its body.
    const std::shared_ptr<HttpTransport> m_http;
};

} // namespace castdeck::broadcast
