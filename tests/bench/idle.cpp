#include "tests/bench/crowd.h"
#include "tests/bench/modes.h"

namespace castdeck::bench {

namespace {

constexpr double settleSeconds = 2;

void turnFor(Loop& loop, double seconds)
{
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{seconds});
    while (Clock::now() < end)
        loop.turn(std::chrono::milliseconds{50});
}

} // namespace

Json runIdle(const Target& target, const IdleOptions& options)
{
    const auto empty = usageOf(target.processId);
    Loop loop;
    Crowd crowd{loop, target, options.connections, 1, 0};
    crowd.gather();
    turnFor(loop, settleSeconds);

    const auto before = usageOf(target.processId);
    const auto pingsBefore = crowd.pingsAnswered();
    const auto start = Clock::now();
    turnFor(loop, options.seconds);
    const auto elapsed = Clock::now() - start;
    const auto after = usageOf(target.processId);

    Json report{
        {"mode", "idle"},
        {"connections", options.connections},
        {"bytesEach", (static_cast<double>(after.residentBytes) - static_cast<double>(empty.residentBytes)) /
                          static_cast<double>(options.connections)},
        {"pingsAnswered", crowd.pingsAnswered() - pingsBefore},
    };
    addCost(report, options.connections, elapsed, before, after);
    return report;
}

} // namespace castdeck::bench
