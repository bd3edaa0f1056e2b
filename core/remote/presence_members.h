#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::remote {

/// Who is in a presence channel, as the server told. Plain value.
class PresenceMembers {
public:
    /// From the data of a succeeded subscription. A `hash` that is a list counts as one without infos.
    static PresenceMembers fromSnapshot(std::string_view data);

    /// From the data of member_added or member_removed; returns the user's id, nothing when there is none.
    std::optional<std::string> add(std::string_view data);
    std::optional<std::string> remove(std::string_view data);

    /// By id; the value is the JSON text of user_info, "{}" when unknown.
    const std::map<std::string, std::string>& all() const noexcept { return m_infoById; }

private:
    std::map<std::string, std::string> m_infoById;
};

} // namespace castdeck::remote
