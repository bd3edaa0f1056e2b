#pragma once

#include <atomic>
#include <cstdint>

namespace castdeck {

/// A number that one thread writes and any thread reads, without the cost of an atomic addition.
class Counter {
public:
    void add(std::uint64_t amount) { m_value.store(value() + amount, std::memory_order_relaxed); }
    void subtract(std::uint64_t amount) { m_value.store(value() - amount, std::memory_order_relaxed); }
    void set(std::uint64_t value) { m_value.store(value, std::memory_order_relaxed); }
    std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

} // namespace castdeck
