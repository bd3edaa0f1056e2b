#include "tests/ui/machine_load.h"

#include <QtCore/QFile>
#include <QtCore/QString>

#include <unistd.h>

#include <algorithm>
#include <thread>

namespace castdeck::test {

namespace {

QList<QByteArray> numbersOf(const QString& path)
{
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? file.readLine().simplified().split(' ') : QList<QByteArray>{};
}

/// utime and stime, fields 14 and 15. The name before them, in brackets, has no blank in our programs.
qint64 ticksOf(const QString& process)
{
    const QList<QByteArray> numbers = numbersOf(QStringLiteral("/proc/%1/stat").arg(process));
    return numbers.size() < 15 ? 0 : numbers[13].toLongLong() + numbers[14].toLongLong();
}

} // namespace

void MachineLoad::addProcess(qint64 processId)
{
    m_processes.push_back(processId);
    m_before.own += ticksOf(QString::number(processId));
}

void MachineLoad::start()
{
    m_before = look();
    m_since = std::chrono::steady_clock::now();
}

MachineLoad::Ticks MachineLoad::look() const
{
    Ticks ticks;
    const QList<QByteArray> all = numbersOf(QStringLiteral("/proc/stat")); // cpu user nice system idle iowait ...
    for (const int field : {1, 2, 3, 6, 7, 8})
        ticks.all += all.value(field).toLongLong();
    ticks.own = ticksOf(QStringLiteral("self"));
    for (const qint64 process : m_processes)
        ticks.own += ticksOf(QString::number(process));
    return ticks;
}

int MachineLoad::foreignPercent() const
{
    const Ticks after = look();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - m_since;
    const double possible =
        time.count() * static_cast<double>(sysconf(_SC_CLK_TCK)) * std::thread::hardware_concurrency();
    const auto foreign = static_cast<double>((after.all - m_before.all) - (after.own - m_before.own));
    return possible > 0 ? std::clamp(static_cast<int>(100.0 * foreign / possible), 0, 100) : 100;
}

qint64 residentKilobytes()
{
    QFile status{QStringLiteral("/proc/self/status")};
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

} // namespace castdeck::test
