#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::ui {

/// What in a JSON text other programs may read differently from what stands there.
struct JsonNotes {
    struct Finding {
        std::string path;  ///< "$.order.id"
        std::string shown; ///< The name, number or escape as written, cut when long.
    };
    /// The first few of a kind, and how many there are.
    struct Findings {
        std::vector<Finding> first;
        std::size_t count = 0;
    };
    static constexpr std::size_t kept = 3;

    Findings duplicateNames; ///< Readers keep the last one.
    Findings bigIntegers;    ///< Above 2^53: JavaScript rounds them.
    Findings loneSurrogates; ///< Half a character: readers put U+FFFD there or refuse it.

    bool isEmpty() const { return duplicateNames.count + bigIntegers.count + loneSurrogates.count == 0; }
};

/// `json` must be checked JSON. One pass, whatever the nesting.
JsonNotes findJsonNotes(std::string_view json);

/// `name` as a step of a path: `.total`, or `["a b"]` where that would be misread.
std::string pathStep(std::string_view name);

} // namespace castdeck::ui
