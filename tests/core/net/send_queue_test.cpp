#include "core/net/send_queue.h"

#include <boost/smart_ptr/make_local_shared.hpp>

#include <QTest>

#include <string>
#include <vector>

using namespace castdeck;

namespace {

LocalFrame bytes(std::size_t count, char value = 'b')
{
    return boost::make_local_shared<const Frame>(Frame::verbatim(std::string(count, value)));
}

net::SendQueue queueOf(const std::vector<LocalFrame>& frames)
{
    net::SendQueue queue;
    for (const auto& frame : frames)
        queue.push(frame);
    return queue;
}

} // namespace

class SendQueueTest : public QObject {
    Q_OBJECT
private slots:
    void oneFrameIsSentFromWhereItLies();
    void receiversOfTheSameFramesShareOneCopy();
    void otherFramesAreCopiedAnew();
    void runEndsBeforeSixtyFourKibibytes();
    void partlySentFrameGoesOnWhereItStopped();
    void nothingIsLostWhateverTheSocketTakes();
    void droppingKeepsTheFrameThatHasBegun();
    void droppingKeepsWhatIsCommitted();
};

void SendQueueTest::oneFrameIsSentFromWhereItLies()
{
    net::FrameRun run;
    const auto frame = bytes(10);
    const auto queue = queueOf({frame});
    QVERIFY(queue.front(run).data() == frame->wire().data());
    QCOMPARE(queue.bytes(), 10U);
}

void SendQueueTest::receiversOfTheSameFramesShareOneCopy()
{
    net::FrameRun run;
    const std::vector<LocalFrame> frames{bytes(3, 'a'), bytes(4, 'b'), bytes(5, 'c')};
    const auto first = queueOf(frames);
    const auto second = queueOf(frames);
    const auto copy = first.front(run);
    QCOMPARE(copy, std::string_view{"aaabbbbccccc"});
    const auto before = frames.front().local_use_count();
    QVERIFY(second.front(run).data() == copy.data());
    QCOMPARE(frames.front().local_use_count(), before);
}

void SendQueueTest::otherFramesAreCopiedAnew()
{
    net::FrameRun run;
    const std::vector<LocalFrame> frames{bytes(3, 'a'), bytes(4, 'b'), bytes(5, 'c')};
    QCOMPARE(queueOf(frames).front(run), std::string_view{"aaabbbbccccc"});
    QCOMPARE(queueOf({frames[0], frames[1]}).front(run), std::string_view{"aaabbbb"});
    QCOMPARE(queueOf({frames[1], frames[0]}).front(run), std::string_view{"bbbbaaa"});
    QCOMPARE(queueOf(frames).front(run), std::string_view{"aaabbbbccccc"});
}

void SendQueueTest::runEndsBeforeSixtyFourKibibytes()
{
    net::FrameRun run;
    const std::vector<LocalFrame> frames{bytes(40'000), bytes(20'000), bytes(20'000), bytes(100'000), bytes(1)};
    auto queue = queueOf(frames);
    std::vector<std::size_t> sizes;
    while (!queue.isEmpty()) {
        sizes.push_back(queue.front(run).size());
        queue.taken(sizes.back());
    }
    QCOMPARE(sizes, (std::vector<std::size_t>{60'000, 20'000, 100'000, 1}));
}

void SendQueueTest::partlySentFrameGoesOnWhereItStopped()
{
    net::FrameRun run;
    auto queue = queueOf({bytes(3, 'a'), bytes(4, 'b'), bytes(5, 'c')});
    queue.taken(5);
    QCOMPARE(queue.front(run), std::string_view{"bb"});
    QCOMPARE(queue.bytes(), 7U);
    queue.taken(2);
    QCOMPARE(queue.front(run), std::string_view{"ccccc"});
}

void SendQueueTest::nothingIsLostWhateverTheSocketTakes()
{
    for (std::size_t step = 1; step < 60; ++step) {
        net::FrameRun run;
        net::SendQueue queue;
        std::string expected;
        std::string sent;
        for (int i = 0; i < 40; ++i) {
            const auto frame = bytes(static_cast<std::size_t>(i) % 7 + 1, static_cast<char>('a' + i % 26));
            expected += frame->wire();
            queue.push(frame);
            run.clear();
            const auto front = queue.front(run).substr(0, i % 3 == 0 ? step : 1);
            sent += front;
            queue.taken(front.size());
        }
        while (!queue.isEmpty()) {
            const auto front = queue.front(run).substr(0, step);
            sent += front;
            queue.taken(front.size());
        }
        QCOMPARE(sent, expected);
        QCOMPARE(queue.bytes(), 0U);
    }
}

void SendQueueTest::droppingKeepsTheFrameThatHasBegun()
{
    net::FrameRun run;
    auto queue = queueOf({bytes(3, 'a'), bytes(4, 'b'), bytes(5, 'c')});
    queue.taken(1);
    queue.dropUnsent(0);
    queue.push(bytes(2, 'x'));
    QCOMPARE(queue.bytes(), 4U);
    QCOMPARE(queue.front(run), std::string_view{"aa"});
    queue.taken(2);
    QCOMPARE(queue.front(run), std::string_view{"xx"});

    auto untouched = queueOf({bytes(3), bytes(4)});
    untouched.dropUnsent(0);
    QVERIFY(untouched.isEmpty());
    QCOMPARE(untouched.bytes(), 0U);
}

void SendQueueTest::droppingKeepsWhatIsCommitted()
{
    auto queue = queueOf({bytes(3, 'a'), bytes(4, 'b'), bytes(5, 'c')});
    queue.taken(1);
    queue.dropUnsent(3); // The rest of the first frame and one byte of the second.
    QCOMPARE(queue.bytes(), 6U);
}

QTEST_APPLESS_MAIN(SendQueueTest)

#include "send_queue_test.moc"
