#include "ui/text/json_condition.h"
#include "ui/text/json_number.h"

#include <algorithm>
#include <array>

namespace castdeck::ui {

/// Reads `$`, steps, and at most one comparison.
class JsonConditionParser {
public:
    explicit JsonConditionParser(std::string_view text) : m_text{text} {}

    JsonCondition::Parsed run()
    {
        if (!take('$'))
            return mistake(Expected::Dollar);
        while (m_at < m_text.size() && (peek() == '.' || peek() == '[')) {
            if (m_result.m_steps.size() == maxSteps)
                return mistake(Expected::StepOrComparison);
            const bool isRead = take('.') ? name() : (take('['), bracket());
            if (!isRead)
                return {std::nullopt, m_mistake};
        }
        if (m_at == m_text.size())
            return {std::move(m_result), {}};
        if (!comparison())
            return mistake(Expected::StepOrComparison);
        if (!value())
            return {std::nullopt, m_mistake};
        return {std::move(m_result), {}};
    }

private:
    using Expected = JsonCondition::Expected;
    using Compare = JsonCondition::Compare;
    using Literal = JsonCondition::Literal;
    using Step = JsonCondition::Step;

    static constexpr std::size_t maxSteps = 64; ///< The walk through a payload goes as deep.

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        if (peek() != c || m_at == m_text.size())
            return false;
        ++m_at;
        return true;
    }
    JsonCondition::Parsed mistake(Expected expected) const { return {std::nullopt, {expected, m_at}}; }
    bool fail(Expected expected)
    {
        m_mistake = {expected, m_at};
        return false;
    }

    bool name()
    {
        const std::size_t end = std::min(m_text.find_first_of(".[]=!<>\"", m_at), m_text.size());
        if (end == m_at)
            return fail(Expected::Name);
        m_result.m_steps.push_back({Step::Kind::Name, std::string{m_text.substr(m_at, end - m_at)}});
        m_at = end;
        return true;
    }

    bool bracket()
    {
        Step step;
        if (take('*')) {
            step.kind = Step::Kind::Each;
        } else if (peek() == '"') {
            auto text = quoted();
            if (!text)
                return fail(Expected::ClosingQuote);
            step.name = std::move(*text);
        } else if (!index(step)) {
            return fail(Expected::Index);
        }
        if (!take(']'))
            return fail(Expected::Index);
        m_result.m_steps.push_back(std::move(step));
        return true;
    }

    bool index(Step& step)
    {
        constexpr std::size_t maxDigits = 9;
        const std::size_t from = m_at;
        step.kind = Step::Kind::Index;
        for (; peek() >= '0' && peek() <= '9' && m_at - from < maxDigits; ++m_at)
            step.index = step.index * 10 + static_cast<std::size_t>(peek() - '0');
        return m_at > from;
    }

    /// In the filter line a quote or backslash inside quotes has a backslash before it.
    std::optional<std::string> quoted()
    {
        std::string text;
        for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
            char c = m_text[i];
            if (c == '"') {
                m_at = i + 1;
                return text;
            }
            if (c == '\\' && i + 1 < m_text.size() && (m_text[i + 1] == '"' || m_text[i + 1] == '\\'))
                c = m_text[++i];
            text.push_back(c);
        }
        return std::nullopt;
    }

    bool comparison()
    {
        struct Sign {
            std::string_view text;
            Compare compare;
        };
        // The longer ones first.
        static constexpr std::array signs{
            Sign{"==", Compare::Equal},          Sign{"!=", Compare::Unequal}, Sign{"<=", Compare::LessOrEqual},
            Sign{">=", Compare::GreaterOrEqual}, Sign{"=", Compare::Equal},    Sign{"<", Compare::Less},
            Sign{">", Compare::Greater},
        };
        for (const Sign& sign : signs) {
            if (!m_text.substr(m_at).starts_with(sign.text))
                continue;
            m_at += sign.text.size();
            m_result.m_compare = sign.compare;
            return true;
        }
        return false;
    }

    bool value()
    {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.empty())
            return fail(Expected::Value);
        const bool asksForOrder = m_result.m_compare != Compare::Equal && m_result.m_compare != Compare::Unequal;
        if (isJsonNumber(rest)) {
            m_result.m_literal = Literal::Number;
            m_result.m_value = rest;
        } else if (rest == "true" || rest == "false" || rest == "null") {
            if (asksForOrder)
                return fail(Expected::NumberOrText);
            m_result.m_literal = Literal::Word;
            m_result.m_value = rest;
        } else {
            return text(rest, asksForOrder);
        }
        return true;
    }

    bool text(std::string_view rest, bool asksForOrder)
    {
        m_result.m_pattern = TextPattern::read(rest);
        m_result.m_literal = Literal::Pattern;
        if (!asksForOrder)
            return true;
        m_result.m_literal = Literal::Text;
        m_result.m_value = rest;
        if (peek() == '"') {
            auto characters = quoted();
            if (!characters)
                return fail(Expected::ClosingQuote);
            m_result.m_value = std::move(*characters);
        }
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    JsonCondition m_result;
    JsonCondition::Mistake m_mistake{};
};

JsonCondition::Parsed JsonCondition::parse(std::string_view text)
{
    return JsonConditionParser{text}.run();
}

} // namespace castdeck::ui
