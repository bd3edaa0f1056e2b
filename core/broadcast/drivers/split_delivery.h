#pragma once

#include "core/broadcast/driver.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace castdeck::broadcast {

/// The delivery of a send in which some channels are refused before the network is used: good ones go out beside bad
/// ones, and every entry keeps its place.
class SplitDelivery {
public:
    using Check = std::function<Failure(const std::string& channel)>;

    SplitDelivery(const std::vector<std::string>& channels, const Check& check);

    const std::vector<std::string>& accepted() const noexcept { return m_accepted; }
    /// What became of the accepted channel with this index. Notes made before are kept.
    void set(std::size_t index, Entry entry);
    void failRest(std::size_t first, const Failure& failure, int remoteStatus = 0);
    void note(std::size_t index, std::string text);
    void addExchange(Exchange exchange) { m_delivery.exchanges.push_back(std::move(exchange)); }

    const Delivery& delivery() const noexcept { return m_delivery; }

private:
    Delivery m_delivery;
    std::vector<std::string> m_accepted;
    std::vector<std::size_t> m_places; ///< Of each accepted one among the entries.
};

} // namespace castdeck::broadcast
