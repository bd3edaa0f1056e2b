#include "core/remote/pusher_rest_client.h"

#include "core/base/json.h"
#include "core/remote/outgoing_check.h"
#include "core/remote/rest_answer.h"

#include <QPointer>
#include <QTimer>

#include <span>

namespace castdeck::remote {

namespace {

void appendMember(std::string& json, std::string_view key, std::string_view value)
{
    json += json.back() == '{' ? "" : ",";
    json::appendString(json, key);
    json += ':';
    json::appendString(json, value);
}

std::string eventBody(const OutgoingEvent& event, std::span<const std::string> channels)
{
    std::string body = "{";
    appendMember(body, "name", event.name);
    body += ",\"channels\":[";
    for (const std::string& channel : channels) {
        body += body.back() == '[' ? "" : ",";
        json::appendString(body, channel);
    }
    body += ']';
    appendMember(body, "data", event.data);
    if (!event.excludeSocketId.empty())
        appendMember(body, "socket_id", event.excludeSocketId);
    return body + "}";
}

std::string batchItem(const OutgoingEvent& event)
{
    std::string item = "{";
    appendMember(item, "name", event.name);
    appendMember(item, "channel", event.channels.front());
    appendMember(item, "data", event.data);
    if (!event.excludeSocketId.empty())
        appendMember(item, "socket_id", event.excludeSocketId);
    return item + "}";
}

/// Escapes what may not stand in a path; the characters of channel names may.
std::string pathSegment(std::string_view text)
{
    std::string segment;
    for (const char c : text) {
        const bool isName = std::string_view{"=@,;"}.find(c) != std::string_view::npos;
        segment += isName ? std::string(1, c) : pusher::percentEncode(std::string_view{&c, 1});
    }
    return segment;
}

void later(QObject* context, std::function<void()> task)
{
    QTimer::singleShot(0, context, std::move(task));
}

} // namespace

/// An event on its way to many channels, one request after the other.
struct PusherRestClient::Sending {
    OutgoingEvent event;
    std::vector<std::string> channels;  ///< Those that may be sent.
    std::size_t sent = 0;               ///< How many of them have their outcome.
    std::vector<std::size_t> positions; ///< Of each of them in the report.
    SendReport report;
    SteadyTime start;
    QPointer<QObject> context;
    SendDone done;

    void take(const RestAnswer& answer, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i, ++sent) {
            ChannelReport& entry = report.channels[positions[sent]];
            entry.code = answer.code;
            entry.status = answer.status;
            entry.text = answer.text;
        }
    }
};

PusherRestClient::PusherRestClient(HttpClient& http, PusherEndpoint endpoint, const Clock& clock)
    : m_signer{endpoint.key, endpoint.secret}
    , m_http{http}
    , m_clock{clock}
    , m_endpoint{std::move(endpoint)}
{
}

void PusherRestClient::trigger(OutgoingEvent event, QObject* context, SendDone done)
{
    auto sending = std::make_shared<Sending>();
    sending->start = m_clock.steady();
    sending->context = context;
    sending->done = std::move(done);
    const ChannelReport forAll = checkEvent(event, m_endpoint);
    for (const std::string& channel : withoutRepeats(event.channels)) {
        ChannelReport entry = forAll.code != SendCode::None ? forAll : checkChannel(channel, event);
        entry.channel = channel;
        if (entry.code == SendCode::None) {
            sending->channels.push_back(channel);
            sending->positions.push_back(sending->report.channels.size());
        }
        sending->report.channels.push_back(std::move(entry));
    }
    sending->event = std::move(event);
    later(context, [this, sending] { sendNext(sending); });
}

