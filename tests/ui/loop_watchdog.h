#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

#include <atomic>
#include <chrono>
#include <thread>

namespace castdeck::test {

/// Measures how long the event loop of its own thread was busy: a second thread posts to it every 5 ms and takes the
/// longest time until the post was handled.
class LoopWatchdog : public QObject {
    Q_OBJECT

public:
    LoopWatchdog();
    ~LoopWatchdog() override;

    /// What is asked already is not measured. For after the test itself kept the loop's thread busy.
    void forget() { ++m_round; }

    /// By the clock on the wall.
    std::chrono::milliseconds worstGap() const { return std::chrono::milliseconds{m_worstGap / 1'000'000}; }
    /// The same without the time in which the thread was ready to run but others, also of this program, had the
    /// processors.
    std::chrono::milliseconds worstOwnGap() const { return std::chrono::milliseconds{m_worstOwnGap / 1'000'000}; }

private:
    using Nanoseconds = std::int64_t;

    void watch();
    void ask();
    void answer(Nanoseconds askedAt, Nanoseconds waitedBefore, int round);
    Nanoseconds waitedForProcessor() const;

    const QString m_statistics; ///< The kernel's file about the thread whose loop is watched.
    std::atomic<Nanoseconds> m_worstGap{0};
    std::atomic<Nanoseconds> m_worstOwnGap{0};
    std::atomic<int> m_round{0}; ///< Of questions that count.
    std::atomic<bool> m_isAnswered{true};
    std::atomic<bool> m_isEnding{false};
    std::thread m_thread;
};

} // namespace castdeck::test
