#pragma once

#include "core/base/clock.h"

#include <string>
#include <string_view>
#include <vector>

/// Data goes to standard output, everything else to standard error.
namespace castdeck::cli {

/// One line of data, written at once. Control characters other than those of JSON cannot be in it. False when nobody
/// can read it any more, because the pipe is closed or the disk is full.
bool printLine(std::string_view line);
/// True when a line of data could not be written.
bool hasLostOutput();
/// Whoever read the output, such as `head`, has closed it, which is no failure worth a word.
bool hasReaderLeft();

/// One line or more for people.
void say(std::string_view text);

/// Columns padded to their widest cell, the first row being the heading.
void printTable(const std::vector<std::vector<std::string>>& rows);

/// Text from outside made safe for a terminal: control characters, those of 8 bits included, and bytes that are not
/// UTF-8 are shown as \xNN.
std::string visible(std::string_view text);

/// "2026-03-01 14:05:09", or in UTC with T and Z.
std::string timeText(WallTime time, bool isUtc);

/// Standard input to its end; nothing when it passes `maxBytes`.
bool readStandardInput(std::string& text, std::size_t maxBytes);

} // namespace castdeck::cli
