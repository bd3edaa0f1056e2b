#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::hub {

/// Whether a browser page of that origin may connect. `origin` is the Origin header as sent; an empty one is not a
/// browser and passes. Entries: "*", "@loopback" (any scheme and port), "null", "https://shop.example[:port]", or a
/// host name, which stands for any scheme and port of it. Compared as parsed wholes, never by prefix.
bool isOriginAllowed(std::string_view origin, const std::vector<std::string>& allowed);

} // namespace castdeck::hub
