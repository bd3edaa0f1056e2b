#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace castdeck::store {

/// Where a value stands in a JSON document: `server.apps[0].secret`.
class KeyPath {
public:
    using Part = std::variant<std::string, std::size_t>;

    KeyPath() = default;
    KeyPath(std::initializer_list<Part> parts) : m_parts{parts} {}
    explicit KeyPath(std::vector<Part> parts) : m_parts{std::move(parts)} {}

    KeyPath operator/(std::string_view key) const { return with(std::string{key}); }
    KeyPath operator/(std::size_t index) const { return with(index); }
    KeyPath with(Part part) const
    {
        KeyPath longer{*this};
        longer.m_parts.push_back(std::move(part));
        return longer;
    }

    const std::vector<Part>& parts() const noexcept { return m_parts; }
    std::string text() const; ///< Empty for the whole document.

    auto operator<=>(const KeyPath&) const = default;

private:
    std::vector<Part> m_parts;
};

struct Position {
    std::size_t line = 0;   ///< From 1; 0 when unknown.
    std::size_t column = 0; ///< From 1, in bytes.
};

Position positionAt(std::string_view text, std::size_t offset);

/// Where the value at `path` starts, or what comes nearest to it: the object that lacks the key.
/// `text` must be valid JSON.
Position locate(std::string_view text, const KeyPath& path);

} // namespace castdeck::store
