#include "core/net/frame_codec.h"

#include "tests/core/net/frame_client.h"

#include <QTest>

#include <string>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;
using Event = net::FrameReader::Event;

namespace {

struct Seen {
    Event event;
    std::string payload;

    bool operator==(const Seen&) const = default;
};

/// Feeds the stream in pieces of that size.
std::vector<Seen> read(const std::string& stream, std::size_t pieceBytes)
{
    static const net::WebSocketLimits limits;
    net::FrameReader reader{limits};
    std::vector<Seen> seen;
    for (std::size_t at = 0; at < stream.size(); at += pieceBytes) {
        auto piece = stream.substr(at, pieceBytes);
        std::span<char> input{piece};
        while (!input.empty()) {
            const auto step = reader.next(input);
            if (step.event != Event::NeedMore)
                seen.push_back({step.event, std::string{step.payload}});
        }
    }
    return seen;
}

} // namespace

class FrameCodecTest : public QObject {
    Q_OBJECT
private slots:
    void cutsInTheStreamMakeNoDifference();
    void wholeFramesAreReadInPlace();
    void everyLengthIsUnmaskedRight();
    void closeReasonIsCutAtACharacter();
    void closeCodesAreThoseOfTheStandard();
};

void FrameCodecTest::cutsInTheStreamMakeNoDifference()
{
    const std::string stream = clientFrame(fin | 1, "first") + clientFrame(1, "sec\xE2\x82") +
                               clientFrame(fin | 9, "ping") + clientFrame(0, "") +
                               clientFrame(fin | 0, "\xAC"
                                                    "ond") +
                               clientFrame(fin | 10, "") + clientFrame(fin | 1, std::string(300, 'l')) +
                               clientFrame(fin | 8, closeBody(1000, "bye"));
    const std::vector<Seen> expected{{Event::Text, "first"},
                                     {Event::Fragment, ""},
                                     {Event::Ping, "ping"},
                                     {Event::Fragment, ""},
                                     {Event::Text, "sec\xE2\x82\xAC"
                                                   "ond"},
                                     {Event::Pong, ""},
                                     {Event::Text, std::string(300, 'l')},
                                     {Event::Close, "bye"}};
    for (std::size_t pieceBytes = 1; pieceBytes <= stream.size(); ++pieceBytes)
        QVERIFY2(read(stream, pieceBytes) == expected, std::to_string(pieceBytes).c_str());
}

void FrameCodecTest::wholeFramesAreReadInPlace()
{
    const net::WebSocketLimits limits;
    net::FrameReader reader{limits};
    auto stream = clientFrame(fin | 1, "in place") + clientFrame(fin | 1, "again");
    std::span<char> input{stream};
    const auto first = reader.next(input);
    QVERIFY(first.payload.data() == stream.data() + 6);
    QCOMPARE(input.size(), 11U);
    QCOMPARE(reader.next(input).payload, std::string_view{"again"});
    QVERIFY(input.empty());
}

void FrameCodecTest::everyLengthIsUnmaskedRight()
{
    for (std::size_t length = 0; length < 80; ++length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i)
            text += static_cast<char>('!' + i);
        for (const std::size_t pieceBytes : {std::size_t{7}, std::size_t{13}, std::size_t{200}})
            QCOMPARE(read(clientFrame(fin | 1, text), pieceBytes).at(0).payload, text);
    }
}

void FrameCodecTest::closeReasonIsCutAtACharacter()
{
    const std::string longest(123, 'r');
    QCOMPARE(net::closePayload(4100, longest), "\x10\x04" + longest);
    QCOMPARE(net::closePayload(4100, longest + "r"), "\x10\x04" + longest);
    for (const std::size_t before : {120U, 121U, 122U}) {
        const std::string start(before, 'r');
        QCOMPARE(net::closePayload(4100, start + "\xF0\x9F\x98\x80"), "\x10\x04" + start);
    }
    QCOMPARE(net::closePayload(1000, ""), closeBody(1000));
}

void FrameCodecTest::closeCodesAreThoseOfTheStandard()
{
    for (const int code : {1000, 1003, 1007, 1011, 1014, 3000, 4999})
        QVERIFY(net::isValidCloseCode(static_cast<std::uint16_t>(code)));
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65'535})
        QVERIFY(!net::isValidCloseCode(static_cast<std::uint16_t>(code)));
}

QTEST_APPLESS_MAIN(FrameCodecTest)

#include "frame_codec_test.moc"
