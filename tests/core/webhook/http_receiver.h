#pragma once

#include "core/base/http.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace castdeck::test {

/// A web server of a user's, on a thread: takes webhooks on a port of this machine, and remembers them. It closes each
/// connection after one request.
class HttpReceiver {
public:
    struct Received {
        http::Headers headers;
        std::string body;

        const std::string* header(std::string_view name) const { return http::find(headers, name); }
    };

    explicit HttpReceiver(std::uint16_t port = 0); ///< 0: a free one. port() is 0 when it cannot listen.
    ~HttpReceiver();
    HttpReceiver(const HttpReceiver&) = delete;
    HttpReceiver& operator=(const HttpReceiver&) = delete;

    std::uint16_t port() const noexcept { return m_port; }
    void answerWith(int status) { m_status = status; }
    /// Answers so many more requests, and takes the next without an answer until it is let go.
    void hangAfter(std::size_t requests);
    void letGo();
    std::vector<Received> received() const;

private:
    void run();
    void serve(int connection);

    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::atomic<int> m_status{200};
    std::atomic<bool> m_isEnding{false};
    std::atomic<bool> m_isHanging{false};
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::vector<Received> m_received;
    std::size_t m_hangsAfter = 0; ///< Of m_received, when it hangs.
    std::thread m_thread;
};

} // namespace castdeck::test
