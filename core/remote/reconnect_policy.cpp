#include "core/remote/reconnect_policy.h"

#include "core/base/crypto.h"

#include <algorithm>

namespace castdeck::remote {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longestDelay = 30s;

/// 0, 1, 2, 4 … 30 s
std::chrono::milliseconds delayAfter(unsigned failures)
{
    if (failures == 0)
        return 0s;
    return std::min(longestDelay, std::chrono::milliseconds{1s * (1U << std::min(failures - 1, 6U))});
}

} // namespace

ReconnectPolicy::ReconnectPolicy() : m_randomBelow{&randomBelow} {}

NextStep ReconnectPolicy::after(int closeCode, bool isTls)
{
    if (closeCode == 4000 && !isTls)
        return {NextStep::Action::RetryWithTls, 0ms};
    if (closeCode >= 4000 && closeCode <= 4099)
        return {NextStep::Action::Stop, 0ms};
    const std::chrono::milliseconds delay = spread(delayAfter(m_failures));
    ++m_failures;
    const bool mayReturnAtOnce = closeCode >= 4200 && closeCode <= 4299;
    return {NextStep::Action::Retry, mayReturnAtOnce ? delay : std::max<std::chrono::milliseconds>(delay, 1s)};
}

/// ± 20 %
std::chrono::milliseconds ReconnectPolicy::spread(std::chrono::milliseconds delay) const
{
    const auto width = static_cast<unsigned>(delay.count()) * 2 / 5;
    return width == 0
               ? delay
               : delay - std::chrono::milliseconds{width / 2} + std::chrono::milliseconds{m_randomBelow(width + 1)};
}

} // namespace castdeck::remote
