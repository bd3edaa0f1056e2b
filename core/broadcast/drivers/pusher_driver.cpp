#include "core/broadcast/drivers/pusher_driver.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/channel_signature.h"
#include "core/broadcast/drivers/http_exchange.h"
#include "core/broadcast/drivers/pusher_answer.h"
#include "core/broadcast/drivers/split_delivery.h"
#include "core/broadcast/outgoing_check.h"
#include "core/pusher/channel_name.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace castdeck::broadcast {

namespace {

std::string socketMember(const OutgoingEvent& event)
{
    return event.exceptSocketId.empty() ? "" : ",\"socket_id\":" + json::toString(event.exceptSocketId);
}

/// Source: Pusher docs, "HTTP API reference": `info` names the attributes to return. Users are asked for only where
/// they can be, since some servers refuse the question elsewhere.
std::string infoMember(const OutgoingEvent& event, std::span<const std::string> channels)
{
    if (!event.wantsCounts)
        return {};
    const bool hasPresence = std::ranges::any_of(channels, [](const std::string& name) {
        const auto kind = pusher::kindOf(name);
        return kind == pusher::ChannelKind::Presence || kind == pusher::ChannelKind::PresenceCache;
    });
    return std::string{R"(,"info":"subscription_count)"} + (hasPresence ? ",user_count\"" : "\"");
}

std::string eventBody(const OutgoingEvent& event, std::span<const std::string> channels)
{
    std::string list;
    for (const std::string& channel : channels)
        list += (list.empty() ? "" : ",") + json::toString(channel);
    return "{\"name\":" + json::toString(event.name) + ",\"channels\":[" + list +
           "],\"data\":" + json::toString(event.data) + socketMember(event) + infoMember(event, channels) + "}";
}

std::string batchItem(const OutgoingEvent& event, const std::string& channel)
{
    return "{\"name\":" + json::toString(event.name) + ",\"channel\":" + json::toString(channel) +
           ",\"data\":" + json::toString(event.data) + socketMember(event) + infoMember(event, std::span{&channel, 1}) +
           "}";
}

/// Source: Pusher docs, "Encrypted channels": the data is {"nonce":"<base64>","ciphertext":"<base64>"}.
bool isSealed(const std::string& data)
{
    const auto document = json::Value::parse(data);
    if (!document || !document->is(json::Kind::Object))
        return false;
    const auto nonce = document->find("nonce");
    const auto text = document->find("ciphertext");
    return nonce && nonce->is(json::Kind::String) && text && text->is(json::Kind::String);
}

bool isEncrypted(const std::string& channel)
{
    const auto kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Encrypted || kind == pusher::ChannelKind::EncryptedCache;
}

void addCounts(Entry& entry, const ChannelInfo& counts)
{
    entry.receivers = counts.connections;
    entry.users = counts.users;
}

/// What befalls the requests after this one as well: anything but a refusal, which concerns the channels of one
/// request.
bool endsAll(Code code)
{
    return code != Code::None && code != Code::Rejected;
}

} // namespace

/// Events on their way, ten a request, each with one channel.
struct PusherDriver::Batch {
    std::vector<std::string> items;  ///< JSON
    std::vector<std::size_t> places; ///< Of each item among the entries.
    Delivery delivery;
    std::size_t sent = 0;
    Done<Delivery> done;

    void take(const Answer& answer, std::size_t number)
    {
        const auto counts =
            answer.failure.isFailure() ? std::vector<ChannelInfo>{} : readPusherBatchCounts(answer.body);
        for (std::size_t i = 0; i < number; ++i, ++sent) {
            Entry& entry = delivery.entries[places[sent]];
            entry.status = answer.failure.isFailure() ? Status::Failed : Status::Sent;
            entry.code = answer.failure.code;
            entry.text = answer.failure.text;
            entry.remoteStatus = answer.status;
            if (i < counts.size())
                addCounts(entry, counts[i]);
        }
    }
};

Result<std::shared_ptr<Driver>> PusherDriver::make(const Options& options, const Services& services)
{
    auto checked = PusherOptions::read(options, services.maxPayloadBytes);
    if (!checked)
        return checked.error();
    if (!services.http)
        return Error{ErrorKind::Unavailable, "this program sends no HTTP"};
    return std::shared_ptr<Driver>{std::make_shared<PusherDriver>(std::move(*checked), services.http, services.clock)};
}

PusherDriver::PusherDriver(PusherOptions options, std::shared_ptr<HttpTransport> http,
                           std::shared_ptr<const Clock> clock)
    : m_options{std::move(options)}
    , m_signer{m_options.key, m_options.secret}
    , m_http{std::move(http)}
    , m_clock{std::move(clock)}
{
}

