#include "core/broadcast/drivers/null_driver.h"

namespace castdeck::broadcast {

namespace {

Delivery discarded(const std::vector<std::string>& channels)
{
    Delivery delivery;
    for (const std::string& channel : channels) {
        delivery.entries.push_back(Entry::sent(channel));
        delivery.entries.back().status = Status::Discarded;
    }
    return delivery;
}

} // namespace

Result<std::shared_ptr<Driver>> NullDriver::make(const Options&, const Services&)
{
    return std::shared_ptr<Driver>{std::make_shared<NullDriver>()};
}

Capabilities NullDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.manyChannels = can.testConnection = {true, {}};
    return can;
}

void NullDriver::publish(const std::vector<std::string>& topics, const std::string&, Done<Delivery> done)
{
    done(discarded(topics));
}

void NullDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    done(discarded(event.channels));
}

} // namespace castdeck::broadcast
