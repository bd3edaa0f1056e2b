#pragma once

#include "core/engine/engine.h"
#include "core/hub/hub.h"

namespace castdeck::engine {

/// Publishes what a command of the owner asks for, under the rules of the HTTP interface: names, sizes, and a payload
/// that is text. The outcome lacks id and duration.
PublishOutcome publish(const hub::Hub& hub, const PublishCommand& command);

} // namespace castdeck::engine
