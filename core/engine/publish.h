#pragma once

#include "core/base/result.h"
#include "core/engine/engine.h"
#include "core/hub/hub.h"

#include <memory>
#include <string>
#include <vector>

namespace castdeck::engine {

/// An empty id stands for the first application. Fails with NotFound.
Result<std::shared_ptr<hub::Application>> findApplication(const hub::Hub& hub, const std::string& id);

/// One entry for each distinct channel, in the order asked.
using Published = Result<std::vector<hub::ChannelCounts>>;

/// How many channels one publication may name.
enum class ChannelBound {
    OfHttp, ///< As many as a request to the HTTP interface.
    None,
};

/// Publishes under the rules of the HTTP interface: names, sizes, and a payload that is text. All or nothing.
Published publish(const hub::Hub& hub, const PublishCommand& command, ChannelBound bound = ChannelBound::OfHttp);

/// For the owner of the engine; it lacks id and duration.
PublishOutcome outcomeOf(const Published& published);

} // namespace castdeck::engine
