#pragma once

#include "core/engine/snapshot.h"

#include <cstdint>
#include <deque>

namespace castdeck::ui {

/// Messages a second, in and out, worked out from the totals of the snapshots of the last two seconds.
class TrafficRate {
public:
    void add(const engine::Snapshot& snapshot);
    std::size_t in() const;
    std::size_t out() const;

private:
    struct Sample {
        WallTime at;
        std::uint64_t in = 0;
        std::uint64_t out = 0;
    };

    std::size_t rate(std::uint64_t Sample::* total) const;

    std::deque<Sample> m_samples;
};

} // namespace castdeck::ui
