#include "app/cli/output.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace castdeck::cli {

void printLine(std::string_view line)
{
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void say(std::string_view text)
{
    const std::string line = std::string{text} + "\n"; // In one call, because several threads may speak.
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void printTable(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], characterCount(row[i]));
    }
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size())
                line.append(widths[i] - characterCount(row[i]) + 2, ' ');
        }
        printLine(line);
    }
}

std::string visible(std::string_view text)
{
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            result += c;
        } else {
            result += "\\x";
            result += hex[byte >> 4];
            result += hex[byte & 0x0F];
        }
    }
    return result;
}

bool readStandardInput(std::string& text, std::size_t maxBytes)
{
    std::array<char, 65'536> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
        text.append(buffer.data(), count);
        if (text.size() > maxBytes)
            return false;
    }
    return true;
}

} // namespace castdeck::cli
