#include "tests/bench/report.h"

#include <algorithm>
#include <cmath>

namespace castdeck::bench {

namespace {

double rounded(double value, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale;
}

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>{time}.count();
}

double microseconds(std::chrono::nanoseconds time)
{
    return rounded(seconds(time) * 1e6, 1);
}

} // namespace

Json percentiles(std::vector<std::chrono::nanoseconds>& times)
{
    if (times.empty())
        return nullptr;
    std::sort(times.begin(), times.end());
    return {{"p50", microseconds(times[times.size() / 2])},
            {"p99", microseconds(times[times.size() * 99 / 100])},
            {"max", microseconds(times.back())}};
}

void addCost(Json& report, std::uint64_t count, std::chrono::nanoseconds elapsed, const Usage& before,
             const Usage& after)
{
    const auto cpu = seconds(after.cpu - before.cpu);
    const auto number = static_cast<double>(std::max<std::uint64_t>(count, 1));
    report["count"] = count;
    report["seconds"] = rounded(seconds(elapsed), 3);
    report["perSecond"] = std::llround(number / seconds(elapsed));
    report["cpuMicrosecondsEach"] = rounded(cpu * 1e6 / number, 4);
    report["serverRunning"] = rounded(cpu / seconds(elapsed), 4);
    report["serverWaiting"] = rounded(seconds(after.waited - before.waited) / seconds(elapsed), 4);
}

} // namespace castdeck::bench
