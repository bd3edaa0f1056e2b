#pragma once

#include "tests/support/loopback_listener.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace castdeck::test {

/// Accepts connections on 127.0.0.1 and answers the first bytes of each with the same text, whatever they are.
class OddServer {
public:
    enum class Then { KeepOpen, Close };

    explicit OddServer(std::string answer, Then then = Then::KeepOpen);
    ~OddServer();
    OddServer(const OddServer&) = delete;
    OddServer& operator=(const OddServer&) = delete;

    std::uint16_t port() const { return m_listener.port(); }
    int connections() const { return m_connections; }

private:
    void run();

    const std::string m_answer;
    const Then m_then;
    LoopbackListener m_listener;
    std::atomic<bool> m_isEnding = false;
    std::atomic<int> m_connections = 0;
    std::thread m_thread;
};

} // namespace castdeck::test
