#include "tests/core/net/conformance_cases.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace castdeck::test {

namespace {

using Cases = std::vector<NamedCase>;
using Case = ConformanceCase;

constexpr int continuation = 0;
constexpr int text = 1;
constexpr int binary = 2;
constexpr int closing = 8;
constexpr int ping = 9;
constexpr int pong = 10;
constexpr int protocolError = 1002;
constexpr std::size_t octetWise = 1;

std::string whole(int opcode, std::string_view payload)
{
    return clientFrame(fin | opcode, payload);
}

std::string part(int opcode, std::string_view payload)
{
    return clientFrame(opcode, payload);
}

std::string withReservedBits(int bits, int opcode, std::string_view payload)
{
    return clientFrame(fin | bits << 4 | opcode, payload);
}

std::string joined(const std::vector<std::string>& frames)
{
    return std::accumulate(frames.begin(), frames.end(), std::string{});
}

Case echo(int opcode, const std::string& payload, std::size_t chopBytes = 0)
{
    return {.sends = {whole(opcode, payload)}, .chopBytes = chopBytes, .expected = {{opcode, payload}}};
}

void add(Cases& cases, std::string name, Case value)
{
    cases.push_back({std::move(name), [value = std::move(value)] { return value; }});
}

std::string number(const std::string& group, std::size_t index)
{
    return group + "." + std::to_string(index);
}

/// The three ways in which the suite sends the same frames: at once, frame by frame, octet by octet.
void addInThreeWays(Cases& cases, const std::string& group, std::size_t first, const Case& value)
{
    Case atOnce = value;
    atOnce.sends = {joined(value.sends)};
    add(cases, number(group, first), atOnce);
    add(cases, number(group, first + 1), value);
    Case slowly = value;
    slowly.chopBytes = octetWise;
    add(cases, number(group, first + 2), slowly);
}

} // namespace

Cases framingCases()
{
    Cases cases;
    constexpr std::size_t chop = 997;
    const std::vector<std::size_t> sizes{0, 125, 126, 127, 128, 65'535, 65'536, 65'536};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto chopBytes = i + 1 == sizes.size() ? chop : 0;
        add(cases, number("1.1", i + 1), echo(text, std::string(sizes[i], '*'), chopBytes));
        add(cases, number("1.2", i + 1), echo(binary, std::string(sizes[i], '\xFE'), chopBytes));
    }
    return cases;
}

Cases pingCases()
{
    Cases cases;
    const auto answered = [](const std::string& payload, std::size_t chopBytes = 0) {
        return Case{.sends = {whole(ping, payload)}, .chopBytes = chopBytes, .expected = {{pong, payload}}};
    };
    const std::string longest(125, '\xFE');
    add(cases, "2.1", answered(""));
    add(cases, "2.2", answered("Hello, world!"));
    add(cases, "2.3", answered(std::string{"\x00\xFF\xFE\xFD\xFC\xFB\x00\xFF", 8}));
    add(cases, "2.4", answered(longest));
    add(cases, "2.5", {.sends = {whole(ping, std::string(126, '\xFE'))}, .failure = protocolError});
    add(cases, "2.6", answered(longest, octetWise));
    add(cases, "2.7", {.sends = {whole(pong, "")}});
    add(cases, "2.8", {.sends = {whole(pong, "unsolicited pong payload")}});
    add(cases, "2.9",
        {.sends = {whole(pong, "unsolicited pong payload"), whole(ping, "ping payload")},
         .expected = {{pong, "ping payload"}}});
    Case ten;
    for (int i = 0; i < 10; ++i) {
        ten.sends.push_back(whole(ping, "payload-" + std::to_string(i)));
        ten.expected.push_back({pong, "payload-" + std::to_string(i)});
    }
    add(cases, "2.10", ten);
    ten.chopBytes = octetWise;
    add(cases, "2.11", ten);
    return cases;
}

Cases reservedBitsCases()
{
    Cases cases;
    const std::string hello = "Hello, world!";
    const auto afterText = [&](int bits) {
        return Case{.sends = {whole(text, hello), withReservedBits(bits, text, hello), whole(ping, "")},
                    .expected = {{text, hello}},
                    .failure = protocolError};
    };
    add(cases, "3.1", {.sends = {withReservedBits(1, text, hello)}, .failure = protocolError});
    Case atOnce = afterText(2);
    atOnce.sends = {joined(atOnce.sends)};
    add(cases, "3.2", atOnce);
    add(cases, "3.3", afterText(3));
    Case slowly = afterText(4);
    slowly.chopBytes = octetWise;
    add(cases, "3.4", slowly);
    add(cases, "3.5", {.sends = {withReservedBits(5, binary, hello)}, .failure = protocolError});
    add(cases, "3.6", {.sends = {withReservedBits(6, ping, hello)}, .failure = protocolError});
    add(cases, "3.7", {.sends = {withReservedBits(7, closing, "")}, .failure = protocolError});
    return cases;
}

