#pragma once

#include "core/engine/event.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace castdeck::ui {

/// The rows of the live log: the newest ones up to a bound of rows and of bytes, each under a number that never
/// changes.
///
/// Thread: GUI. What does not fit makes room from the oldest end; counts stay exact.
class LogStore {
public:
    using Sequence = std::uint64_t;
    /// Of the first row ever appended, so that there is room for older ones before it.
    static constexpr Sequence origin = Sequence{1} << 48U;
    using Counts = std::array<std::size_t, engine::eventKindCount>;

    struct Bounds {
        std::size_t rows = 100'000;
        std::size_t bytes = std::size_t{64} << 20U;
    };

    LogStore() = default;
    explicit LogStore(Bounds bounds) : m_bounds{bounds} {}

    void setMaxRows(std::size_t rows);
    void append(std::vector<engine::Event> events);
    /// Older rows than all held, oldest first. They come on top of the bounds.
    void prepend(std::vector<engine::Event> events);
    void letGoOfOlder(); ///< All that was prepended goes: there may be others between those rows, which are not held.
    /// Rows the server made but could not hand over.
    void addDropped(std::size_t rows) { m_dropped += rows; }

    Sequence first() const noexcept { return m_first; }
    Sequence end() const noexcept { return m_first + m_rows.size(); } ///< Past the newest.
    const engine::Event& at(Sequence sequence) const { return m_rows[static_cast<std::size_t>(sequence - m_first)]; }
    bool holds(Sequence sequence) const noexcept { return sequence >= first() && sequence < end(); }

    std::size_t size() const noexcept { return m_rows.size(); }
    std::size_t bytes() const noexcept { return m_bytes; } ///< Texts and payloads of the rows held.
    std::size_t total() const noexcept { return static_cast<std::size_t>(end() - origin); } ///< Ever appended.
    std::size_t dropped() const noexcept { return m_dropped; }
    const Counts& counts() const noexcept { return m_counts; } ///< Of all rows ever appended, by kind.

private:
    static std::size_t bytesOf(const engine::Event& event);
    void makeRoom();
    void removeOldest();

    Bounds m_bounds{};
    std::deque<engine::Event> m_rows;
    Sequence m_first = origin;
    Bounds m_older{0, 0};    ///< What prepend() may hold on top of the bounds.
    Sequence m_olderEnd = 0; ///< Past the newest row that was prepended.
    std::size_t m_bytes = 0;
    std::size_t m_dropped = 0;
    Counts m_counts{};
};

} // namespace castdeck::ui
