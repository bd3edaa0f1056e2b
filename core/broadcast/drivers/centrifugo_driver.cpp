#include "core/broadcast/drivers/centrifugo_driver.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/centrifugo_answer.h"
#include "core/broadcast/drivers/http_exchange.h"
#include "core/broadcast/drivers/split_delivery.h"
#include "core/broadcast/outgoing_check.h"
#include "core/broadcast/payload.h"

#include <algorithm>
#include <utility>

namespace castdeck::broadcast {

namespace {

constexpr std::size_t maxNameBytes = 255;

/// Centrifugo's own rules; the prefixes of the Pusher protocol mean nothing to it.
Failure checkName(const std::string& channel)
{
    if (channel.empty() || channel.size() > maxNameBytes)
        return {Code::BadChannel, "a Centrifugo channel has 1 to 255 characters"};
    const bool isAllowed =
        std::ranges::all_of(channel, [](char c) { return c > 0x20 && c < 0x7F && c != '*' && c != '&' && c != '/'; });
    return isAllowed ? Failure{} : Failure{Code::BadChannel, "a Centrifugo channel is ASCII without blanks and * & /"};
}

/// The rest after `prefix`; nothing when it does not start so.
std::optional<std::string> after(const std::string& text, std::string_view prefix)
{
    return text.starts_with(prefix) ? std::optional{text.substr(prefix.size())} : std::nullopt;
}

} // namespace

Result<std::shared_ptr<Driver>> CentrifugoDriver::make(const Options& options, const Services& services)
{
    constexpr std::uint64_t maxTimeout = 600'000;
    OptionReader reader{options};
    Settings settings;
    std::string url = reader.text({"url"}, "http://127.0.0.1:8000");
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        reader.fail("url", "must start with http:// or https://");
    std::string path = reader.text({"api_path"}, "/api");
    url.erase(url.find_last_not_of('/') + 1);
    path.erase(path.find_last_not_of('/') + 1);
    settings.apiUrl = url + (path.empty() || path.front() == '/' ? "" : "/") + path;
    settings.apiKey = reader.text({"api_key"});
    settings.timeout = std::chrono::milliseconds{reader.number({"timeout_ms"}, 1, maxTimeout, 5'000)};
    settings.skipsHistory = reader.flag("skip_history", true);
    settings.tags = reader.texts("tags");
    settings.isEnvelope = reader.choice("payload", {"envelope", "raw"}) == "envelope";
    settings.isLifted = reader.choice("error_mode", {"body", "transport"}) == "transport";
    settings.mapsToDollar = reader.choice("channel_map", {"verbatim", "dollar"}) == "dollar";
    // Of clients that listen: the driver has no use for them, but tells when they are no texts.
    for (const char* const name : {"token_secret", "token"})
        reader.text({name});
    if (reader.hasFailed())
        return reader.error();
    if (!services.http)
        return Error{ErrorKind::Unavailable, "this program sends no HTTP"};
    return std::shared_ptr<Driver>{std::make_shared<CentrifugoDriver>(std::move(settings), services.http)};
}

CentrifugoDriver::CentrifugoDriver(Settings settings, std::shared_ptr<HttpTransport> http)
    : m_settings{std::move(settings)}
    , m_http{std::move(http)}
{
}

Capabilities CentrifugoDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.manyChannels = can.listChannels = can.counts = can.terminateUser =
        can.testConnection = {true, {}};
    can.listMembers = can.history = {true, "if enabled"};
    can.guard = {false, "rules only"};
    return can;
}

void CentrifugoDriver::publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done)
{
    bool wasWrapped = false;
    if (!isValidUtf8(message))
        return done(Delivery::failed(topics, {Code::NotJson, "the message is not valid UTF-8"}));
    const std::string data = asJson(message, false, wasWrapped);
    send(topics, data, wasWrapped, done);
}

void CentrifugoDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    Failure failure = checkEvent(event);
    if (!failure.isFailure() && !isValidUtf8(event.data))
        failure = {Code::NotJson, "the payload is not valid UTF-8"};
    if (failure.isFailure())
        return done(Delivery::failed(event.channels, failure));
    bool wasWrapped = false;
    std::string data = asJson(event.data, event.isPlainText, wasWrapped);
    if (m_settings.isEnvelope)
        data = "{\"event\":" + json::toString(event.name) + ",\"data\":" + data + "}";
    send(event.channels, data, wasWrapped, [event, done = std::move(done)](Delivery delivery) {
        for (Entry& entry : delivery.entries) {
            if (!event.exceptSocketId.empty())
                entry.notes.emplace_back("except ignored");
        }
        addEventNotes(event, delivery);
        done(std::move(delivery));
    });
}

std::string CentrifugoDriver::wireName(const std::string& channel) const
{
    if (!m_settings.mapsToDollar)
        return channel;
    if (const auto name = after(channel, "private-"))
        return "$" + *name;
    if (const auto name = after(channel, "presence-"))
        return "$presence:" + *name;
    return channel;
}

