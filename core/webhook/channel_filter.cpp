#include "core/webhook/channel_filter.h"

namespace castdeck::webhook {

namespace {

/// Each piece between two stars is taken where it first fits, which leaves the most for the pieces after it.
bool fits(std::string_view pattern, std::string_view text)
{
    std::size_t star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == text;
    if (!text.starts_with(pattern.substr(0, star)))
        return false;
    text.remove_prefix(star);
    for (;;) {
        pattern.remove_prefix(star + 1);
        star = pattern.find('*');
        if (star == std::string_view::npos)
            return text.ends_with(pattern);
        const std::size_t at = text.find(pattern.substr(0, star));
        if (at == std::string_view::npos)
            return false;
        text.remove_prefix(at + star);
    }
}

} // namespace

bool ChannelFilter::matches(std::string_view channel) const
{
    return channel.starts_with(startsWith) && channel.ends_with(endsWith) &&
           (pattern.empty() || fits(pattern, channel));
}

} // namespace castdeck::webhook
