#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::webhook {

/// One attempt to deliver a request. A plain value without secrets or payloads.
struct Delivery {
    enum class Outcome : std::uint8_t {
        Delivered,
        WillRetry,
        GivenUp, ///< Its events are lost.
    };

    std::uint64_t number = 0; ///< From 1, in the order of the log.
    WallTime at{};            ///< When the answer came, or was waited for no longer.
    std::string appId{};
    std::string target{}; ///< Its URL without credentials.
    Outcome outcome = Outcome::Delivered;
    int status = 0;        ///< 0 when there was no answer.
    std::string failure{}; ///< Why there was none.
    unsigned attempt = 1;
    std::size_t events = 0;
    std::size_t bytes = 0;
    std::chrono::milliseconds duration{};
};

/// The last thousand deliveries. Thread: any.
class DeliveryLog {
public:
    static constexpr std::size_t capacity = 1'000;

    /// `onAdd` learns of each delivery, on the thread that adds it.
    explicit DeliveryLog(std::function<void(const Delivery&)> onAdd = {}) : m_onAdd{std::move(onAdd)} {}

    void add(Delivery delivery);
    /// Those that are still there with a number above `number`.
    std::vector<Delivery> after(std::uint64_t number) const;

private:
    const std::function<void(const Delivery&)> m_onAdd;
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::uint64_t m_lastNumber = 0;
    std::deque<Delivery> m_deliveries;
};

} // namespace castdeck::webhook
