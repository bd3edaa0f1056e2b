#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace castdeck::broadcast {

/// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that a server may send. Source: RFC 9110, section 5.6.7.
std::optional<std::chrono::sys_seconds> parseHttpDate(std::string_view text);

} // namespace castdeck::broadcast