Capabilities PusherDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.excludeSocket = can.guard = can.listChannels = can.terminateUser =
        can.testConnection = {true, {}};
    can.manyChannels = {true, "at most 100 in a request"};
    can.listMembers = {true, "ids of presence channels"};
    can.counts = {true, "per channel, if the app allows"};
    can.history = {true, "last event of cache channels"};
    return can;
}

void PusherDriver::publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done)
{
    broadcast(m_options.form.eventFor(topics, message), std::move(done));
}

void PusherDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    OutgoingEvent outgoing = event;
    Failure failure = checkEvent(event);
    if (!failure.isFailure() && event.channels.size() > 1 && std::ranges::any_of(event.channels, isEncrypted))
        failure = {Code::BadChannel, "a private-encrypted- channel must be the only one of its event"};
    if (!failure.isFailure())
        failure = seal(outgoing);
    if (!failure.isFailure())
        failure = checkPayload(outgoing.data, m_options.maxPayloadBytes);
    if (failure.isFailure())
        return done(Delivery::failed(event.channels, failure));
    const auto split =
        std::make_shared<SplitDelivery>(event.channels, [&](const auto& name) { return checkChannel(name, outgoing); });
    sendChunks(split, std::move(outgoing), 0, std::move(done));
}

/// Encrypts for a single encrypted channel when there is a master key. Source: Pusher docs, "Encrypted channels".
Failure PusherDriver::seal(OutgoingEvent& event) const
{
    if (event.channels.size() != 1 || !isEncrypted(event.channels.front()) || !m_options.masterKey)
        return {};
    if (!isValidUtf8(event.data))
        return {Code::NotJson, "the payload is not valid UTF-8"};
    event.data = pusher::sealed(event.data, pusher::sharedSecret(event.channels.front(), *m_options.masterKey));
    return {};
}

Failure PusherDriver::checkChannel(const std::string& channel, const OutgoingEvent& event) const
{
    Failure failure = checkPusherChannel(channel);
    // In clear it would reach the server, and no subscriber could read it.
    if (!failure.isFailure() && isEncrypted(channel) && !isSealed(event.data))
        failure = {Code::BadChannel, "sending to a private-encrypted- channel needs encryption_master_key_base64"};
    return failure;
}

void PusherDriver::sendChunks(const std::shared_ptr<SplitDelivery>& split, OutgoingEvent event, std::size_t sent,
                              Done<Delivery> done)
{
    const std::size_t number = std::min(maxChannelsPerRequest, split->accepted().size() - sent);
    if (number == 0) {
        Delivery delivery = split->delivery();
        addNotes(event, delivery);
        return done(std::move(delivery));
    }
    std::string body = eventBody(event, std::span{split->accepted()}.subspan(sent, number));
    request("POST", "/events", std::move(body), {},
            [this, split, event = std::move(event), sent, number, done = std::move(done)](Answer answer) mutable {
                split->addExchange(std::move(answer.exchange));
                const auto counts =
                    answer.failure.isFailure() ? std::vector<ChannelInfo>{} : readPusherChannels(answer.body).items;
                const std::size_t end = endsAll(answer.failure.code) ? split->accepted().size() : sent + number;
                for (std::size_t i = sent; i < end; ++i) {
                    Entry entry = Entry::failed(split->accepted()[i], answer.failure, answer.status);
                    entry.status = answer.failure.isFailure() ? Status::Failed : Status::Sent;
                    if (const auto found = std::ranges::find(counts, entry.channel, &ChannelInfo::name);
                        found != counts.end())
                        addCounts(entry, *found);
                    split->set(i, std::move(entry));
                }
                sendChunks(split, std::move(event), end, std::move(done));
            });
}

void PusherDriver::addNotes(const OutgoingEvent& event, Delivery& delivery) const
{
    addEventNotes(event, delivery);
    for (Entry& entry : delivery.entries) {
        if (entry.channel.size() > pusher::ChannelName::hostedMaxCharacters)
            entry.notes.emplace_back("the hosted service refuses names of more than 164 characters");
        if (m_options.isClearText)
            entry.notes.emplace_back("sent without TLS");
    }
}

void PusherDriver::broadcastAll(const std::vector<OutgoingEvent>& events, Done<Delivery> done)
{
    const auto batch = std::make_shared<Batch>();
    batch->done = std::move(done);
    for (const OutgoingEvent& event : events) {
        for (const std::string& channel : event.channels) {
            OutgoingEvent one = event;
            one.channels = {channel};
            Failure failure = checkEvent(one);
            if (!failure.isFailure())
                failure = seal(one);
            if (!failure.isFailure())
                failure = checkPayload(one.data, m_options.maxPayloadBytes);
            if (!failure.isFailure())
                failure = checkChannel(channel, one);
            if (!failure.isFailure()) {
                batch->places.push_back(batch->delivery.entries.size());
                batch->items.push_back(batchItem(one, channel));
            }
            Delivery part;
            part.entries.push_back(failure.isFailure() ? Entry::failed(channel, failure) : Entry::sent(channel));
            addNotes(one, part);
            batch->delivery.entries.push_back(std::move(part.entries.front()));
        }
    }
    sendBatches(batch);
}

