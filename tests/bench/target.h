#pragma once

#include <cstdint>
#include <string>

namespace castdeck::bench {

/// The server under test and the credentials of its application. It listens on 127.0.0.1.
struct Target {
    std::uint16_t port = 0;
    int processId = 0;
    std::string appId = "bench";
    std::string key = "benchkey";
    std::string secret = "benchsecret";
    std::string channel = "bench";
};

} // namespace castdeck::bench
