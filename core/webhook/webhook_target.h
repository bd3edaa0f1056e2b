#pragma once

#include "core/base/http.h"
#include "core/base/result.h"
#include "core/webhook/channel_filter.h"
#include "core/webhook/event_kind.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::webhook {

/// One receiver of an application's webhooks. A plain value.
struct WebhookTarget {
    std::string id; ///< Keeps what waits for it across restarts; unique in its application. Empty: made from the URL.
    std::string url;
    EventKinds kinds = EventKinds::all();
    ChannelFilter channels{};
    http::Headers headers{}; ///< Beyond those that every webhook has.
    bool isBatching = false; ///< Several events in one request.
    bool allowsPrivateNetwork = false;
};

/// An application as far as webhooks go.
struct AppWebhooks {
    std::string appId;
    std::string key;
    std::string secret; ///< Of the oldest active pair when there are several.
    std::vector<WebhookTarget> targets;
};

/// Fails with InvalidInput and the reason: what is no address of a web server, points where no webhook may go, or
/// overrides a header that the receiver must be able to trust.
Result<void> checkTarget(const WebhookTarget& target);

/// The URL for people: without user, password, query and fragment, where credentials stand.
std::string shownUrl(std::string_view url);

/// `text` in one line of at most 300 bytes, with the secrets of `target` and `appSecret` replaced by dots, should
/// whoever wrote the text have quoted them.
std::string withoutSecrets(std::string text, const WebhookTarget& target, std::string_view appSecret);

} // namespace castdeck::webhook
