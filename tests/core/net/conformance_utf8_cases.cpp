#include "tests/core/net/conformance_cases.h"

#include <utility>

namespace castdeck::test {

namespace {

using Case = ConformanceCase;

constexpr int text = 1;
constexpr int invalidPayload = 1007;

struct Sequence {
    bool isValid;
    std::string bytes;
};

/// Greek "kosme": 11 bytes, with characters of two and three bytes.
const std::string kosme = "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5";

std::string hex(std::string_view digits)
{
    const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes += static_cast<char>(value(digits[i]) << 4 | value(digits[i + 1]));
    return bytes;
}

std::vector<Sequence> all(bool isValid, const std::vector<const char*>& sequences)
{
    std::vector<Sequence> result;
    for (const char* const digits : sequences)
        result.push_back({isValid, hex(digits)});
    return result;
}

std::vector<Sequence> prefixes()
{
    std::vector<Sequence> result;
    for (std::size_t length = 1; length <= kosme.size(); ++length) {
        const bool endsACharacter = length == 2 || length == 5 || length == 7 || length == 9 || length == 11;
        result.push_back({endsACharacter, kosme.substr(0, length)});
    }
    return result;
}

std::string range(int first, int last, std::string_view after = {})
{
    std::string bytes;
    for (int byte = first; byte <= last; ++byte)
        (bytes += static_cast<char>(byte)).append(after);
    return bytes;
}

/// U+FFFE, U+FFFF and the last two of each further plane: no characters, yet valid UTF-8.
std::vector<Sequence> nonCharacters()
{
    auto result = all(true, {"efbfbe", "efbfbf"});
    for (unsigned plane = 1; plane <= 16; ++plane) {
        const unsigned point = plane << 16 | 0xFFFE;
        for (const unsigned last : {0xBEU, 0xBFU})
            result.push_back({true,
                              {static_cast<char>(0xF0 | point >> 18), static_cast<char>(0x80 | (point >> 12 & 0x3F)),
                               static_cast<char>(0xBF), static_cast<char>(last)}});
    }
    return result;
}

std::vector<std::vector<Sequence>> sequences()
{
    auto continuations = all(false, {"80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf"});
    continuations.push_back({false, range(0x80, 0xBF)});
    auto boundaries = all(true, {"ed9fbf", "ee8080", "efbfbd", "f48fbfbf"});
    boundaries.push_back({false, hex("f4908080")});
    const auto cut = all(
        false, {"c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf", "fdbfbfbfbf"});
    std::string allCut;
    for (const auto& sequence : cut)
        allCut += sequence.bytes;

    return {
        {{true, "hello$world"},
         {true, "hello\xC2\xA2world"},
         {true, "hello\xE2\x82\xACworld"},
         {true, "hello\xF0\xA4\xAD\xA2world"},
         {true, kosme}},                                        // 6.5
        prefixes(),                                             // 6.6
        all(true, {"00", "c280", "e0a080", "f0908080"}),        // 6.7
        all(false, {"f888808080", "fc8480808080"}),             // 6.8
        all(true, {"7f", "dfbf", "efbfbf", "f48fbfbf"}),        // 6.9
        all(false, {"f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"}), // 6.10
        boundaries,                                             // 6.11
        continuations,                                          // 6.12
        {{false, range(0xC0, 0xDF, " ")},
         {false, range(0xE0, 0xEF, " ")},
         {false, range(0xF0, 0xF7, " ")},
         {false, range(0xF8, 0xFB, " ")},
         {false, range(0xFC, 0xFD, " ")}},                                                  // 6.13
        cut,                                                                                // 6.14
        {{false, allCut}},                                                                  // 6.15
        all(false, {"fe", "ff", "fefeffff"}),                                               // 6.16
        all(false, {"c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"}),           // 6.17
        all(false, {"c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"}),           // 6.18
        all(false, {"c080", "e08080", "f0808080", "f880808080", "fc8080808080"}),           // 6.19
        all(false, {"eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"}), // 6.20
        all(false, {"eda080edb080", "eda080edbfbf", "edadbfedb080", "edadbfedbfbf", "edae80edb080", "edae80edbfbf",
                    "edafbfedb080", "edafbfedbfbf"}),                                      // 6.21
        nonCharacters(),                                                                   // 6.22
        all(true, {"efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf"}), // 6.23
    };
}

Case fragments(const std::vector<std::string>& parts, int failure)
{
    Case result{.sends = {}, .failure = failure};
    std::string message;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        result.sends.push_back(clientFrame((i == 0 ? text : 0) | (i + 1 == parts.size() ? fin : 0), parts[i]));
        message += parts[i];
    }
    if (failure == 0)
        result.expected = {{text, message}};
    return result;
}

std::vector<std::string> octets(const std::string& bytes)
{
    std::vector<std::string> result;
    for (const char byte : bytes)
        result.emplace_back(1, byte);
    return result;
}

/// The end of the message never comes: the server has to judge what it has seen.
Case unfinished(const std::vector<std::string>& parts)
{
    auto result = fragments(parts, invalidPayload);
    result.sends.pop_back();
    return result;
}

/// The same within one frame, whose last bytes never come.
Case unfinishedFrame(const std::string& bytes, std::size_t sent)
{
    const auto frame = clientFrame(fin | text, bytes);
    return {.sends = {frame.substr(0, frame.size() - bytes.size() + sent)}, .chopBytes = 1, .failure = invalidPayload};
}

} // namespace

std::vector<NamedCase> utf8Cases()
{
    std::vector<NamedCase> cases;
    const auto add = [&](std::string name, Case value) {
        cases.push_back({std::move(name), [value = std::move(value)] { return value; }});
    };
    add("6.1.1", fragments({""}, 0));
    add("6.1.2", fragments({"", "", ""}, 0));
    add("6.1.3", fragments({"", "middle frame payload", ""}, 0));
    const std::string hello = "Hello-\xC2\xB5@\xC3\x9F\xC3\xB6\xC3\xA4\xC3\xBC\xC3\xA0\xC3\xA1-UTF-8!!";
    add("6.2.1", fragments({hello}, 0));
    add("6.2.2", fragments({hello.substr(0, 12), hello.substr(12)}, 0));
    add("6.2.3", fragments(octets(hello), 0));
    add("6.2.4", fragments(octets(kosme), 0));
    const std::string surrogate = kosme + "\xED\xA0\x80"
                                          "edited";
    add("6.3.1", fragments({surrogate}, invalidPayload));
    add("6.3.2", fragments(octets(surrogate), invalidPayload));
    const std::string tooHigh = "\xF4\x90\x80\x80";
    add("6.4.1", unfinished({kosme, tooHigh, "edited"}));
    add("6.4.2", unfinished({kosme + tooHigh.substr(0, 1), tooHigh.substr(1, 1), tooHigh.substr(2) + "edited"}));
    add("6.4.3", unfinishedFrame(kosme + tooHigh + "edited", kosme.size() + tooHigh.size()));
    add("6.4.4", unfinishedFrame(kosme + tooHigh + "edited", kosme.size() + 2));

    const auto groups = sequences();
    for (std::size_t group = 0; group < groups.size(); ++group) {
        for (std::size_t i = 0; i < groups[group].size(); ++i) {
            const auto& [isValid, bytes] = groups[group][i];
            add("6." + std::to_string(group + 5) + "." + std::to_string(i + 1),
                fragments({bytes}, isValid ? 0 : invalidPayload));
        }
    }
    return cases;
}

} // namespace castdeck::test
