#pragma once

#include <string>
#include <string_view>

namespace castdeck::store {

/// What somebody typed into a search field, for a full text index: each word must begin a word of what is found. Empty
/// when no word has a letter or digit.
std::string phraseQuery(std::string_view typed);

} // namespace castdeck::store
