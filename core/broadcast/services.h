#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/broadcast/options.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace castdeck::broadcast {

class Driver;
class HttpTransport;
class LocalPublisher;

/// The names of syslog, the most urgent last.
enum class LogLevel { Debug, Info, Notice, Warning, Error, Critical, Alert, Emergency };

/// What drivers get from the program around them. What is missing makes the drivers that need it fail, nothing else.
///
/// Thread: all of it is used from any thread.
struct Services {
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    std::function<void(LogLevel, std::string_view line)> log; ///< The program's log.
    std::shared_ptr<HttpTransport> http;
    std::shared_ptr<LocalPublisher> local;
    std::size_t maxPayloadBytes = 10'240; ///< For connections that do not say otherwise.
};

/// Makes the driver of one connection. An error becomes `bad_option`; it must name the option, never its value.
using DriverFactory = std::function<Result<std::shared_ptr<Driver>>(const Options& options, const Services& services)>;

} // namespace castdeck::broadcast
