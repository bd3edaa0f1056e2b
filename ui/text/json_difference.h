#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::ui {

/// One place where two JSON texts differ.
struct JsonDifference {
    enum class Kind { Changed, OnlyInA, OnlyInB };

    Kind kind = Kind::Changed;
    std::string path; ///< "$.items[2].id"
    std::string a;    ///< As written; empty where it is missing.
    std::string b;

    bool operator==(const JsonDifference&) const = default;
};

struct JsonComparison {
    static constexpr std::size_t maxDifferences = 2'000;

    std::vector<JsonDifference> differences; ///< In the order of A, then what only B has.
    bool isCut = false;                      ///< There are more.
};

/// By structure: white space and the order of members do not count; numbers and texts count as they are written, so
/// that 1.0 differs from 1. Of members with one name the first is compared with the first, and so on. Both must be
/// checked JSON.
JsonComparison compareJson(std::string_view a, std::string_view b);

} // namespace castdeck::ui
