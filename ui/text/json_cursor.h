#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace castdeck::ui {

/// Steps through JSON text that nobody has checked, value by value, without copying. For questions asked of a hundred
/// thousand payloads, where checking each would take most of the time.
///
/// Ownership: points into the text, which must outlive it. Errors: text that is not JSON gives nothing at some point,
/// or slices that are no JSON either; nothing outside of the text is read.
class JsonCursor {
public:
    explicit JsonCursor(std::string_view json) : m_at{json.data()}, m_end{json.data() + json.size()} {}

    char peek(); ///< The first byte of the next token; 0 at the end.
    bool take(char token);
    std::optional<std::string_view> string(); ///< With its quotes, escapes as written.
    std::optional<std::string_view> value();

private:
    bool skipContainer();

    const char* m_at;
    const char* m_end;
};

} // namespace castdeck::ui
