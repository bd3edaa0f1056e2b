#pragma once

#include "tests/support/loopback_listener.h"

#include <QByteArray>
#include <QString>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>

namespace castdeck::test {

/// An HTTP server on 127.0.0.1 that gives every request the same bytes and keeps what it was asked. In a thread of its
/// own, because a test that runs a program has no event loop meanwhile.
class AnsweringServer {
public:
    /// `answer` as it goes out; empty: the connection is closed without a word.
    explicit AnsweringServer(QByteArray answer);
    ~AnsweringServer();
    AnsweringServer(const AnsweringServer&) = delete;
    AnsweringServer& operator=(const AnsweringServer&) = delete;

    /// A whole response with this body.
    static QByteArray response(int status, const QByteArray& body, const QByteArray& headers = {});

    QString url(const QString& path = QStringLiteral("/auth")) const;
    std::uint16_t port() const { return m_listener.port(); }
    /// Head and body of the latest request; empty when there was none.
    QByteArray request() const;

private:
    void run();
    void serve(int socket);

    const QByteArray m_answer;
    LoopbackListener m_listener;
    std::atomic<bool> m_isEnding = false;
    mutable std::mutex m_mutex; ///< Guards m_request.
    QByteArray m_request;
    std::thread m_thread;
};

} // namespace castdeck::test
