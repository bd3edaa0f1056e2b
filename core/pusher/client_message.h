#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace castdeck::pusher {

/// One message from a client. Ownership: the values are slices of the text that was parsed.
/// Source: Pusher docs, "Pusher Channels protocol", section "Events".
struct ClientMessage {
    std::string event;
    std::optional<json::Value> channel;
    std::optional<json::Value> data;

    /// Fails with InvalidInput: not JSON, not an object, or `event` is not a string.
    static Result<ClientMessage> parse(std::string_view text);
};

/// The `data` of a command, which clients send as an object or as a JSON string that holds one.
class CommandData {
public:
    /// Fails with InvalidInput when it is neither.
    static Result<CommandData> parse(const std::optional<json::Value>& data);

    /// Nothing when the member is absent or null.
    std::optional<json::Value> member(std::string_view name) const;
    /// Fails with InvalidInput, naming the member, when it is there and not a string; absent and null give nothing.
    Result<std::optional<std::string>> text(std::string_view name) const;

private:
    std::string m_decoded; ///< Holds the object when it came as a string.
    std::string_view m_raw;
    bool m_isDecoded = false;
};

/// Who a presence member is, from channel_data.
struct MemberData {
    std::string userId;   ///< A number is kept as its text.
    std::string userInfo; ///< JSON text, "{}" when absent.

    /// Fails with InvalidInput: not a JSON object, no usable user_id, or one longer than `maxUserIdCharacters`.
    static Result<MemberData> parse(std::string_view channelData, std::size_t maxUserIdCharacters);
};

/// Who signs in, from user_data.
struct UserData {
    std::string id;
    std::string userInfo; ///< JSON text, "{}" when absent.
    std::vector<std::string> watchlist;

    /// Fails with InvalidInput.
    static Result<UserData> parse(std::string_view userData, std::size_t maxUserIdCharacters);
};

} // namespace castdeck::pusher
