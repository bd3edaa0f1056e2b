#pragma once

#include "core/auth/rule.h"
#include "core/auth/text_index.h"

#include <optional>
#include <string_view>
#include <vector>

namespace castdeck::auth {

/// Adds the rule at the end, or in the place of the one with the same pattern text. True when it replaced one.
bool addOrReplace(std::vector<Rule>& rules, Rule rule);

/// Rules in the order of asking.
///
/// Thread: any; nothing changes after construction.
class RuleSet {
public:
    explicit RuleSet(std::vector<Rule> rules = {});

    struct Match {
        std::size_t index; ///< Of the rule.
        Parameters parameters{};
        bool isUndecided = false; ///< The pattern takes too many steps; nobody knows whether it matches.
    };

    /// The first rule that matches the wire name or, of a channel that is not public, the bare name.
    std::optional<Match> find(std::string_view channel) const;

    /// Whether a rule can match a public name; false is certain.
    bool concernsPublicNames() const noexcept { return m_concernsPublicNames; }

    const std::vector<Rule>& rules() const noexcept { return m_rules; }

    struct Unreachable {
        std::size_t index;
        std::optional<std::size_t> hiddenBy; ///< Nothing when its kinds and its pattern exclude each other.
    };
    /// Rules that can never decide, as far as that is easily seen: hidden by one for everything, by one of the same
    /// shape, or, when the pattern is a plain name, by whatever matches it.
    std::vector<Unreachable> unreachable() const;

private:
    std::optional<Match> firstOf(const std::vector<std::uint32_t>& candidates, std::string_view channel) const;
    std::optional<std::size_t> hiderOf(std::size_t index) const;
    bool isHiddenName(std::size_t index, std::optional<std::size_t>& hider) const;

    std::vector<Rule> m_rules;
    TextIndex m_index;
    bool m_concernsPublicNames = false;
    std::vector<std::uint32_t> m_alwaysAsked; ///< Rules without a text that each of their names has. Sorted.
};

} // namespace castdeck::auth
