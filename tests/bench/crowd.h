#pragma once

#include "tests/bench/ledger.h"
#include "tests/bench/subscriber.h"

#include <memory>
#include <vector>

namespace castdeck::bench {

/// N subscribers of one channel and the ledger of what they get.
class Crowd : public SubscriberOwner {
public:
    /// `window` and `dataBytes` as in Ledger.
    Crowd(Loop& loop, const Target& target, std::size_t size, std::size_t window, std::size_t dataBytes);

    /// Connects and subscribes all, a few at a time.
    void gather();
    const Ledger& ledger() const { return m_ledger; }
    std::uint64_t pingsAnswered() const;

    void subscribed(Subscriber& subscriber) override;
    bool received(Subscriber& subscriber, std::string_view text) override;
    void left(Subscriber& subscriber) override;

private:
    void addOne();

    Loop& m_loop;
    const Target& m_target;
    std::size_t m_size;
    std::size_t m_subscribed = 0;
    Ledger m_ledger;
    std::vector<std::unique_ptr<Subscriber>> m_subscribers;
};

} // namespace castdeck::bench
