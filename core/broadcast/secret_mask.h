#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::broadcast {

inline constexpr std::string_view secretMask = "••••";

/// Replaces secrets in text, however JSON or an address would write them.
class SecretMask {
public:
    SecretMask() = default;
    explicit SecretMask(const std::vector<std::string>& secrets);

    std::string apply(std::string text) const;
    /// One line for people: masked, without control characters, at most `maxBytes` long.
    std::string line(std::string text, std::size_t maxBytes = 500) const;

private:
    std::vector<std::string> m_forms; ///< Longest first, so that one secret within another leaves no rest.
};

} // namespace castdeck::broadcast
