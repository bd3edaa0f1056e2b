#pragma once

#include <ctime>

namespace castdeck::test {

/// Milliseconds that this process has had of the processors since it was made; what else the machine does has no part
/// in it.
class ProcessorTime {
public:
    double elapsed() const { return 1'000.0 * static_cast<double>(std::clock() - m_start) / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

} // namespace castdeck::test
