#include "core/webhook/delivery_log.h"

#include <algorithm>

namespace castdeck::webhook {

void DeliveryLog::add(Delivery delivery)
{
    {
        const std::lock_guard lock{m_mutex};
        delivery.number = ++m_lastNumber;
        m_deliveries.push_back(delivery);
        if (m_deliveries.size() > capacity)
            m_deliveries.pop_front();
    }
    if (m_onAdd)
        m_onAdd(delivery);
}

std::vector<Delivery> DeliveryLog::after(std::uint64_t number) const
{
    const std::lock_guard lock{m_mutex};
    const auto first = std::ranges::upper_bound(m_deliveries, number, {}, &Delivery::number);
    return {first, m_deliveries.end()};
}

} // namespace castdeck::webhook
