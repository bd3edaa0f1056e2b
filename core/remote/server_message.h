#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace castdeck::remote {

/// One message of a server, with what differs between servers made equal: `data` may come as a string, as an object,
/// or not at all.
struct ServerMessage {
    std::string event;
    std::string channel;
    std::string data; ///< The text inside the string, or the JSON that stands in its place; "{}" when absent.
    std::string userId;

    /// Fails with InvalidInput: not a JSON object with an event.
    static Result<ServerMessage> parse(std::string_view text);

    /// A member of `data` when that is a JSON object: the text of a string, the JSON of anything else.
    std::optional<std::string> dataMember(std::string_view name) const;
};

/// The content of a pusher:error.
struct ServerError {
    int code = 0; ///< 0 when the server gave none.
    std::string text;

    static ServerError from(const ServerMessage& message);
};

} // namespace castdeck::remote
