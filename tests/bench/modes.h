#pragma once

#include "tests/bench/report.h"
#include "tests/bench/target.h"

namespace castdeck::bench {

// Each runs one measurement, all but the last against a server that is up, and answers its report. A fault ends the
// program.

struct FanoutOptions {
    std::size_t subscribers = 1'000;
    std::size_t dataBytes = 200;
    std::size_t inFlight = 1; ///< The next event is published when every subscriber has the one this many before it.
    double seconds = 3;
};
/// One publisher, one channel, N subscribers; CPU time per delivery.
Json runFanout(const Target& target, const FanoutOptions& options);

struct AcceptOptions {
    std::size_t connections = 10'000;
    std::size_t atOnce = 64;
};
/// Connect, upgrade, greeting, subscribe, close: whole lives of connections per second.
Json runAccept(const Target& target, const AcceptOptions& options);

struct IdleOptions {
    std::size_t connections = 10'000;
    double seconds = 30;
};
/// Connections that are subscribed and only answer pings: memory for each, CPU time for all.
Json runIdle(const Target& target, const IdleOptions& options);

struct RestOptions {
    std::size_t connections = 50;
    std::size_t depth = 4; ///< Requests under way on each connection.
    std::size_t dataBytes = 200;
    double seconds = 3;
};
/// Signed publishes to a channel without subscribers.
Json runRest(const Target& target, const RestOptions& options);

struct DecisionOptions {
    std::size_t rules = 1'000;
    double seconds = 3;
};
/// Who may use which channel, by rules with parameters: decided within this process, on one thread.
Json runDecisions(const DecisionOptions& options);

} // namespace castdeck::bench
