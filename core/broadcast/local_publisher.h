#pragma once

#include "core/broadcast/driver.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

/// The server within this process, as the `local` driver needs it.
///
/// Thread: every member may be called from any thread and returns at once. `done` is called exactly once, from any
/// thread; events of successive calls reach clients in that order.
class LocalPublisher {
public:
    struct Outcome {
        Failure failure;
        std::vector<std::uint64_t> receivers; ///< For each channel, in the order asked, when nothing failed.
    };

    virtual ~LocalPublisher() = default;

    /// `appId` is empty for the server's first application.
    virtual bool isRunning() const = 0;
    virtual void publish(std::string appId, OutgoingEvent event, std::function<void(Outcome)> done) = 0;
    virtual void listChannels(std::string appId, std::string prefix, Driver::Done<Listing<ChannelInfo>> done) = 0;
    virtual void listMembers(std::string appId, std::string channel, Driver::Done<Listing<MemberInfo>> done) = 0;
    virtual void terminateUser(std::string appId, std::string userId, Driver::Done<Failure> done) = 0;
    /// Null when there is no such application.
    virtual std::shared_ptr<const pusher::Signer> signer(const std::string& appId) const = 0;
};

} // namespace castdeck::broadcast
