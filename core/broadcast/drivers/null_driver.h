#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/services.h"

namespace castdeck::broadcast {

/// Checks nothing, sends nothing, always succeeds.
class NullDriver final : public Driver {
public:
    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;
    void testConnection(Done<Failure> done) override { done({}); }
};

} // namespace castdeck::broadcast
