#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// JSON as text for people: only white space between tokens ever changes, every other byte stays.
namespace castdeck::ui {

/// One value a line, two spaces a level; empty containers stay closed. `json` must be checked JSON. Ends soon after
/// `enough` bytes, for a first look at a long text.
std::string prettyJson(std::string_view json, std::size_t enough = std::string_view::npos);

/// A place in text, counted from 1, columns in UTF-16 units as the editor counts them.
struct TextPlace {
    int line = 1;
    int column = 1;

    bool operator==(const TextPlace&) const = default;
};
TextPlace placeAt(std::string_view text, std::size_t offset);

/// Why text is not JSON and where.
struct JsonMistake {
    std::string message;
    TextPlace place;
};
std::optional<JsonMistake> findJsonMistake(std::string_view text);

} // namespace castdeck::ui
