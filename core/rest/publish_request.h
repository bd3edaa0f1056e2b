#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/hub/app_config.h"
#include "core/hub/application.h"
#include "core/pusher/signature.h"

#include <string_view>
#include <vector>

namespace castdeck::rest {

/// Which attributes the sender wants back.
struct WantedInfo {
    bool userCount = false;
    bool subscriptionCount = false;
    bool cache = false;

    bool isAny() const noexcept { return userCount || subscriptionCount || cache; }
    /// A comma list. Fails with InvalidInput for an attribute that is not known.
    static Result<WantedInfo> parse(std::string_view list);
};

/// One event to publish, checked against the application's limits.
struct PublishRequest {
    hub::Publication publication;
    WantedInfo info;
};

/// The body of POST events. Parameters that the body lacks may stand in the query.
/// Fails with InvalidInput, naming the field, or TooLarge for the data.
Result<PublishRequest> parseEvent(std::string_view body, const pusher::QueryParameters& query,
                                  const hub::AppLimits& limits);

/// The body of POST batch_events: all items are valid, or it fails as above.
Result<std::vector<PublishRequest>> parseBatch(std::string_view body, const hub::AppLimits& limits);

} // namespace castdeck::rest
