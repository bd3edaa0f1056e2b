#include "core/broadcast/drivers/local_driver.h"

#include "core/broadcast/drivers/channel_signature.h"
#include "core/broadcast/drivers/split_delivery.h"
#include "core/broadcast/outgoing_check.h"

#include <utility>

namespace castdeck::broadcast {

MessageForm MessageForm::read(OptionReader& reader)
{
    MessageForm form;
    form.publishEvent = reader.text({"publish_event"}, form.publishEvent);
    form.isEventName = reader.choice("message_as", {"data", "event"}) == "event";
    return form;
}

OutgoingEvent MessageForm::eventFor(const std::vector<std::string>& topics, const std::string& message) const
{
    return {.name = isEventName ? message : publishEvent,
            .data = isEventName ? "[]" : message,
            .isPlainText = false,
            .channels = topics,
            .exceptSocketId = {}};
}

Result<std::shared_ptr<Driver>> LocalDriver::make(const Options& options, const Services& services)
{
    OptionReader reader{options};
    std::string appId = reader.text({"app_id"});
    MessageForm form = MessageForm::read(reader);
    const auto maxBytes = reader.number({"max_payload_bytes"}, 1, UINT32_MAX, services.maxPayloadBytes);
    if (reader.hasFailed())
        return reader.error();
    return std::shared_ptr<Driver>{
        std::make_shared<LocalDriver>(services.local, std::move(appId), std::move(form), maxBytes)};
}

LocalDriver::LocalDriver(std::shared_ptr<LocalPublisher> publisher, std::string appId, MessageForm form,
                         std::size_t maxPayloadBytes)
    : m_publisher{std::move(publisher)}
    , m_appId{std::move(appId)}
    , m_form{std::move(form)}
    , m_maxPayloadBytes{maxPayloadBytes}
{
}

Capabilities LocalDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.manyChannels = can.excludeSocket = can.guard = can.listChannels = can.listMembers = can.counts =
        can.terminateUser = can.testConnection = {true, {}};
    can.history = {true, "the console's own log"};
    return can;
}

Failure LocalDriver::stopped() const
{
    return m_publisher && m_publisher->isRunning() ? Failure{}
                                                   : Failure{Code::Unreachable, "the embedded server is not running"};
}

void LocalDriver::publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done)
{
    broadcast(m_form.eventFor(topics, message), std::move(done));
}

void LocalDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    Failure failure = checkEvent(event);
    if (!failure.isFailure())
        failure = checkPayload(event.data, m_maxPayloadBytes);
    if (!failure.isFailure())
        failure = stopped();
    if (failure.isFailure())
        return done(Delivery::failed(event.channels, failure));
    const auto split = std::make_shared<SplitDelivery>(event.channels, checkPusherChannel);
    if (split->accepted().empty())
        return done(split->delivery());
    OutgoingEvent accepted = event;
    accepted.channels = split->accepted();
    m_publisher->publish(m_appId, accepted, [split, event, done = std::move(done)](LocalPublisher::Outcome outcome) {
        for (std::size_t i = 0; i < split->accepted().size(); ++i) {
            Entry entry = Entry::sent(split->accepted()[i]);
            if (outcome.failure.isFailure())
                entry = Entry::failed(split->accepted()[i], outcome.failure);
            else if (i < outcome.receivers.size())
                entry.receivers = outcome.receivers[i];
            split->set(i, std::move(entry));
        }
        Delivery delivery = split->delivery();
        addEventNotes(event, delivery);
        done(std::move(delivery));
    });
}

void LocalDriver::listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done)
{
    if (Failure failure = stopped(); failure.isFailure())
        return done({.failure = std::move(failure), .items = {}});
    m_publisher->listChannels(m_appId, prefix, std::move(done));
}

void LocalDriver::listMembers(const std::string& channel, Done<Listing<MemberInfo>> done)
{
    if (Failure failure = stopped(); failure.isFailure())
        return done({.failure = std::move(failure), .items = {}});
    m_publisher->listMembers(m_appId, channel, std::move(done));
}

void LocalDriver::terminateUser(const std::string& userId, Done<Failure> done)
{
    if (Failure failure = stopped(); failure.isFailure())
        return done(std::move(failure));
    m_publisher->terminateUser(m_appId, userId, std::move(done));
}

void LocalDriver::testConnection(Done<Failure> done)
{
    done(stopped());
}

SignedAnswer LocalDriver::signChannel(const std::string& socketId, const std::string& channel,
                                      const std::optional<std::string>& channelData)
{
    const auto signer = m_publisher ? m_publisher->signer(m_appId) : nullptr;
    return channelSignature(signer.get(), nullptr, socketId, channel, channelData);
}

SignedAnswer LocalDriver::signUser(const std::string& socketId, const std::string& userData)
{
    const auto signer = m_publisher ? m_publisher->signer(m_appId) : nullptr;
    return userSignature(signer.get(), socketId, userData);
}

} // namespace castdeck::broadcast
