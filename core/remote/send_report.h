#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::remote {

/// Why something could not be sent or read.
enum class SendCode {
    None, ///< It worked.
    BadOption,
    BadChannel,
    BadEvent,
    PayloadTooLarge,
    Unreachable,
    Timeout,
    Tls,
    Unauthorized,
    Forbidden,
    TooLarge,
    Rejected,
    BadResponse,
};

/// "payload_too_large"; empty for None.
std::string_view toText(SendCode code);

struct ChannelReport {
    std::string channel;
    SendCode code = SendCode::None;
    int status = 0;   ///< The server's HTTP status, 0 when there was no answer.
    std::string text; ///< What the server or the network said, one line; secrets replaced.
};

/// What became of one event, channel by channel in the order asked for.
struct SendReport {
    std::vector<ChannelReport> channels;
    std::chrono::milliseconds duration{0};

    bool isAllSent() const;
};

/// The answer to a question about the server's state.
struct RestAnswer {
    SendCode code = SendCode::None;
    int status = 0;
    std::string text; ///< As in ChannelReport.
    std::string body; ///< A JSON object when code is None.
};

} // namespace castdeck::remote
