#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace castdeck::net {

struct SslDeleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

enum class IoStatus : std::uint8_t {
    Done,
    NeedsRead,  ///< Try again when the socket is readable,
    NeedsWrite, ///< or writable.
    Ended,      ///< The peer has finished sending.
    Failed,     ///< The connection is broken.
};

struct IoResult {
    IoStatus status;
    std::size_t bytes = 0;
};

/// A non-blocking stream to one client, plain or TLS.
///
/// Thread: the connection's worker. Ownership: closes the socket.
class Transport {
public:
    using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

    /// Without `ssl` the stream is plain. The TLS handshake happens within the first reads.
    Transport(Socket socket, std::unique_ptr<SSL, SslDeleter> ssl);

    IoResult read(std::span<char> buffer);
    IoResult write(std::string_view bytes);
    void shutdownWrite();
    void close();

    Socket& socket() { return m_socket; }
    bool isOpen() const { return m_socket.is_open(); }
    bool isTls() const { return m_ssl != nullptr; }
    bool isHandshaking() const { return m_ssl && !SSL_is_init_finished(m_ssl.get()); }
    /// How many of the bytes last offered to write() are in a TLS record that waits for the socket: they must be
    /// offered again first.
    std::size_t committedBytes() const { return m_committedBytes; }

private:
    IoResult tlsResult(int result);

    Socket m_socket;
    std::unique_ptr<SSL, SslDeleter> m_ssl;
    std::size_t m_committedBytes = 0;
    bool m_isBroken = false; ///< After a fatal TLS error SSL_shutdown() must not be called.
};

} // namespace castdeck::net
