#pragma once

#include "core/store/problem.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

/// Environment variables: those of the process, and behind them those of a `.env` file. Plain value.
class Environment {
public:
    enum class Origin { Process, DotEnv };

    struct Variable {
        std::string value;
        Origin origin = Origin::Process;
    };

    Environment() = default;
    explicit Environment(const std::map<std::string, std::string>& variables);
    static Environment ofProcess();

    /// Adds `KEY=value` lines: `#` comments, optional quotes, optional `export`. What is set already stays, because
    /// the real environment wins. Returns a warning for each line that is none of this.
    std::vector<Problem> addDotEnv(std::string_view text);

    /// Nothing when it is not set; an empty variable counts as not set.
    std::optional<Variable> find(std::string_view name) const;
    std::optional<std::string> value(std::string_view name) const;

private:
    std::map<std::string, Variable, std::less<>> m_variables;
};

/// Text with `${NAME}` and `${NAME:-fallback}` replaced.
struct Expansion {
    std::string text;
    std::vector<std::string> used;    ///< Names that were set.
    std::vector<std::string> missing; ///< Names without value and fallback; they became empty.
};

bool hasPlaceholder(std::string_view text);
Expansion expand(std::string_view text, const Environment& environment);

} // namespace castdeck::store
