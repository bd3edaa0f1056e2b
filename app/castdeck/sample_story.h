#pragma once

#include "core/engine/event.h"
#include "core/engine/snapshot.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// The small shop of the pictures: who is connected, where they listen, and what happens.
namespace castdeck::app {

inline constexpr const char* appId = "1000001";

/// Who is there at that time. The counts of messages are the caller's.
std::shared_ptr<engine::Snapshot> sampleSnapshot(WallTime at);
/// How many get an event on this channel.
std::size_t receiversOf(const std::string& channel);
/// Some seconds of a morning, each row of the log a little later than the one before.
std::vector<engine::Event> morningEvents(WallTime start);
/// What one second adds to the plots of sizes, delays and talkers.
std::vector<engine::Event> minuteEvents(WallTime at, int second);

} // namespace castdeck::app
