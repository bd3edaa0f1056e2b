#include "core/net/transport.h"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace castdeck::net {

namespace {

constexpr std::size_t tlsRecordBytes = SSL3_RT_MAX_PLAIN_LENGTH;

IoResult failure(IoStatus wouldBlock)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return {wouldBlock};
    return {IoStatus::Failed};
}

} // namespace

Transport::Transport(Socket socket, std::unique_ptr<SSL, SslDeleter> ssl)
    : m_socket{std::move(socket)}
    , m_ssl{std::move(ssl)}
{
    if (!m_ssl)
        return;
    SSL_set_fd(m_ssl.get(), m_socket.native_handle());
    SSL_set_accept_state(m_ssl.get());
}

IoResult Transport::read(std::span<char> buffer)
{
    if (m_ssl) {
        ERR_clear_error();
        std::size_t bytes = 0;
        const int result = SSL_read_ex(m_ssl.get(), buffer.data(), buffer.size(), &bytes);
        return result == 1 ? IoResult{IoStatus::Done, bytes} : tlsResult(result);
    }
    const auto bytes = ::recv(m_socket.native_handle(), buffer.data(), buffer.size(), 0);
    if (bytes > 0)
        return {IoStatus::Done, static_cast<std::size_t>(bytes)};
    return bytes == 0 ? IoResult{IoStatus::Ended} : failure(IoStatus::NeedsRead);
}

IoResult Transport::write(std::string_view bytes)
{
    if (m_ssl) {
        ERR_clear_error();
        std::size_t taken = 0;
        const int result = SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &taken);
        m_committedBytes = result == 1 ? 0 : std::min(bytes.size(), tlsRecordBytes);
        return result == 1 ? IoResult{IoStatus::Done, taken} : tlsResult(result);
    }
    const auto taken = ::send(m_socket.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return taken >= 0 ? IoResult{IoStatus::Done, static_cast<std::size_t>(taken)} : failure(IoStatus::NeedsWrite);
}

IoResult Transport::tlsResult(int result)
{
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ: return {IoStatus::NeedsRead};
    case SSL_ERROR_WANT_WRITE: return {IoStatus::NeedsWrite};
    case SSL_ERROR_ZERO_RETURN: return {IoStatus::Ended};
    default: m_isBroken = true; return {IoStatus::Failed};
    }
}

void Transport::shutdownWrite()
{
    if (m_ssl && !m_isBroken && SSL_is_init_finished(m_ssl.get())) {
        ERR_clear_error();
        SSL_shutdown(m_ssl.get());
    }
    ::shutdown(m_socket.native_handle(), SHUT_WR);
}

void Transport::close()
{
    boost::system::error_code ignored;
    m_socket.close(ignored);
    m_ssl.reset();
}

} // namespace castdeck::net
