#include "core/webhook/delivery_log.h"

#include <algorithm>
#include <utility>

namespace castdeck::webhook {

void DeliveryLog::add(Delivery delivery)
{
    const std::lock_guard lock{m_mutex};
    delivery.number = ++m_lastNumber;
    m_deliveries.push_back(std::move(delivery));
    if (m_deliveries.size() > capacity)
        m_deliveries.pop_front();
}

std::vector<Delivery> DeliveryLog::after(std::uint64_t number) const
{
    const std::lock_guard lock{m_mutex};
    const auto first = std::ranges::upper_bound(m_deliveries, number, {}, &Delivery::number);
    return {first, m_deliveries.end()};
}

} // namespace castdeck::webhook
