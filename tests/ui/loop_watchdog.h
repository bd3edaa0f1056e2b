#pragma once

#include <QtCore/QObject>

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

    std::chrono::milliseconds worstGap() const;

private:
    void watch();

    std::atomic<std::int64_t> m_worstMicroseconds{0};
    std::atomic<bool> m_isAnswered{true};
    std::atomic<bool> m_isEnding{false};
    std::thread m_thread;
};

} // namespace castdeck::test
