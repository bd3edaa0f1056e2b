#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <cstdint>

namespace castdeck::test {

/// A Redis server of the test's own on a free port of 127.0.0.1, in a folder of its own.
class RedisServer {
public:
    /// `more` are further arguments. With `certificate` and `key` (PEM) it speaks TLS only.
    explicit RedisServer(const QStringList& more = {}, const QByteArray& certificate = {}, const QByteArray& key = {});
    ~RedisServer();

    /// False, and a warning, when it did not come up.
    bool isRunning() const { return m_isRunning; }
    std::uint16_t port() const { return m_port; }
    void stop(); ///< The port stays the same for the next start().
    void start();

private:
    QTemporaryDir m_folder;
    QStringList m_arguments;
    QProcess m_process;
    std::uint16_t m_port = 0;
    bool m_isRunning = false;
};

} // namespace castdeck::test
