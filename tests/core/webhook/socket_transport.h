#pragma once

#include "core/webhook/transport.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace castdeck::test {

/// Posts to web servers of this machine, one request after the other on a thread of its own.
class SocketTransport final : public webhook::Transport {
public:
    SocketTransport();
    ~SocketTransport() override; ///< What has not been sent is not sent any more.

    void post(webhook::TransportRequest request, Done done) override;

private:
    void run();

    std::mutex m_mutex; ///< Guards m_waiting and m_isEnding.
    std::condition_variable m_changed;
    std::deque<std::pair<webhook::TransportRequest, Done>> m_waiting;
    bool m_isEnding = false;
    std::thread m_thread;
};

} // namespace castdeck::test
