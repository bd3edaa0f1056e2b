#pragma once

#include "core/base/outgoing.h"
#include "core/remote/http_client.h"

#include <QList>
#include <QSslCertificate>
#include <QThread>

#include <functional>
#include <memory>
#include <mutex>

namespace castdeck::remote {

/// The way to an HttpThread, for whoever may live longer than it does.
///
/// Thread: any. Every call returns at once.
class HttpSender {
public:
    using Done = std::function<void(http::Answer)>;
    using Task = std::function<void(HttpClient&)>;

    /// `done` is called exactly once: on the HTTP thread, or, when that has ended, with Unreachable on the caller's.
    void send(http::OutgoingRequest request, Done done);

    /// Runs `task` on the HTTP thread. When that has ended, or ends before, `task` is destroyed instead: what somebody
    /// waits for has to sit in a broadcast::once() within it.
    void post(Task task);

private:
    friend class HttpThread;
    void open(HttpClient* client);

    std::mutex m_mutex;             ///< Guards m_client, and its life.
    HttpClient* m_client = nullptr; ///< Null before the thread has begun and when it ends.
};

/// A thread with an event loop that sends HTTP requests.
///
/// Needs a QCoreApplication object in the program, which must exist before the first HttpThread and outlive the last;
/// its exec() need not run. A program that waits for signals itself, such as `castdeck-cli serve`, makes both after it
/// has blocked its signals, since threads inherit what is blocked.
///
/// Ownership: the destructor ends the thread and waits for it, a few milliseconds; it must not run on the thread
/// itself, so never let an answer own this. Every `done` that is still owed is called with Unreachable before the
/// destructor returns. What keeps a sender() after that gets Unreachable as well.
class HttpThread {
public:
    /// `trusted`: certificates accepted besides those of the system.
    explicit HttpThread(const QList<QSslCertificate>& trusted = {});
    ~HttpThread();
    HttpThread(const HttpThread&) = delete;
    HttpThread& operator=(const HttpThread&) = delete;

    const std::shared_ptr<HttpSender>& sender() const noexcept { return m_sender; }

private:
    std::shared_ptr<HttpSender> m_sender = std::make_shared<HttpSender>();
    std::unique_ptr<QThread> m_thread;
};

} // namespace castdeck::remote
