#include "core/broadcast/driver.h"

#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace castdeck::broadcast {

namespace {

template <class T> void answer(Driver::Done<T>&& done, std::type_identity_t<T> value)
{
    done(std::move(value));
}

/// Sends the events one after the other.
void continueWith(Driver& driver, std::shared_ptr<std::vector<OutgoingEvent>> events, std::size_t next,
                  std::shared_ptr<Delivery> all, Driver::Done<Delivery> done)
{
    if (next == events->size())
        return done(std::move(*all));
    const OutgoingEvent& event = (*events)[next];
    driver.broadcast(event, [&driver, events, next, all, done = std::move(done)](Delivery part) mutable {
        std::ranges::move(part.entries, std::back_inserter(all->entries));
        std::ranges::move(part.exchanges, std::back_inserter(all->exchanges));
        continueWith(driver, std::move(events), next + 1, std::move(all), std::move(done));
    });
}

} // namespace

Delivery Delivery::failed(const std::vector<std::string>& channels, const Failure& failure)
{
    Delivery delivery;
    for (const std::string& channel : channels)
        delivery.entries.push_back(Entry::failed(channel, failure));
    return delivery;
}

Failure notSupported(std::string_view what)
{
    return {Code::NotSupported, "this driver does not support " + std::string{what}};
}

void Driver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    answer(std::move(done), Delivery::failed(event.channels, notSupported("events")));
}

void Driver::broadcastAll(const std::vector<OutgoingEvent>& events, Done<Delivery> done)
{
    continueWith(*this, std::make_shared<std::vector<OutgoingEvent>>(events), 0, std::make_shared<Delivery>(),
                 std::move(done));
}

void Driver::listChannels(const std::string&, Done<Listing<ChannelInfo>> done)
{
    answer(std::move(done), {.failure = notSupported("listing channels"), .items = {}});
}

void Driver::listMembers(const std::string&, Done<Listing<MemberInfo>> done)
{
    answer(std::move(done), {.failure = notSupported("listing members"), .items = {}});
}

void Driver::terminateUser(const std::string&, Done<Failure> done)
{
    answer(std::move(done), notSupported("disconnecting a user"));
}

void Driver::testConnection(Done<Failure> done)
{
    answer(std::move(done), notSupported("a connection test"));
}

SignedAnswer Driver::signChannel(const std::string&, const std::string&, const std::optional<std::string>&)
{
    return {.failure = notSupported("signing"), .auth = {}, .sharedSecret = {}};
}

SignedAnswer Driver::signUser(const std::string&, const std::string&)
{
    return {.failure = notSupported("signing"), .auth = {}, .sharedSecret = {}};
}

} // namespace castdeck::broadcast
