#include "core/broadcast/connection.h"

#include "core/broadcast/once.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace castdeck::broadcast {

namespace {

Failure noAnswer()
{
    return {Code::Unreachable, "the send was given up before there was an answer"};
}

Failure thrown(const std::exception& error)
{
    return {Code::Rejected, std::string{"the driver failed: "} + error.what()};
}

/// Whether asking again may help and nothing says that the engine got it.
bool mayRetry(const Entry& entry)
{
    return entry.status == Status::Failed && (entry.code == Code::Unreachable || entry.code == Code::Timeout);
}

} // namespace

Connection::Connection(std::string name, std::shared_ptr<Driver> driver, const std::vector<std::string>& secrets,
                       unsigned retries, std::shared_ptr<SendQueue> queue)
    : m_name{std::move(name)}
    , m_driver{std::move(driver)}
    , m_mask{secrets}
    , m_retries{retries}
    , m_queue{std::move(queue)}
{
}

void Connection::broadcast(OutgoingEvent event, Done<Delivery> done)
{
    std::vector<std::string> channels = event.channels;
    const auto send = [event = std::move(event)](Driver& driver, const std::vector<std::string>& wanted,
                                                 Done<Delivery> sent) mutable {
        event.channels = wanted;
        driver.broadcast(event, std::move(sent));
    };
    enqueue(std::move(channels), send, m_retries, std::move(done));
}

void Connection::broadcastAll(std::vector<OutgoingEvent> events, Done<Delivery> done)
{
    std::vector<std::string> channels;
    for (const OutgoingEvent& event : events)
        std::ranges::copy(event.channels, std::back_inserter(channels));
    const auto send = [events = std::move(events)](Driver& driver, const std::vector<std::string>&,
                                                   Done<Delivery> sent) {
        driver.broadcastAll(events, std::move(sent));
    };
    enqueue(std::move(channels), send, 0, std::move(done));
}

void Connection::publish(std::vector<std::string> topics, std::string message, Done<Delivery> done)
{
    const auto send = [message = std::move(message)](Driver& driver, const std::vector<std::string>& wanted,
                                                     Done<Delivery> sent) {
        driver.publish(wanted, message, std::move(sent));
    };
    enqueue(std::move(topics), send, m_retries, std::move(done));
}

void Connection::enqueue(std::vector<std::string> channels, Send send, unsigned retries, Done<Delivery> done)
{
    const Delivery dropped = Delivery::failed(channels, noAnswer());
    auto answer = once(dropped, std::move(done));
    SendQueue::Task task = [self = shared_from_this(), channels, send = std::move(send), retries,
                            answer](std::function<void()> finished) mutable {
        self->attempt(std::move(channels), send, retries,
                      [answer = std::move(answer), finished = std::move(finished)](Delivery delivery) {
                          answer(std::move(delivery));
                          finished();
                      });
    };
    if (!m_queue->add(task))
        answer(Delivery::failed(channels, {Code::Rejected, "too many sends wait for this connection already"}));
}

void Connection::attempt(std::vector<std::string> channels, const Send& send, unsigned retries, Done<Delivery> done)
{
    const auto answer = [self = shared_from_this(), channels, send, retries,
                         done = std::move(done)](Delivery delivery) mutable {
        delivery = self->complete(channels, std::move(delivery));
        if (retries == 0 || !std::ranges::all_of(delivery.entries, mayRetry))
            return done(std::move(delivery));
        self->attempt(std::move(channels), send, retries - 1, std::move(done));
    };
    auto sent = once<Delivery>(Delivery::failed(channels, noAnswer()), answer);
    try {
        send(*m_driver, channels, sent);
    } catch (const std::exception& error) {
        sent(Delivery::failed(channels, thrown(error)));
    }
}

/// An entry for every channel asked for, in that order, whatever the driver left out; with nothing secret in it.
Delivery Connection::complete(const std::vector<std::string>& channels, Delivery delivery) const
{
    Delivery result;
    result.exchanges = std::move(delivery.exchanges);
    std::size_t next = 0;
    for (const std::string& channel : channels) {
        if (next < delivery.entries.size() && delivery.entries[next].channel == channel)
            result.entries.push_back(std::move(delivery.entries[next++]));
        else
            result.entries.push_back(
                Entry::failed(channel, {Code::BadResponse, "the driver reported nothing for this channel"}));
    }
    for (Entry& entry : result.entries) {
        entry.connection = m_name;
        entry.text = m_mask.line(std::move(entry.text));
        for (std::string& note : entry.notes)
            note = m_mask.line(std::move(note));
    }
    for (Exchange& exchange : result.exchanges) {
        exchange.connection = m_name;
        exchange.request = m_mask.apply(std::move(exchange.request));
        exchange.answer = m_mask.apply(std::move(exchange.answer));
    }
    return result;
}

Failure Connection::masked(Failure failure) const
{
    failure.text = m_mask.line(std::move(failure.text));
    return failure;
}

template <class T, class Call> void Connection::ask(Call call, T otherwise, Done<T> done)
{
    const auto answer = [self = shared_from_this(), done = std::move(done)](T value) {
        if constexpr (std::is_same_v<T, Failure>)
            value = self->masked(std::move(value));
        else
            value.failure = self->masked(std::move(value.failure));
        done(std::move(value));
    };
    auto asked = once<T>(std::move(otherwise), answer);
    try {
        call(asked);
    } catch (const std::exception& error) {
        if constexpr (std::is_same_v<T, Failure>)
            asked(thrown(error));
        else
            asked({.failure = thrown(error), .items = {}});
    }
}

void Connection::listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done)
{
    ask<Listing<ChannelInfo>>([&](auto answer) { m_driver->listChannels(prefix, std::move(answer)); },
                              {.failure = noAnswer(), .items = {}}, std::move(done));
}

void Connection::listMembers(const std::string& channel, Done<Listing<MemberInfo>> done)
{
    ask<Listing<MemberInfo>>([&](auto answer) { m_driver->listMembers(channel, std::move(answer)); },
                             {.failure = noAnswer(), .items = {}}, std::move(done));
}

void Connection::terminateUser(const std::string& userId, Done<Failure> done)
{
    ask<Failure>([&](auto answer) { m_driver->terminateUser(userId, std::move(answer)); }, noAnswer(), std::move(done));
}

void Connection::testConnection(Done<Failure> done)
{
    ask<Failure>([&](auto answer) { m_driver->testConnection(std::move(answer)); }, noAnswer(), std::move(done));
}

SignedAnswer Connection::signChannel(const std::string& socketId, const std::string& channel,
                                     const std::optional<std::string>& channelData)
{
    return m_driver->signChannel(socketId, channel, channelData);
}

SignedAnswer Connection::signUser(const std::string& socketId, const std::string& userData)
{
    return m_driver->signUser(socketId, userData);
}

} // namespace castdeck::broadcast
