#pragma once

#include "core/auth/text_template.h"

#include <optional>
#include <string_view>
#include <vector>

namespace castdeck::auth {

enum class Operator { Equals, NotEquals, In, Contains, StartsWith, Matches, Exists, Missing };

/// "starts-with"
std::string_view toText(Operator op);
std::optional<Operator> operatorFromText(std::string_view text);

/// `{"value": v, "is": op, "to": x}`. Texts are compared exactly.
struct Comparison {
    ValueName value;
    Operator op;
    std::vector<TextTemplate> to; ///< Any number for In, none for Exists and Missing, else one.
    std::optional<Regex> regex;   ///< For Matches, when `to` has no placeholders.
};

/// Whether something holds of a subject.
///
/// Thread: any.
class Condition {
public:
    enum class Form { Constant, All, Any, Not, Comparison };
    enum class Outcome { No, Yes, Failed };

    static constexpr int maxDepth = 32;

    static Condition constant(bool isTrue);
    static Condition all(std::vector<Condition> parts);
    static Condition any(std::vector<Condition> parts);
    static Condition negation(Condition part);
    /// Fails with InvalidInput when `to` is no regular expression for Matches.
    static Result<Condition> compare(ValueName value, Operator op, std::vector<TextTemplate> to);

    /// A missing value makes every comparison false except Missing. Fails when a regular expression takes too many
    /// steps, or when what the client once sent is unknown: then nobody knows the answer, and `not` must not turn it
    /// into a permission.
    Outcome evaluate(const Subject& subject) const;

    Form form() const noexcept { return m_form; }
    bool isTrue() const noexcept { return m_isTrue; } ///< Only for Form::Constant.
    const std::vector<Condition>& parts() const noexcept { return m_parts; }
    const Comparison& comparison() const { return *m_comparison; } ///< Only for Form::Comparison.

private:
    explicit Condition(Form form) : m_form{form} {}

    Form m_form;
    bool m_isTrue = false;
    std::vector<Condition> m_parts;
    std::optional<Comparison> m_comparison;
};

} // namespace castdeck::auth
