#pragma once

#include "core/broadcast/drivers/socket_stream.h"

#include <chrono>
#include <string>
#include <vector>

namespace castdeck::broadcast {

/// One answer of a Redis server.
struct RedisReply {
    enum class Kind { Text, Error, Number, List, Nothing };

    Kind kind = Kind::Nothing;
    std::string text; ///< Of Text and Error.
    long long number = 0;
    std::vector<RedisReply> elements;
};

/// A connection to a Redis server, opened when it is needed and kept. Calls block up to the time limit.
///
/// Thread: one.
class RedisClient {
public:
    struct Settings {
        SocketStream::Address address{"127.0.0.1", 6'379, false};
        std::string username;
        std::string password;
        unsigned database = 0;
        std::chrono::milliseconds timeout{5'000};
    };
    using Command = std::vector<std::string>;

    struct Outcome {
        std::vector<RedisReply> replies; ///< As many as came, in the order of the commands.
        Failure failure;                 ///< What befell the rest.
    };

    RedisClient(Settings settings, const WakeUp& wakeUp);

    /// Sends all commands at once and then reads their replies.
    Outcome run(const std::vector<Command>& commands);

private:
    Failure open(SteadyTime deadline);
    Outcome exchange(const std::vector<Command>& commands, SteadyTime deadline);

    const Settings m_settings;
    SocketStream m_stream;
};

/// What an error reply means, by its first word.
Failure redisFailure(const std::string& error);

} // namespace castdeck::broadcast
