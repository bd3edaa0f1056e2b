#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/services.h"

#include <functional>
#include <string>
#include <string_view>

namespace castdeck::broadcast {

/// Writes one line for each event or message, into the program's log or a file of its own.
class LogDriver final : public Driver {
public:
    /// Where a line goes; an error says why it could not.
    using Write = std::function<Result<void>(std::string_view line)>;

    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);
    explicit LogDriver(Write write) : m_write{std::move(write)} {}

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;
    void testConnection(Done<Failure> done) override { done({}); }

private:
    Delivery write(const std::string& line, const std::vector<std::string>& channels) const;

    const Write m_write;
};

} // namespace castdeck::broadcast
