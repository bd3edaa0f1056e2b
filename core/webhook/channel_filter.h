#pragma once

#include <string>
#include <string_view>

namespace castdeck::webhook {

/// Which channels a target hears of: those that fulfil every part that is not empty.
struct ChannelFilter {
    std::string startsWith;
    std::string endsWith;
    std::string pattern; ///< The whole name; `*` stands for any characters, none included.

    bool matches(std::string_view channel) const;
};

} // namespace castdeck::webhook
