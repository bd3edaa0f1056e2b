#include "ui/text/paste_lines.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::ui::paste {

namespace {

constexpr std::size_t maxLines = 2'000;
constexpr std::size_t maxAddresses = 64;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool isVariableName(std::string_view name)
{
    return !name.empty() && std::ranges::none_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '.'; }) &&
           std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// `export`, `set` and the like, and the dash of a list.
std::string_view withoutIntroduction(std::string_view line)
{
    for (const std::string_view word : {"- ", "export ", "set ", "ENV ", "const ", "let ", "var ", "declare -x "}) {
        if (line.starts_with(word))
            line = trimmed(line.substr(word.size()));
    }
    return line;
}

std::string quoted(std::string_view text)
{
    const char quote = text.front();
    std::string value;
    for (std::size_t i = 1; i < text.size() && text[i] != quote; ++i) {
        if (text[i] == '\\' && quote == '"' && i + 1 < text.size())
            ++i;
        value += text[i];
    }
    return value;
}

std::string plain(std::string_view text)
{
    std::size_t end = text.size();
    for (const std::string_view comment : {" #", "\t#"})
        end = std::min(end, text.find(comment));
    text = trimmed(text.substr(0, end));
    while (!text.empty() && (text.back() == ';' || text.back() == ','))
        text.remove_suffix(1);
    return std::string{text};
}

/// What a program computes is not for a reader of lines.
bool isExpression(std::string_view value, char separator)
{
    if (value.empty())
        return false;
    if (std::string_view{"{[("}.find(value.front()) != std::string_view::npos)
        return true;
    const bool isQuoted = value.front() == '"' || value.front() == '\'';
    if (separator == ':')
        return value.back() == ',' || (!isQuoted && value.find_first_of("(,'\"") != std::string_view::npos);
    if (isQuoted)
        return false;
    const std::size_t bracket = value.find_first_of("([");
    return value.starts_with("process.env") || value.starts_with("import.meta") ||
           (bracket != std::string_view::npos && bracket > 0 &&
            std::ranges::all_of(value.substr(0, bracket), isNameCharacter));
}

/// One line as a pair; with an empty name when it is none.
Pair pairOf(std::string_view line, bool takesAnyName)
{
    line = withoutIntroduction(trimmed(line));
    const auto end = std::ranges::find_if_not(line, isNameCharacter);
    const auto length = static_cast<std::size_t>(end - line.begin());
    const std::string_view name = line.substr(0, length);
    const std::string_view rest = trimmed(line.substr(length));
    if (name.empty() || rest.empty() || (rest.front() != '=' && rest.front() != ':') || rest.starts_with("==") ||
        rest.starts_with("=>") || rest.starts_with("::") || rest.starts_with("://"))
        return {};
    if (!isVariableName(name) && !takesAnyName)
        return {};
    const std::string_view value = trimmed(rest.substr(1));
    if (isExpression(value, rest.front()) || value.size() > maxValueBytes)
        return {};
    const bool isQuoted = !value.empty() && (value.front() == '"' || value.front() == '\'');
    return {.name = std::string{name}, .value = {.text = isQuoted ? quoted(value) : plain(value), .reference = {}}};
}

bool isAddressEnd(char c)
{
    return static_cast<unsigned char>(c) <= ' ' ||
           std::string_view{"\"'`<>()[]{},;\\|"}.find(c) != std::string_view::npos;
}

std::size_t schemeStart(std::string_view text, std::size_t colon)
{
    for (const std::string_view scheme : {"https", "http", "wss", "ws"}) {
        if (colon >= scheme.size() && equalsIgnoringCase(text.substr(colon - scheme.size(), scheme.size()), scheme))
            return colon - scheme.size();
    }
    return std::string_view::npos;
}

} // namespace

std::vector<Pair> takeLines(std::string& text)
{
    const bool isProgram = text.find_first_of("{(") != std::string::npos;
    std::vector<Pair> pairs;
    for (std::size_t start = 0; start < text.size() && pairs.size() < maxLines;) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        Pair pair = pairOf(std::string_view{text}.substr(start, end - start), !isProgram);
        if (!pair.name.empty()) {
            std::fill(text.begin() + static_cast<std::ptrdiff_t>(start),
                      text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
            pairs.push_back(std::move(pair));
        }
        start = end + 1;
    }
    return pairs;
}

std::vector<std::string> findAddresses(std::string_view text)
{
    std::vector<std::string> addresses;
    for (std::size_t at = text.find("://"); at != std::string_view::npos && addresses.size() < maxAddresses;
         at = text.find("://", at + 3)) {
        const std::size_t start = schemeStart(text, at);
        if (start == std::string_view::npos)
            continue;
        std::size_t end = at + 3;
        while (end < text.size() && end - start < maxValueBytes &&
               (!isAddressEnd(text[end]) || (text[end] == '[' && end == at + 3) ||
                (text[end] == ']' && text.substr(at, end - at).find('[') != std::string_view::npos)))
            ++end;
        addresses.emplace_back(text.substr(start, end - start));
    }
    return addresses;
}

} // namespace castdeck::ui::paste