Cases opcodeCases()
{
    Cases cases;
    const std::string hello = "Hello, world!";
    const auto afterText = [&](int opcode, const std::string& payload) {
        return Case{.sends = {whole(text, hello), whole(opcode, payload), whole(ping, "")},
                    .expected = {{text, hello}},
                    .failure = protocolError};
    };
    for (const auto& [group, first] : {std::pair{"4.1", 3}, std::pair{"4.2", 11}}) {
        add(cases, number(group, 1), {.sends = {whole(first, "")}, .failure = protocolError});
        add(cases, number(group, 2), {.sends = {whole(first + 1, "reserved payload")}, .failure = protocolError});
        add(cases, number(group, 3), afterText(first + 2, ""));
        add(cases, number(group, 4), afterText(first + 3, "reserved payload"));
        Case slowly = afterText(first + 4, "reserved payload");
        slowly.chopBytes = octetWise;
        add(cases, number(group, 5), slowly);
    }
    return cases;
}

Cases fragmentationCases()
{
    Cases cases;
    const std::vector<WireFrame> message{{text, "fragment1fragment2"}};
    const auto first = part(text, "fragment1");
    const auto last = whole(continuation, "fragment2");
    for (const auto& [name, opcode] : {std::pair{"5.1", ping}, std::pair{"5.2", pong}})
        add(cases, name,
            {.sends = {part(opcode, "fragment1"), whole(continuation, "fragment2")}, .failure = protocolError});
    addInThreeWays(cases, "5", 3, {.sends = {first, last}, .expected = message});
    addInThreeWays(
        cases, "5", 6,
        {.sends = {first, whole(ping, "ping payload"), last}, .expected = {{pong, "ping payload"}, message.front()}});
    addInThreeWays(cases, "5", 9,
                   {.sends = {whole(continuation, "non-continuation payload"), whole(text, "Hello, world!")},
                    .failure = protocolError});
    addInThreeWays(cases, "5", 12,
                   {.sends = {part(continuation, "non-continuation payload"), whole(text, "Hello, world!")},
                    .failure = protocolError});
    add(cases, "5.15",
        {.sends = {first, last, part(continuation, "fragment3"), whole(text, "fragment4")},
         .expected = message,
         .failure = protocolError});
    add(cases, "5.16",
        {.sends = {part(continuation, "fragment1"), part(text, "fragment2"), whole(continuation, "fragment3")},
         .failure = protocolError});
    add(cases, "5.17",
        {.sends = {whole(continuation, "fragment1"), part(text, "fragment2"), whole(continuation, "fragment3")},
         .failure = protocolError});
    add(cases, "5.18", {.sends = {first, whole(text, "fragment2")}, .failure = protocolError});

    const Case five{
        .sends = {first, part(continuation, "fragment2"), whole(ping, "pongme 1!"), part(continuation, "fragment3"),
                  part(continuation, "fragment4"), whole(ping, "pongme 2!"), whole(continuation, "fragment5")},
        .expected = {
            {pong, "pongme 1!"}, {pong, "pongme 2!"}, {text, "fragment1fragment2fragment3fragment4fragment5"}}};
    Case atOnce = five;
    atOnce.sends = {joined(five.sends)};
    add(cases, "5.19", atOnce);
    add(cases, "5.20", five);
    return cases;
}

