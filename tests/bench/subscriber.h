#pragma once

#include "tests/bench/loop.h"
#include "tests/bench/target.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace castdeck::bench {

class Subscriber;

/// Who owns the subscribers.
class SubscriberOwner {
public:
    virtual ~SubscriberOwner() = default;
    virtual void subscribed(Subscriber& subscriber) = 0;
    /// False when the text is not an event of the run.
    virtual bool received(Subscriber& subscriber, std::string_view text) = 0;
    /// The close handshake that leave() began is complete and the socket is closed.
    virtual void left(Subscriber& subscriber) = 0;
};

/// One WebSocket client: connects, subscribes to the target's channel, answers pings. Anything that a healthy server
/// would not do ends the program.
class Subscriber : public Watched {
public:
    Subscriber(Loop& loop, const Target& target, SubscriberOwner& owner, std::size_t index);
    /// Resets the connection, so that thousands leave no ports in TIME_WAIT.
    ~Subscriber() override;
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    std::size_t index() const { return m_index; }
    Clock::time_point startedAt() const { return m_startedAt; }
    std::uint64_t pingsAnswered() const { return m_pingsAnswered; }

    /// Sends a close frame.
    void leave();

    void ready(std::uint32_t epollEvents) override;

private:
    enum class Stage { Connecting, Upgrading, Greeting, Subscribing, Subscribed, Leaving, Left };

    void sendUpgrade();
    void send(std::string_view bytes) const;
    void sendFrame(unsigned char opcode, std::string_view payload) const;
    void read();
    std::size_t consume(std::string_view input);
    std::size_t consumeUpgradeAnswer(std::string_view input);
    std::size_t consumeFrame(std::string_view input);
    void handleFrame(unsigned char opcode, std::string_view payload);
    void handleText(std::string_view text);
    void finish();

    Loop& m_loop;
    const Target& m_target;
    SubscriberOwner& m_owner;
    std::size_t m_index;
    Clock::time_point m_startedAt = Clock::now();
    std::uint64_t m_pingsAnswered = 0;
    std::string m_input; ///< The beginning of a message whose rest has not arrived.
    int m_socket;
    Stage m_stage = Stage::Connecting;
};

} // namespace castdeck::bench
