#pragma once

#include <cstdint>

namespace castdeck::pusher {

/// Codes of close frames and of pusher:error events, which share one number space. The range tells a client what to
/// do: 4000-4099 stop for good, 4100-4199 come back after a second, 4200-4299 come back at once. 43xx never closes.
/// Sources: RFC 6455, section 7.4.1; Pusher docs, "Pusher Channels protocol", "Error codes".
enum class CloseCode : std::uint16_t {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,
    InvalidPayload = 1007,
    PolicyViolation = 1008,
    MessageTooBig = 1009,
    InternalError = 1011,

    TlsRequired = 4000,
    UnknownApp = 4001,
    AppDisabled = 4003,
    AppOverQuota = 4004,
    PathNotFound = 4005,
    BadProtocolVersion = 4006,
    UnsupportedProtocol = 4007,
    MissingProtocol = 4008,
    Unauthorized = 4009,
    OverCapacity = 4100,
    ReconnectNow = 4200,
    PongNotReceived = 4201,
};

/// Codes that appear only inside pusher:error.
enum class ErrorCode : std::uint16_t {
    ClientEventRate = 4301,
    WatchlistTooLong = 4302,
};

} // namespace castdeck::pusher
