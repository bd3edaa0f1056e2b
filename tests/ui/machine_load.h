#pragma once

#include <QtCore/QtGlobal>

#include <chrono>
#include <vector>

namespace castdeck::test {

/// How much of the machine others use while something is measured.
class MachineLoad {
public:
    MachineLoad() { start(); }

    /// A process that is not among the others, apart from our own; call it while the process runs.
    void addProcess(qint64 processId);
    void start();
    /// What others used of all processors since start(), in per cent.
    int foreignPercent() const;

private:
    struct Ticks {
        qint64 all = 0; ///< Of all processors, that somebody used.
        qint64 own = 0; ///< Of our processes.
    };
    Ticks look() const;

    std::vector<qint64> m_processes;
    Ticks m_before;
    std::chrono::steady_clock::time_point m_since;
};

/// What this process holds in memory.
qint64 residentKilobytes();

} // namespace castdeck::test