void PusherRestClient::sendNext(const std::shared_ptr<Sending>& sending)
{
    const std::size_t count = std::min(maxChannelsPerRequest, sending->channels.size() - sending->sent);
    if (count == 0) {
        sending->report.duration =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steady() - sending->start);
        if (sending->context)
            sending->done(sending->report);
        return;
    }
    const auto chunk = std::span{sending->channels}.subspan(sending->sent, count);
    request("POST", appPath("/events"), eventBody(sending->event, chunk), {}, sending->context,
            [this, sending, count](const RestAnswer& answer) {
                sending->take(answer, count);
                // A refusal concerns the channels of one request; anything else would befall the next ones as well.
                if (answer.code != SendCode::None && answer.code != SendCode::Rejected)
                    sending->take(answer, sending->channels.size() - sending->sent);
                sendNext(sending);
            });
}

void PusherRestClient::triggerBatch(const std::vector<OutgoingEvent>& events, QObject* context, Done done)
{
    const auto refuse = [&](const ChannelReport& problem) {
        later(context, [done = std::move(done), problem] { done({problem.code, 0, problem.text, ""}); });
    };
    if (events.empty() || events.size() > maxEventsPerBatch)
        return refuse({"", SendCode::BadOption, 0, "a batch has 1 to 10 events"});
    std::string body = "{\"batch\":[";
    for (const OutgoingEvent& event : events) {
        if (event.channels.size() != 1)
            return refuse({"", SendCode::BadOption, 0, "each event of a batch has exactly one channel"});
        if (const auto problem = checkEvent(event, m_endpoint); problem.code != SendCode::None)
            return refuse(problem);
        if (const auto problem = checkChannel(event.channels.front(), event); problem.code != SendCode::None)
            return refuse(problem);
        body += body.back() == '[' ? "" : ",";
        body += batchItem(event);
    }
    request("POST", appPath("/batch_events"), body + "]}", {}, context, std::move(done));
}

void PusherRestClient::channels(const std::string& prefix, const std::string& info, QObject* context, Done done)
{
    pusher::QueryParameters parameters;
    if (!prefix.empty())
        parameters.emplace_back("filter_by_prefix", prefix);
    if (!info.empty())
        parameters.emplace_back("info", info);
    request("GET", appPath("/channels"), "", std::move(parameters), context, std::move(done));
}

void PusherRestClient::channel(const std::string& name, const std::string& info, QObject* context, Done done)
{
    pusher::QueryParameters parameters;
    if (!info.empty())
        parameters.emplace_back("info", info);
    request("GET", appPath("/channels/" + pathSegment(name)), "", std::move(parameters), context, std::move(done));
}

void PusherRestClient::users(const std::string& channel, QObject* context, Done done)
{
    request("GET", appPath("/channels/" + pathSegment(channel) + "/users"), "", {}, context, std::move(done));
}

void PusherRestClient::connections(QObject* context, Done done)
{
    request("GET", appPath("/connections"), "", {}, context, std::move(done));
}

void PusherRestClient::terminateUser(const std::string& userId, QObject* context, Done done)
{
    request("POST", appPath("/users/" + pathSegment(userId) + "/terminate_connections"), "{}", {}, context,
            std::move(done));
}

void PusherRestClient::request(const std::string& method, const std::string& path, const std::string& body,
                               pusher::QueryParameters parameters, QObject* context, Done done)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_clock.wall().time_since_epoch()).count();
    const std::string query = pusher::signedQuery(m_signer, method, path, body, seconds, std::move(parameters));
    http::OutgoingRequest request{.method = method,
                                  .url = m_endpoint.restUrl(path, query).toEncoded().toStdString(),
                                  .headers = {{"Content-Type", "application/json"},
                                              {"X-Pusher-Library", "castdeck " CASTDECK_VERSION},
                                              {"User-Agent", "castdeck/" CASTDECK_VERSION}},
                                  .body = body,
                                  .timeout = m_endpoint.timeout};
    m_http.send(request, context, [this, done = std::move(done)](const http::Answer& answer) {
        done(interpret(answer, m_endpoint.secret, m_clock.wall()));
    });
}

} // namespace castdeck::remote
