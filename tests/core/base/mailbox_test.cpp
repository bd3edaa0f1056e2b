#include "core/base/mailbox.h"

#include <QTest>

#include <array>
#include <atomic>
#include <memory>
#include <thread>

using namespace castdeck;

class MailboxTest : public QObject {
    Q_OBJECT
private slots:
    void itemsComeOutInOrderAndOnce();
    void onlyTheFirstItemWakesTheOwner();
    void whatDoesNotFitIsCounted();
    void capacityZeroDropsEverythingAndStillWakes();
    void itemsNeedNotBeCopyable();
    void manyWritersLoseNothing();
};

void MailboxTest::itemsComeOutInOrderAndOnce()
{
    Mailbox<int> mailbox{10};
    for (const int item : {3, 1, 2})
        mailbox.put(item);
    QCOMPARE(mailbox.take().items, (std::vector<int>{3, 1, 2}));
    QVERIFY(mailbox.take().items.empty());
}

void MailboxTest::onlyTheFirstItemWakesTheOwner()
{
    Mailbox<int> mailbox{10};
    QVERIFY(mailbox.put(1));
    QVERIFY(!mailbox.put(2));
    mailbox.take();
    QVERIFY(mailbox.put(3));
}

void MailboxTest::whatDoesNotFitIsCounted()
{
    Mailbox<int> mailbox{2};
    for (int item = 0; item < 5; ++item)
        mailbox.put(item);
    const auto batch = mailbox.take();
    QCOMPARE(batch.items, (std::vector<int>{0, 1}));
    QCOMPARE(batch.dropped, std::size_t{3});
    QCOMPARE(mailbox.take().dropped, std::size_t{0});
}

void MailboxTest::capacityZeroDropsEverythingAndStillWakes()
{
    Mailbox<int> mailbox{0};
    QVERIFY(mailbox.put(1));
    QVERIFY(!mailbox.put(2));
    QCOMPARE(mailbox.take().dropped, std::size_t{2});
}

void MailboxTest::itemsNeedNotBeCopyable()
{
    Mailbox<std::unique_ptr<int>> mailbox{1};
    mailbox.put(std::make_unique<int>(7));
    QCOMPARE(*mailbox.take().items.at(0), 7);
}

void MailboxTest::manyWritersLoseNothing()
{
    constexpr int writers = 4;
    constexpr int itemsEach = 20'000;
    Mailbox<int> mailbox{1'000};
    std::atomic<int> running{writers};
    std::array<std::thread, writers> threads;
    for (std::thread& thread : threads) {
        thread = std::thread{[&] {
            for (int item = 0; item < itemsEach; ++item)
                mailbox.put(item);
            --running;
        }};
    }
    std::size_t seen = 0;
    std::size_t dropped = 0;
    const auto drain = [&] {
        const auto batch = mailbox.take();
        seen += batch.items.size();
        dropped += batch.dropped;
    };
    while (running > 0)
        drain();
    for (std::thread& thread : threads)
        thread.join();
    drain();
    QCOMPARE(seen + dropped, std::size_t{writers} * itemsEach);
}

QTEST_APPLESS_MAIN(MailboxTest)
#include "mailbox_test.moc"
