#pragma once

#include "core/auth/value.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace castdeck::auth {

/// Text with placeholders: `{uuid}` is a parameter of the rule's pattern, `{actor.name}` any other value. Braces around
/// something else are ordinary characters.
///
/// Thread: any.
class TextTemplate {
public:
    /// What to do with `{word}` when nothing has that name.
    enum class UnknownName { Refused, KeptAsText };

    /// Fails with InvalidInput, naming the placeholder.
    static Result<TextTemplate> parse(std::string_view text, const std::vector<std::string>& parameterNames,
                                      UnknownName unknown = UnknownName::Refused);

    /// Nothing when a value is missing or a list.
    std::optional<std::string> filled(const Subject& subject) const;
    /// With "" for what is missing, and commas between the texts of a list.
    std::string filledLeniently(const Subject& subject) const;
    /// As a regular expression in which the values stand for themselves.
    std::optional<std::string> filledAsExpression(const Subject& subject) const;

    bool hasPlaceholders() const noexcept { return m_hasPlaceholders; }
    bool isSecret() const; ///< A placeholder's value must not be shown.
    const std::string& source() const noexcept { return m_source; }

private:
    /// Nothing as soon as `render` makes nothing of a value.
    template <class Render> std::optional<std::string> filledWith(const Subject& subject, Render render) const;

    std::string m_source;
    std::vector<std::variant<std::string, ValueName>> m_parts;
    bool m_hasPlaceholders = false;
};

} // namespace castdeck::auth
