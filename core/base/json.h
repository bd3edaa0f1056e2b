#pragma once

#include "core/base/json_check.h"
#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading JSON without changing a byte of it: values are slices of the original text, so big integers, key order and
/// escapes survive.
namespace castdeck::json {

enum class Kind { Object, Array, String, Number, True, False, Null };

struct Member;

/// A slice of checked JSON text. Ownership: points into the text that was parsed, which must outlive it.
class Value {
public:
    /// Fails with InvalidInput and the offset in the detail.
    static Result<Value> parse(std::string_view text, int maxDepth = defaultMaxDepth);

    Kind kind() const noexcept;
    bool is(Kind wanted) const noexcept { return kind() == wanted; }
    std::string_view raw() const noexcept { return m_raw; } ///< Without surrounding blanks.

    /// The characters of a string; a lone surrogate becomes U+FFFD. Only for Kind::String.
    std::string text() const;
    /// UTF-8 bytes of text(), without making it.
    std::size_t textBytes() const;

    std::vector<Member> members() const; ///< In the order of the text, duplicates kept. Only for Kind::Object.
    std::vector<Value> elements() const; ///< Only for Kind::Array.
    std::optional<Value> find(std::string_view key) const; ///< Of an object: the last member of that name.

private:
    explicit Value(std::string_view raw) : m_raw{raw} {}
    friend class Reader;

    std::string_view m_raw;
};

struct Member {
    Value key; ///< Kind::String
    Value value;

    bool isNamed(std::string_view name) const; ///< However the key is escaped.
};

/// Appends `text` with quotes and the escapes that JSON demands; valid UTF-8 stays as it is.
void appendString(std::string& out, std::string_view text);
std::string toString(std::string_view text);

/// `raw` without the white space between its tokens. `raw` must be checked JSON.
std::string compact(std::string_view raw);

} // namespace castdeck::json
