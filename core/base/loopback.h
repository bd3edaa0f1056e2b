#pragma once

#include <string_view>

namespace castdeck {

/// This machine and no other: `localhost` in any case, an address in 127.0.0.0/8, ::1 with or without brackets, or
/// either as an IPv4-mapped address. What only begins or ends so is a name that may belong to anybody.
bool isLoopbackHost(std::string_view host);

} // namespace castdeck
