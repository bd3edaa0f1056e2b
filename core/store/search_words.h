#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

/// What somebody typed into a search field: words, each of which must begin a word of what is found.
class SearchWords {
public:
    explicit SearchWords(std::string_view text);

    bool empty() const noexcept { return m_words.empty(); }

    /// For a full text index with positions. Empty when no word has a letter or digit.
    std::string phraseQuery() const;
    /// For one without: the parts of words, in any order. What it finds has to pass hasCompounds().
    std::string partsQuery() const;
    /// Whether words with several parts, such as "orders.5", stand in the text as they were typed. Compares letters of
    /// ASCII in either case, others exactly.
    bool hasCompounds(std::string_view text) const;
    /// The same for all words, for text that is in no index.
    bool hasAll(std::string_view text) const;

private:
    std::vector<std::string> m_words;
};

} // namespace castdeck::store
