#include "core/remote/send_report.h"

#include <algorithm>

namespace castdeck::remote {

std::string_view toText(SendCode code)
{
    switch (code) {
    case SendCode::None: return "";
    case SendCode::BadOption: return "bad_option";
    case SendCode::BadChannel: return "bad_channel";
    case SendCode::BadEvent: return "bad_event";
    case SendCode::PayloadTooLarge: return "payload_too_large";
    case SendCode::Unreachable: return "unreachable";
    case SendCode::Timeout: return "timeout";
    case SendCode::Tls: return "tls";
    case SendCode::Unauthorized: return "unauthorized";
    case SendCode::Forbidden: return "forbidden";
    case SendCode::TooLarge: return "too_large";
    case SendCode::Rejected: return "rejected";
    case SendCode::BadResponse: return "bad_response";
    }
    return "bad_response";
}

bool SendReport::isAllSent() const
{
    return std::ranges::all_of(channels, [](const ChannelReport& entry) { return entry.code == SendCode::None; });
}

} // namespace castdeck::remote
