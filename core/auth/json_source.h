#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// Reading rules and actors out of a configuration, with the place of every mistake.
namespace castdeck::auth {

using OrderedJson = nlohmann::ordered_json;

/// Where a value stands: the keys and positions that lead to it.
using JsonPath = std::vector<std::variant<std::string, std::size_t>>;

/// "authorize.topics[0].when"
std::string toText(const JsonPath& path);

inline constexpr std::string_view unknownKey = "unknown key; it is kept and has no effect";

/// Something to tell about a configuration. Never repeats a value, which may be a secret in the wrong place.
struct Problem {
    enum class Severity { Warning, Error };

    Severity severity;
    JsonPath path;
    std::string message;

    std::string text() const { return toText(path) + ": " + message; }
};

/// One value of the configuration, the way to it, and where to tell what is wrong with it.
///
/// Ownership: refers to the document and the list, which must outlive it.
class JsonSource {
public:
    JsonSource(const OrderedJson& value, std::vector<Problem>& problems) : m_value{&value}, m_problems{&problems} {}

    const OrderedJson& value() const noexcept { return *m_value; }
    const JsonPath& path() const noexcept { return m_path; }

    void error(std::string message) const;
    void warning(std::string message) const;
    void wrongType(std::string_view wanted) const; ///< "must be ..., not a number".

    JsonSource at(std::size_t index) const;
    /// A member of an object; nothing when there is none.
    std::optional<JsonSource> member(std::string_view key) const;
    void warnOfOthers(const std::set<std::string_view>& known) const;

    // Nothing, and a problem, when it is of another type.
    std::optional<std::string> text() const;
    std::optional<std::string> scalarText() const; ///< Also whole numbers and true or false, as they are written.
    std::optional<bool> boolean() const;           ///< Also "true" and "false", which is what a variable can bring.
    std::optional<std::vector<std::string>> texts() const;
    bool isObject() const; ///< With a problem when not.

private:
    JsonSource step(const OrderedJson& value, JsonPath::value_type part) const;

    const OrderedJson* m_value;
    std::vector<Problem>* m_problems;
    JsonPath m_path;
};

} // namespace castdeck::auth
