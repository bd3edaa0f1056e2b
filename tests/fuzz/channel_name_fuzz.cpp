#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"
#include "tests/fuzz/fuzz.h"

using namespace castdeck;
using fuzz::require;
using pusher::ChannelName;

namespace {

void checkAccepted(const ChannelName& name, std::string_view text, std::size_t limit)
{
    require(name.text() == text);
    require(!text.empty() && text.size() <= limit);
    require(name.kind() == pusher::kindOf(text));
    require(text.find('#') == std::string_view::npos || name.isServerToUser());
    require(name.isServerToUser() == !name.userId().empty());
    require(!(name.isEncrypted() && name.isPresence()));
    require(!name.takesClientEvents() || name.needsAuth());
    // One more character of an accepted name must not change its meaning, only its length.
    require(ChannelName::parse(std::string{text} + "x", limit + 1).has_value());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    for (const std::size_t limit : {ChannelName::defaultMaxCharacters, ChannelName::hostedMaxCharacters}) {
        const auto name = ChannelName::parse(text, limit);
        if (name)
            checkAccepted(*name, text, limit);
        else
            require(!isValidUtf8(text) || isValidUtf8(name.error().detail));
    }
    return 0;
}