std::string CentrifugoDriver::body(const std::vector<std::string>& channels, const std::string& data) const
{
    std::string list;
    for (const std::string& channel : channels)
        list += (list.empty() ? "" : ",") + json::toString(wireName(channel));
    std::string tags;
    for (const auto& [name, value] : m_settings.tags)
        tags += (tags.empty() ? "" : ",") + json::toString(name) + ":" + json::toString(value);
    return "{\"channels\":[" + list + "],\"data\":" + data + (m_settings.skipsHistory ? ",\"skip_history\":true" : "") +
           (tags.empty() ? "" : ",\"tags\":{" + tags + "}") + "}";
}

/// Always the method broadcast, for one channel as well: one form of request, one form of answer.
void CentrifugoDriver::send(const std::vector<std::string>& channels, const std::string& data, bool wasWrapped,
                            const std::function<void(Delivery)>& done)
{
    const auto split = std::make_shared<SplitDelivery>(
        channels, [this](const std::string& channel) { return checkName(wireName(channel)); });
    if (split->accepted().empty())
        return done(split->delivery());
    addNotes(*split, wasWrapped);
    call("broadcast", body(split->accepted(), data), [split, done](Answer answer) {
        split->addExchange(std::move(answer.exchange));
        if (answer.failure.isFailure())
            split->failRest(0, answer.failure, answer.number);
        else
            readResponses(answer.result, *split);
        done(split->delivery());
    });
}

void CentrifugoDriver::addNotes(SplitDelivery& split, bool wasWrapped) const
{
    for (std::size_t i = 0; i < split.accepted().size(); ++i) {
        const std::string& channel = split.accepted()[i];
        const std::string wire = wireName(channel);
        if (wasWrapped)
            split.note(i, "wrapped as string");
        if (wire != channel)
            split.note(i, "sent as " + wire);
        else if (after(channel, "private-") || after(channel, "presence-"))
            split.note(i, "the prefix means nothing to Centrifugo: its namespace decides who may join");
    }
}

void CentrifugoDriver::listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done)
{
    const bool isPattern = prefix.find('*') != std::string::npos;
    const std::string body =
        prefix.empty() ? "{}" : "{\"pattern\":" + json::toString(isPattern ? prefix : prefix + "*") + "}";
    call("channels", body, [done = std::move(done)](const Answer& answer) {
        done(answer.failure.isFailure() ? Listing<ChannelInfo>{.failure = answer.failure, .items = {}}
                                        : readChannels(answer.result));
    });
}

void CentrifugoDriver::listMembers(const std::string& channel, Done<Listing<MemberInfo>> done)
{
    call("presence", "{\"channel\":" + json::toString(wireName(channel)) + "}",
         [done = std::move(done)](const Answer& answer) {
             done(answer.failure.isFailure() ? Listing<MemberInfo>{.failure = answer.failure, .items = {}}
                                             : readMembers(answer.result));
         });
}

void CentrifugoDriver::terminateUser(const std::string& userId, Done<Failure> done)
{
    call("disconnect", "{\"user\":" + json::toString(userId) + "}",
         [done = std::move(done)](const Answer& answer) { done(answer.failure); });
}

void CentrifugoDriver::testConnection(Done<Failure> done)
{
    call("info", "{}", [done = std::move(done)](const Answer& answer) { done(answer.failure); });
}

void CentrifugoDriver::call(const std::string& method, std::string body, std::function<void(Answer)> done)
{
    http::OutgoingRequest request{.method = "POST",
                                  .url = m_settings.apiUrl + "/" + method,
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = std::move(body),
                                  .timeout = m_settings.timeout};
    if (!m_settings.apiKey.empty())
        request.headers.push_back({"X-API-Key", m_settings.apiKey});
    if (m_settings.isLifted)
        request.headers.push_back({"X-Centrifugo-Error-Mode", "transport"});
    m_http->send(request, [this, request, done = std::move(done)](const http::Answer& answer) {
        done(interpret(request, answer));
    });
}

CentrifugoDriver::Answer CentrifugoDriver::interpret(const http::OutgoingRequest& request,
                                                     const http::Answer& answer) const
{
    Answer result{.failure = transportFailure(request, answer),
                  .number = answer.status,
                  .result = {},
                  .exchange = asExchange(request, answer)};
    if (result.failure.isFailure())
        return result;
    if (answer.status == 200) {
        const auto document = json::Value::parse(answer.body, maxPayloadDepth);
        const auto error = document && document->is(json::Kind::Object) ? document->find("error") : std::nullopt;
        const auto content = document && document->is(json::Kind::Object) ? document->find("result") : std::nullopt;
        if (error)
            result.failure = readError(*error, result.number);
        else if (content && content->is(json::Kind::Object))
            result.result = content->raw();
        else
            result.failure = {Code::BadResponse, "the answer is not one of Centrifugo's: " + answer.body};
        return result;
    }
    result.failure = statusFailure(answer, result.number);
    return result;
}

} // namespace castdeck::broadcast