void PusherDriver::sendBatches(const std::shared_ptr<Batch>& batch)
{
    const std::size_t number = std::min(maxEventsPerBatch, batch->items.size() - batch->sent);
    if (number == 0)
        return batch->done(std::move(batch->delivery));
    std::string body = "{\"batch\":[";
    for (std::size_t i = 0; i < number; ++i)
        body += (i == 0 ? "" : ",") + batch->items[batch->sent + i];
    request("POST", "/batch_events", body + "]}", {}, [this, batch, number](const Answer& answer) {
        batch->delivery.exchanges.push_back(answer.exchange);
        batch->take(answer, endsAll(answer.failure.code) ? batch->items.size() - batch->sent : number);
        sendBatches(batch);
    });
}

/// Servers that speak only a part of the interface have no such call; that is how they are, not a fault.
Failure PusherDriver::listingFailure(const std::string& path, const Answer& answer) const
{
    if (answer.status != 404 && answer.status != 405 && answer.status != 501)
        return answer.failure;
    return {Code::NotSupported, "GET /apps/" + m_options.appId + path + " answered " + std::to_string(answer.status)};
}

void PusherDriver::listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done)
{
    pusher::QueryParameters parameters;
    if (!prefix.empty())
        parameters.emplace_back("filter_by_prefix", prefix);
    // Anywhere else the service answers 400 to a question about users.
    if (prefix.starts_with("presence-"))
        parameters.emplace_back("info", "user_count");
    request("GET", "/channels", "", std::move(parameters), [this, done = std::move(done)](const Answer& answer) {
        done(answer.failure.isFailure()
                 ? Listing<ChannelInfo>{.failure = listingFailure("/channels", answer), .items = {}}
                 : readPusherChannels(answer.body));
    });
}

void PusherDriver::listMembers(const std::string& channel, Done<Listing<MemberInfo>> done)
{
    if (Failure failure = checkPusherChannel(channel); failure.isFailure())
        return done({.failure = std::move(failure), .items = {}});
    const std::string path = "/channels/" + pathSegment(channel) + "/users";
    request("GET", path, "", {}, [this, path, done = std::move(done)](const Answer& answer) {
        done(answer.failure.isFailure() ? Listing<MemberInfo>{.failure = listingFailure(path, answer), .items = {}}
                                        : readPusherMembers(answer.body));
    });
}

void PusherDriver::terminateUser(const std::string& userId, Done<Failure> done)
{
    request("POST", "/users/" + pathSegment(userId) + "/terminate_connections", "{}", {},
            [done = std::move(done)](const Answer& answer) { done(answer.failure); });
}

void PusherDriver::testConnection(Done<Failure> done)
{
    request("GET", "/channels", "", {}, [done = std::move(done)](const Answer& answer) { done(answer.failure); });
}

SignedAnswer PusherDriver::signChannel(const std::string& socketId, const std::string& channel,
                                       const std::optional<std::string>& channelData)
{
    const auto* masterKey = m_options.masterKey ? &*m_options.masterKey : nullptr;
    return channelSignature(&m_signer, masterKey, socketId, channel, channelData);
}

SignedAnswer PusherDriver::signUser(const std::string& socketId, const std::string& userData)
{
    return userSignature(&m_signer, socketId, userData);
}

void PusherDriver::request(const std::string& method, const std::string& path, std::string body,
                           pusher::QueryParameters parameters, std::function<void(Answer)> done)
{
    const std::string wholePath = "/apps/" + m_options.appId + path;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_clock->wall().time_since_epoch()).count();
    const std::string query = pusher::signedQuery(m_signer, method, wholePath, body, seconds, std::move(parameters));
    http::OutgoingRequest request{.method = method,
                                  .url = m_options.baseUrl + wholePath + "?" + query,
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = std::move(body),
                                  .timeout = m_options.timeout};
    m_http->send(request, [this, request, done = std::move(done)](const http::Answer& answer) {
        done(interpret(request, answer));
    });
}

PusherDriver::Answer PusherDriver::interpret(const http::OutgoingRequest& request, const http::Answer& answer) const
{
    Answer result{.failure = transportFailure(request, answer),
                  .status = answer.status,
                  .body = answer.body,
                  .exchange = asExchange(request, answer)};
    if (!result.failure.isFailure())
        result.failure = pusherFailure(answer, m_clock->wall());
    return result;
}

} // namespace castdeck::broadcast
