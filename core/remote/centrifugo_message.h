#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What a Centrifugo server says to a client, in the JSON form of its protocol: one message a line, several lines may
/// share a frame. Source: Centrifugo docs, "Client protocol", versions 5 and 6.
namespace castdeck::remote::centrifugo {

/// One connection of a user.
struct ClientInfo {
    std::string user; ///< Empty for anonymous.
    std::string client;
    std::string connectionInfo; ///< JSON; empty when the server has none.
    std::string channelInfo;    ///< The same.
};

/// The answer to `connect`.
struct Connected {
    std::string client;
    std::string version;
    std::chrono::seconds ping{0}; ///< The server sends one so often; 0: never.
    bool wantsPong = false;
    std::vector<std::string> channels; ///< The server subscribed these by itself.
};

struct Refused {
    int code = 0;
    std::string text; ///< Differs between versions; decide on the code.
    bool isTemporary = false;
};

/// Another command succeeded.
struct Done {};

struct Reply {
    std::uint64_t id = 0; ///< Of the command.
    std::variant<Done, Connected, Refused> content;
};

struct Publication {
    std::string channel;
    std::string data;                    ///< JSON, as it came.
    std::optional<std::uint64_t> offset; ///< In channels with history.
    std::vector<std::pair<std::string, std::string>> tags;
    std::optional<ClientInfo> publisher; ///< Nothing when it came through the server's API.
};

struct Joined {
    std::string channel;
    ClientInfo info;
};

struct Left {
    std::string channel;
    ClientInfo info;
};

/// The server subscribed this client by itself.
struct Subscribed {
    std::string channel;
};

/// The server ended the subscription.
struct Unsubscribed {
    std::string channel;
    int code = 0;
    std::string reason;
};

struct Ping {};

using Message = std::variant<Ping, Reply, Publication, Joined, Left, Subscribed, Unsubscribed>;

/// The messages of one frame. What is none, or of an unknown kind, is left out.
std::vector<Message> parseFrame(std::string_view frame);

} // namespace castdeck::remote::centrifugo
