#include "tests/bench/crowd.h"

#include <algorithm>

namespace castdeck::bench {

namespace {

constexpr std::size_t connectingAtOnce = 64;
constexpr std::size_t otherDescriptors = 64;

} // namespace

Crowd::Crowd(Loop& loop, const Target& target, std::size_t size, std::size_t window, std::size_t dataBytes)
    : m_loop{loop}
    , m_target{target}
    , m_size{size}
    , m_ledger{size, window, dataBytes}
{
    reserveDescriptors(size + otherDescriptors);
    m_subscribers.reserve(size);
}

void Crowd::gather()
{
    while (m_subscribers.size() < std::min(m_size, connectingAtOnce))
        addOne();
    m_loop.runUntil([this] { return m_subscribed == m_size; }, [this] { return m_subscribed; }, "subscriptions");
}

std::uint64_t Crowd::pingsAnswered() const
{
    std::uint64_t pings = 0;
    for (const auto& subscriber : m_subscribers)
        pings += subscriber->pingsAnswered();
    return pings;
}

void Crowd::subscribed(Subscriber&)
{
    ++m_subscribed;
    if (m_subscribers.size() < m_size)
        addOne();
}

bool Crowd::received(Subscriber& subscriber, std::string_view text)
{
    return m_ledger.record(subscriber.index(), text);
}

void Crowd::left(Subscriber& subscriber)
{
    fail("connection " + std::to_string(subscriber.index()) + " was closed");
}

void Crowd::addOne()
{
    m_subscribers.push_back(std::make_unique<Subscriber>(m_loop, m_target, *this, m_subscribers.size()));
}

} // namespace castdeck::bench
