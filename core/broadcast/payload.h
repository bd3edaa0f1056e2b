#pragma once

#include <nlohmann/json.hpp>

#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::broadcast {

/// A JSON value that keeps the order of its members.
using Json = nlohmann::ordered_json;

/// The data of an event as text.
///
/// A text given is sent as it stands, byte for byte: it is neither parsed nor rebuilt. A value is written once,
/// compact, in UTF-8; a value that is a string becomes its characters, without quotes.
class Payload {
public:
    Payload() : m_text{"{}"} {}
    template <std::convertible_to<std::string_view> Text> Payload(const Text& text) : m_text{std::string_view{text}} {}
    Payload(const Json& value);
    /// `{{"key", "value"}}` is an object, as with Json. A single text in braces is that text.
    Payload(Json::initializer_list_t value);

    const std::string& text() const noexcept { return m_text; }
    /// A value that was a string: on wires that carry JSON it is quoted even when it reads like JSON.
    bool isPlainText() const noexcept { return m_isPlainText; }
    /// A value may hold bytes that JSON cannot; it must not be sent then.
    bool isValid() const noexcept { return m_isValid; }

private:
    std::string m_text;
    bool m_isPlainText = false;
    bool m_isValid = true;
};

/// Deep enough for any payload that a server takes; deeper text counts as no JSON.
inline constexpr int maxPayloadDepth = 512;

/// The payload as JSON: verbatim where it is, quoted where it is not. `wasWrapped` tells of the second.
std::string asJson(std::string_view text, bool isPlainText, bool& wasWrapped);

} // namespace castdeck::broadcast
