#include "core/base/ascii.h"
#include "core/net/frame_codec.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <vector>

using namespace castdeck;
using fuzz::require;
using net::FrameReader;
using Event = net::FrameReader::Event;

namespace {

constexpr std::array<std::uint16_t, 5> violationCodes{1002, 1003, 1007, 1008, 1009};

struct Seen {
    Event event;
    std::string payload;
    std::optional<std::uint16_t> code;

    bool operator==(const Seen&) const = default;
};

void checkStep(const FrameReader::Step& step, const net::WebSocketLimits& limits)
{
    switch (step.event) {
    case Event::Text: require(isValidUtf8(step.payload)); [[fallthrough]];
    case Event::Binary: require(step.payload.size() <= limits.maxMessageBytes); break;
    case Event::Ping:
    case Event::Pong: require(step.payload.size() <= 125); break;
    case Event::Close: require(!step.code || net::isValidCloseCode(*step.code)); break;
    case Event::Violation: require(step.code && std::ranges::count(violationCodes, *step.code) == 1); break;
    case Event::NeedMore:
    case Event::Fragment: break;
    }
}

/// Feeds the stream in pieces of `pieceBytes` until it ends, closes or breaks a rule.
std::vector<Seen> read(std::string stream, std::size_t pieceBytes, const net::WebSocketLimits& limits)
{
    FrameReader reader{limits};
    std::vector<Seen> seen;
    for (std::size_t at = 0; at < stream.size(); at += pieceBytes) {
        // A copy of its own, so that the sanitizer sees a step that looks beyond the piece.
        std::string piece = stream.substr(at, pieceBytes);
        std::span<char> input{piece};
        for (;;) {
            const auto step = reader.next(input);
            checkStep(step, limits);
            if (step.event == Event::NeedMore)
                break;
            seen.push_back({step.event, std::string{step.payload}, step.code});
            if (step.event == Event::Violation || step.event == Event::Close)
                return seen;
        }
        require(input.empty());
    }
    return seen;
}

/// A client's frame: the server's form of it with a mask.
std::string masked(std::string_view wire, std::size_t payloadBytes)
{
    static constexpr std::array<unsigned char, 4> mask{0x37, 0xFA, 0x21, 0x3D};
    std::string frame{wire};
    const std::size_t header = wire.size() - payloadBytes;
    frame[1] = static_cast<char>(frame[1] | 0x80);
    for (std::size_t i = 0; i < payloadBytes; ++i)
        frame[header + i] = static_cast<char>(static_cast<unsigned char>(frame[header + i]) ^ mask[i % 4]);
    frame.insert(header, reinterpret_cast<const char*>(mask.data()), mask.size());
    return frame;
}

void checkRoundTrip(std::string_view text, const net::WebSocketLimits& limits)
{
    if (!isValidUtf8(text) || text.size() > limits.maxMessageBytes)
        return;
    const std::vector<Seen> expected{{Event::Text, std::string{text}, std::nullopt}};
    const std::string frame = masked(Frame{text}.wire(), text.size());
    require(read(frame, frame.size(), limits) == expected);
    require(read(frame, 3, limits) == expected);
    require(net::closePayload(4200, text).size() <= 125);
    require(isValidUtf8(std::string_view{net::closePayload(4200, text)}.substr(2)));
}

} // namespace

/// The first byte chooses the limits and how the stream is cut; the rest is the stream.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    net::WebSocketLimits limits;
    limits.acceptsBinary = (data[0] & 1) != 0;
    limits.maxMessageBytes = (data[0] & 2) != 0 ? 300 : 65'536;
    limits.maxFragments = (data[0] & 4) != 0 ? 3 : 1'024;
    const std::string_view stream = fuzz::textOf(data + 1, size - 1);

    const auto whole = read(std::string{stream}, stream.size(), limits);
    require(read(std::string{stream}, 1, limits) == whole);
    require(read(std::string{stream}, 2 + (data[0] >> 3), limits) == whole);
    checkRoundTrip(stream, limits);
    return 0;
}
