#pragma once

#include "core/engine/chronicle.h"
#include "core/engine/details.h"
#include "core/hub/hub.h"

namespace castdeck::engine {

/// Looks up what the question is about. Thread: any.
Details detailsOf(const hub::Hub& hub, const Chronicle& chronicle, const DetailsQuestion& question);

} // namespace castdeck::engine