Cases closeCases()
{
    Cases cases;
    const std::string hello = "Hello World!";
    const auto normal = whole(closing, closeBody(1000));
    const auto answered = [](std::vector<std::string> sends, int code) {
        return Case{.sends = std::move(sends), .closeAnswer = code};
    };
    const auto refused = [](const std::string& payload, int code) {
        return Case{.sends = {whole(closing, payload)}, .failure = code};
    };
    Case ordinary = answered({whole(text, hello), normal}, 1000);
    ordinary.expected = {{text, hello}};
    add(cases, "7.1.1", ordinary);
    add(cases, "7.1.2", answered({normal, normal}, 1000));
    add(cases, "7.1.3", answered({normal, whole(ping, "")}, 1000));
    add(cases, "7.1.4", answered({normal, whole(text, hello)}, 1000));
    add(cases, "7.1.5", answered({part(text, "fragment1"), normal, whole(continuation, "fragment2")}, 1000));
    const std::string large(256 * 1024, 'B');
    Case afterLarge = answered({whole(text, large), whole(text, hello), normal, whole(ping, "")}, 1000);
    afterLarge.expected = {{text, large}, {text, hello}};
    add(cases, "7.1.6", afterLarge);

    add(cases, "7.3.1", answered({whole(closing, "")}, 1005));
    add(cases, "7.3.2", refused("a", protocolError));
    add(cases, "7.3.3", answered({normal}, 1000));
    add(cases, "7.3.4", answered({whole(closing, closeBody(1000, hello))}, 1000));
    add(cases, "7.3.5", answered({whole(closing, closeBody(1000, std::string(123, '*')))}, 1000));
    add(cases, "7.3.6", refused(closeBody(1000, std::string(124, '*')), protocolError));
    add(cases, "7.5.1",
        refused(closeBody(1000, "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5\xED\xA0\x80"
                                "edited"),
                1007));

    const std::vector<int> valid{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999};
    for (std::size_t i = 0; i < valid.size(); ++i)
        add(cases, number("7.7", i + 1), answered({whole(closing, closeBody(valid[i]))}, valid[i]));
    const std::vector<int> invalid{0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999};
    for (std::size_t i = 0; i < invalid.size(); ++i)
        add(cases, number("7.9", i + 1), refused(closeBody(invalid[i]), protocolError));
    add(cases, "7.13.1", refused(closeBody(5000), protocolError));
    add(cases, "7.13.2", refused(closeBody(65'535), protocolError));
    return cases;
}

Cases sizeCases()
{
    Cases cases;
    constexpr std::size_t kibi = 1024;
    constexpr std::size_t mebi = kibi * kibi;
    const auto payloadOf = [](int opcode, std::size_t size) {
        return std::string(size, opcode == text ? '*' : '\xFE');
    };
    const auto addLazily = [&](std::string name, auto make) { cases.push_back({std::move(name), make}); };

    const std::vector<std::size_t> messageSizes{64 * kibi, 256 * kibi, mebi, 4 * mebi, 8 * mebi, 16 * mebi};
    const std::vector<std::size_t> fragmentSizes{64,        256,        kibi, 4 * kibi, 16 * kibi,
                                                 64 * kibi, 256 * kibi, mebi, 4 * mebi};
    const std::vector<std::size_t> chopSizes{64, 128, 256, 512, kibi, 2 * kibi};
    const std::vector<std::size_t> smallSizes{0, 16, 64, 256, kibi, 4 * kibi};
    for (const int opcode : {text, binary}) {
        const int odd = opcode - text; // Text is 9.1, 9.3, 9.5, 9.7; binary is 9.2, 9.4, 9.6, 9.8.
        const auto group = [odd](int base) { return "9." + std::to_string(base + odd); };
        for (std::size_t i = 0; i < messageSizes.size(); ++i)
            addLazily(number(group(1), i + 1), [=] { return echo(opcode, payloadOf(opcode, messageSizes[i])); });
        for (std::size_t i = 0; i < fragmentSizes.size(); ++i)
            addLazily(number(group(3), i + 1), [=] {
                const auto fragment = payloadOf(opcode, fragmentSizes[i]);
                const auto count = 4 * mebi / fragment.size();
                std::string stream;
                for (std::size_t k = 0; k < count; ++k)
                    stream += clientFrame((k == 0 ? opcode : continuation) | (k + 1 == count ? fin : 0), fragment);
                return Case{.sends = {stream}, .expected = {{opcode, payloadOf(opcode, 4 * mebi)}}};
            });
        for (std::size_t i = 0; i < chopSizes.size(); ++i)
            addLazily(number(group(5), i + 1), [=] { return echo(opcode, payloadOf(opcode, mebi), chopSizes[i]); });
        for (std::size_t i = 0; i < smallSizes.size(); ++i)
            addLazily(number(group(7), i + 1), [=] {
                Case value = echo(opcode, payloadOf(opcode, smallSizes[i]));
                value.rounds = 1000;
                return value;
            });
    }
    return cases;
}

Cases autoFragmentCases()
{
    constexpr std::size_t fragmentBytes = 1300;
    const std::string payload(65'536, '*');
    Case value{.sends = {}, .expected = {{text, payload}}};
    for (std::size_t at = 0; at < payload.size(); at += fragmentBytes) {
        const bool isLast = at + fragmentBytes >= payload.size();
        value.sends.push_back(clientFrame((at == 0 ? text : continuation) | (isLast ? fin : 0),
                                          std::string_view{payload}.substr(at, fragmentBytes)));
    }
    Cases cases;
    add(cases, "10.1.1", value);
    return cases;
}

} // namespace castdeck::test
