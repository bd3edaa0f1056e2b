#pragma once

#include "tests/bench/loop.h"
#include "tests/bench/target.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace castdeck::bench {

/// `POST /apps/ID/events` with the event "bench", ready to be written to a socket.
/// Source: Pusher docs, "HTTP API", sections "POST event" and "Authentication".
std::string signedEventRequest(const Target& target, std::string_view data);

/// One keep-alive connection that sends requests without waiting for the answers (pipelining).
/// Anything but 200 ends the program.
class HttpClient : public Watched {
public:
    HttpClient(Loop& loop, const Target& target, std::function<void()> onAnswer);
    ~HttpClient() override;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    void queue(std::string_view request);
    /// Writes what is queued; the loop sends what the socket does not take.
    void flush();
    std::uint64_t answered() const { return m_answered; }

    void ready(std::uint32_t epollEvents) override;

private:
    void read();
    std::size_t consumeAnswer(std::string_view input) const;

    Loop& m_loop;
    std::function<void()> m_onAnswer;
    int m_socket;
    bool m_waitsForRoom = true; ///< Until it is connected, and whenever the socket is full.
    std::string m_output;
    std::string m_input;
    std::uint64_t m_answered = 0;
};

} // namespace castdeck::bench
