#include "app/cli/output.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace castdeck::cli {

namespace {

std::atomic<bool> isReaderGone{false};

} // namespace

bool printLine(std::string_view line)
{
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    if (std::fflush(stdout) != 0 && errno == EPIPE)
        isReaderGone = true;
    return !hasLostOutput();
}

bool hasLostOutput()
{
    return std::ferror(stdout) != 0;
}

bool hasReaderLeft()
{
    return isReaderGone;
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
    const bool isUtf8 = isValidUtf8(text);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // In UTF-8, C2 80 to C2 9F are what some terminals take as the beginning of an escape sequence.
        const bool isLongControl =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        const bool isControl = byte < 0x20 || byte == 0x7F || isLongControl;
        if (!isControl && (byte < 0x80 || isUtf8)) {
            result += text[i];
            continue;
        }
        const auto shown = isLongControl ? static_cast<unsigned char>(text[++i]) : byte;
        result += "\\x";
        result += hex[shown >> 4];
        result += hex[shown & 0x0F];
    }
    return result;
}

std::string timeText(WallTime time, bool isUtc)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    isUtc ? ::gmtime_r(&seconds, &parts) : ::localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t length =
        std::strftime(text.data(), text.size(), isUtc ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%d %H:%M:%S", &parts);
    return {text.data(), length};
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
