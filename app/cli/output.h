#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Data goes to standard output, everything else to standard error.
namespace castdeck::cli {

/// One line of data, written at once. Control characters other than those of JSON cannot be in it.
void printLine(std::string_view line);

/// One line or more for people.
void say(std::string_view text);

/// Columns padded to their widest cell, the first row being the heading.
void printTable(const std::vector<std::vector<std::string>>& rows);

/// Text from outside made safe for a terminal: control characters are shown as \xNN.
std::string visible(std::string_view text);

/// Standard input to its end; nothing when it passes `maxBytes`.
bool readStandardInput(std::string& text, std::size_t maxBytes);

} // namespace castdeck::cli
