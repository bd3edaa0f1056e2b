#include "core/broadcast/drivers/webhook_driver.h"

#include "core/base/json.h"
#include "core/broadcast/drivers/http_exchange.h"
#include "core/broadcast/outgoing_check.h"
#include "core/broadcast/payload.h"

#include <utility>

namespace castdeck::broadcast {

namespace {

constexpr std::size_t maxBytes = 1'048'576;

std::string bodyFor(const std::vector<std::string>& channels, const std::string& data, bool isPlainText,
                    const std::string& more)
{
    std::string list;
    for (const std::string& channel : channels)
        list += (list.empty() ? "" : ",") + json::toString(channel);
    bool wasWrapped = false;
    return "{" + more + "\"channels\":[" + list + "],\"data\":" + asJson(data, isPlainText, wasWrapped) + "}";
}

} // namespace

Result<std::shared_ptr<Driver>> WebhookDriver::make(const Options& options, const Services& services)
{
    OptionReader reader{options};
    http::OutgoingRequest blank{.method = "POST", .url = reader.required({"url"}), .headers = {}, .body = {}};
    if (!blank.url.starts_with("http://") && !blank.url.starts_with("https://"))
        reader.fail("url", "must start with http:// or https://");
    blank.timeout = std::chrono::milliseconds{reader.number({"timeout_ms"}, 1, 600'000, 5'000)};
    blank.headers.push_back({"Content-Type", "application/json"});
    for (auto& [name, value] : reader.texts("headers")) {
        if ((name + value).find_first_of("\r\n") != std::string::npos)
            reader.fail("headers", "must not have line breaks");
        blank.headers.push_back({name, value});
    }
    if (reader.hasFailed())
        return reader.error();
    if (!services.http)
        return Error{ErrorKind::Unavailable, "this program sends no HTTP"};
    return std::shared_ptr<Driver>{std::make_shared<WebhookDriver>(std::move(blank), services.http)};
}

WebhookDriver::WebhookDriver(http::OutgoingRequest blank, std::shared_ptr<HttpTransport> http)
    : m_blank{std::move(blank)}
    , m_http{std::move(http)}
{
}

Capabilities WebhookDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.manyChannels = {true, {}};
    can.excludeSocket = {false, "noted in the message"};
    return can;
}

void WebhookDriver::publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done)
{
    if (const Failure failure = checkPayload(message, maxBytes); failure.isFailure())
        return done(Delivery::failed(topics, failure));
    post(topics, bodyFor(topics, message, false, ""), std::move(done));
}

void WebhookDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    Failure failure = checkEvent(event);
    if (!failure.isFailure())
        failure = checkPayload(event.data, maxBytes);
    if (failure.isFailure())
        return done(Delivery::failed(event.channels, failure));
    std::string more = "\"event\":" + json::toString(event.name) + ",";
    if (!event.exceptSocketId.empty())
        more += "\"socket_id\":" + json::toString(event.exceptSocketId) + ",";
    post(event.channels, bodyFor(event.channels, event.data, event.isPlainText, more), std::move(done));
}

void WebhookDriver::post(const std::vector<std::string>& channels, std::string body, Done<Delivery> done)
{
    http::OutgoingRequest request = m_blank;
    request.body = std::move(body);
    m_http->send(request, [channels, request, done = std::move(done)](const http::Answer& answer) {
        Failure failure = transportFailure(request, answer);
        if (!failure.isFailure() && (answer.status < 200 || answer.status > 299))
            failure = {codeOfStatus(answer.status), errorText(answer)};
        Delivery delivery;
        for (const std::string& channel : channels) {
            delivery.entries.push_back(Entry::failed(channel, failure, answer.status));
            if (!failure.isFailure())
                delivery.entries.back().status = Status::Sent;
        }
        delivery.exchanges.push_back(asExchange(request, answer));
        done(std::move(delivery));
    });
}

} // namespace castdeck::broadcast
