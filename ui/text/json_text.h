#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// JSON as text for people: only white space between tokens ever changes, every other byte stays.
namespace castdeck::ui {

/// One value a line, two spaces a level; empty containers stay closed. `json` must be checked JSON.
std::string prettyJson(std::string_view json);

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
