#pragma once

#include "tests/bench/server_process.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace castdeck::bench {

using Json = nlohmann::ordered_json;

/// The median, the 99th percentile and the largest, in microseconds. Sorts `times`.
Json percentiles(std::vector<std::chrono::nanoseconds>& times);

/// What one measured stretch cost the server, per thing done: seconds, per second, CPU microseconds for each, and the
/// share of the time that the server was running or was kept waiting for its core.
void addCost(Json& report, std::uint64_t count, std::chrono::nanoseconds elapsed, const Usage& before,
             const Usage& after);

} // namespace castdeck::bench
