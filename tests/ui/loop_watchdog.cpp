#include "tests/ui/loop_watchdog.h"

#include <QtCore/QFile>

#include <unistd.h>

#include <algorithm>

namespace castdeck::test {

namespace {

std::int64_t nanosecondsNow()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

LoopWatchdog::LoopWatchdog()
    : m_statistics{QStringLiteral("/proc/self/task/%1/schedstat").arg(gettid())}
    , m_thread{[this] { watch(); }}
{
}

LoopWatchdog::~LoopWatchdog()
{
    m_isEnding = true;
    m_thread.join();
}

void LoopWatchdog::watch()
{
    while (!m_isEnding) {
        if (m_isAnswered.exchange(false))
            ask();
        std::this_thread::sleep_for(std::chrono::milliseconds{5}); // The measuring interval, not a wait for something.
    }
}

void LoopWatchdog::ask()
{
    QMetaObject::invokeMethod(
        this,
        [this, at = nanosecondsNow(), waited = waitedForProcessor(), round = m_round.load()] {
            answer(at, waited, round);
        },
        Qt::QueuedConnection);
}

void LoopWatchdog::answer(Nanoseconds askedAt, Nanoseconds waitedBefore, int round)
{
    m_isAnswered = true;
    if (round != m_round)
        return;
    const Nanoseconds gap = nanosecondsNow() - askedAt;
    const Nanoseconds ownGap = gap - (waitedForProcessor() - waitedBefore);
    m_worstGap = std::max(m_worstGap.load(), gap);
    m_worstOwnGap = std::max(m_worstOwnGap.load(), ownGap);
}

LoopWatchdog::Nanoseconds LoopWatchdog::waitedForProcessor() const
{
    // Linux, "sched-stats": time on the processor, time waiting in the run queue, both in nanoseconds, time slices.
    QFile file{m_statistics};
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> numbers = file.readAll().simplified().split(' ');
    return numbers.size() > 1 ? numbers[1].toLongLong() : 0;
}

} // namespace castdeck::test
