#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace castdeck::hub {

struct Handshake;

/// A client as far as it is known.
struct Visitor {
    std::string_view appId{};
    std::string_view socketId{}; ///< Empty during the handshake.
    std::string_view userId{};   ///< When signed in.
    /// What it came with; null when nobody asked for it at that time.
    const Handshake* handshake = nullptr;
};

/// Decides what the hub does not know: it has signatures, but no rules.
///
/// Thread: called on any worker, without a lock; must not block.
class Gatekeeper {
public:
    virtual ~Gatekeeper() = default;

    /// While false, the next two are not asked. One look-up; it may change at any time.
    virtual bool asksAtHandshake() const noexcept = 0;
    virtual bool asksForPublicChannels() const noexcept = 0;

    virtual bool mayConnect(const Visitor& visitor) = 0;
    /// Why the visitor may not join this public channel, in words for him; nothing when he may.
    virtual std::optional<std::string> refusalOf(const Visitor& visitor, const std::string& channel) = 0;
};

} // namespace castdeck::hub
