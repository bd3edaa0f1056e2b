#include "tests/core/broadcast/redis_server.h"

#include "tests/support/socket.h"

#include <QDebug>
#include <QFile>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace castdeck::test {

namespace {

std::uint16_t freePort()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

void write(const QString& path, const QByteArray& content)
{
    QFile file{path};
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qWarning() << "cannot write" << path;
}

/// Debian's redis-server package starts a service when it is installed; redis-tools brings the same program and starts
/// nothing. The name by which the program is called decides what it does.
QString programIn(const QTemporaryDir& folder)
{
    const QString program = folder.filePath("redis-server");
    QFile::link("/usr/bin/redis-check-rdb", program);
    return program;
}

} // namespace

RedisServer::RedisServer(const QStringList& more, const QByteArray& certificate, const QByteArray& key)
    : m_port{freePort()}
{
    const QString port = QString::number(m_port);
    m_arguments =
        QStringList{"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", m_folder.path()} + more;
    if (certificate.isEmpty()) {
        m_arguments += {"--port", port};
    } else {
        write(m_folder.filePath("certificate.pem"), certificate);
        write(m_folder.filePath("key.pem"), key);
        m_arguments += {"--port", "0", "--tls-port", port, "--tls-auth-clients", "no"};
        m_arguments += {"--tls-cert-file", m_folder.filePath("certificate.pem")};
        m_arguments += {"--tls-key-file", m_folder.filePath("key.pem")};
    }
    start();
}

RedisServer::~RedisServer()
{
    stop();
}

void RedisServer::start()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(programIn(m_folder), m_arguments);
    QByteArray output;
    const SteadyTime deadline = Socket::inTime();
    while (!output.contains("Ready to accept connections") && std::chrono::steady_clock::now() < deadline) {
        if (!m_process.waitForReadyRead(1'000) && m_process.state() == QProcess::NotRunning)
            break;
        output += m_process.readAll();
    }
    m_isRunning = output.contains("Ready to accept connections");
    if (!m_isRunning)
        qWarning() << "redis-server did not start:" << m_process.errorString() << output;
}

void RedisServer::stop()
{
    m_process.kill();
    m_process.waitForFinished();
    m_isRunning = false;
}

} // namespace castdeck::test
