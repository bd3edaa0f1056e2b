#pragma once

#include "core/engine/snapshot.h"
#include "core/hub/hub.h"

namespace castdeck::engine {

/// Adds the applications of `hub` with their channels and connections to `snapshot`. Thread: any.
void addApplications(Snapshot& snapshot, const hub::Hub& hub);

} // namespace castdeck::engine
