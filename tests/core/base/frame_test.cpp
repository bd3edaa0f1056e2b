#include "core/base/frame.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace castdeck;

class FrameTest : public QObject {
    Q_OBJECT
private slots:
    void lengthDecidesTheHeader_data();
    void lengthDecidesTheHeader();
    void textSurvivesUntouched();
    void sharedFramesCrossThreads();
};

void FrameTest::lengthDecidesTheHeader_data()
{
    QTest::addColumn<int>("payload");
    QTest::addColumn<QByteArray>("header");

    // RFC 6455, section 5.2: the shortest of the three forms of the length, never a mask from a server.
    QTest::newRow("empty") << 0 << QByteArray::fromHex("8100");
    QTest::newRow("longest in one byte") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("shortest in two bytes") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("127, no marker") << 127 << QByteArray::fromHex("817e007f");
    QTest::newRow("byte order") << 0x1234 << QByteArray::fromHex("817e1234");
    QTest::newRow("longest in two bytes") << 65'535 << QByteArray::fromHex("817effff");
    QTest::newRow("shortest in eight bytes") << 65'536 << QByteArray::fromHex("817f0000000000010000");
    QTest::newRow("byte order, eight bytes") << 0x123456 << QByteArray::fromHex("817f0000000000123456");
}

void FrameTest::lengthDecidesTheHeader()
{
    QFETCH(int, payload);
    QFETCH(QByteArray, header);
    const std::string text(static_cast<std::size_t>(payload), 'x');
    const Frame frame{text};
    const auto headerBytes = static_cast<std::size_t>(header.size());
    QCOMPARE(frame.wire().size(), headerBytes + text.size());
    QCOMPARE(frame.wire().substr(0, headerBytes), std::string_view(header.constData(), headerBytes));
    QCOMPARE(frame.text(), std::string_view{text});
}

void FrameTest::textSurvivesUntouched()
{
    const std::string text = std::string{"{\"n\":12345678901234567890,\"z\":\"Zo\xC3\xAB\"}"} + '\0';
    QCOMPARE(makeFrame(text)->text(), std::string_view{text});
}

void FrameTest::sharedFramesCrossThreads()
{
    const SharedFrame frame = makeFrame("shared");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([frame] {
            const LocalFrame local{frame};
            std::vector<LocalFrame> queue(1'000, local);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(frame.use_count(), 1L);
    QCOMPARE(frame->text(), std::string_view{"shared"});
}

QTEST_APPLESS_MAIN(FrameTest)
#include "frame_test.moc"
