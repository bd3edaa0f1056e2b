#include "tests/bench/server_process.h"

#include "tests/bench/loop.h"

#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace castdeck::bench {

namespace {

// The clock of the process counts all its threads, ended ones too, in nanoseconds; /proc/PID/stat only in ticks.
std::chrono::nanoseconds cpuTime(int processId)
{
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(processId, &clock) != 0 || clock_gettime(clock, &time) != 0)
        fail("no CPU clock of process " + std::to_string(processId) + ": has the server ended?");
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

std::chrono::nanoseconds waitedTime(const std::string& folder)
{
    std::int64_t total = 0;
    std::error_code error; // Without scheduler statistics the figure is 0.
    for (const auto& task : std::filesystem::directory_iterator{folder + "/task", error}) {
        std::int64_t ran = 0;
        std::int64_t waited = 0;
        std::ifstream{task.path() / "schedstat"} >> ran >> waited;
        total += waited;
    }
    return std::chrono::nanoseconds{total};
}

std::size_t residentBytes(const std::string& folder)
{
    std::size_t total = 0;
    std::size_t resident = 0;
    std::ifstream{folder + "/statm"} >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

Usage usageOf(int processId)
{
    const std::string folder = "/proc/" + std::to_string(processId);
    return {.cpu = cpuTime(processId), .waited = waitedTime(folder), .residentBytes = residentBytes(folder)};
}

} // namespace castdeck::bench
