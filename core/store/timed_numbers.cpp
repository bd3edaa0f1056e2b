#include "core/store/timed_numbers.h"

#include "core/store/archive_tables.h"

#include <algorithm>

#include <unistd.h>

namespace castdeck::store {

std::int64_t TimedNumbers::take(std::int64_t count)
{
    constexpr std::int64_t processes = 64;
    const std::int64_t byTime = toStored(SystemClock{}.wall()) * processes + ::getpid() % processes;
    std::int64_t next = m_next.load();
    std::int64_t first = 0;
    do
        first = std::max(next, byTime);
    while (!m_next.compare_exchange_weak(next, first + count));
    return first;
}

} // namespace castdeck::store
