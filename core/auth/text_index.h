#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace castdeck::auth {

/// Many short texts, each with a number, and which of them occur in a given text. It is what lets one decision look at
/// a few of a thousand rules. (The Aho-Corasick automaton, without regard to the case of ASCII letters.)
///
/// Thread: any, once finish() has been called.
class TextIndex {
public:
    /// `text` must not be empty.
    void add(std::string_view text, std::uint32_t number);
    void finish();

    /// Appends the numbers of all texts that occur in `text`; unsorted, some perhaps twice.
    void find(std::string_view text, std::vector<std::uint32_t>& numbers) const;

private:
    using Node = std::uint32_t;
    static constexpr Node root = 0;

    struct State {
        Node fallback = root; ///< The longest proper end of what led here that starts another text.
        Node shorter = root;  ///< The nearest state along the fallbacks where texts end.
        std::vector<std::uint32_t> numbers;
    };

    const Node* step(Node from, char c) const;
    Node next(Node from, char c) const;

    std::vector<State> m_states{1};
    std::unordered_map<std::uint64_t, Node> m_steps; ///< By state and character.
};

} // namespace castdeck::auth
