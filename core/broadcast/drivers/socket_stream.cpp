#include "core/broadcast/drivers/socket_stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace castdeck::broadcast {

namespace {

constexpr const char* closedByServer = "the server closed the connection";

std::string systemText(int number)
{
    return std::generic_category().message(number);
}

void setNonBlocking(int descriptor)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

template <auto Function> struct Free {
    template <class T> void operator()(T* pointer) const { Function(pointer); }
};

using Addresses = std::unique_ptr<addrinfo, Free<::freeaddrinfo>>;

} // namespace

WakeUp::WakeUp()
{
    if (::pipe(m_descriptors) == 0) {
        setNonBlocking(m_descriptors[0]);
        setNonBlocking(m_descriptors[1]);
    }
}

WakeUp::~WakeUp()
{
    ::close(m_descriptors[0]);
    ::close(m_descriptors[1]);
}

void WakeUp::signal() const
{
    // Never read, so that every later wait ends as well. A full pipe has been signalled already.
    [[maybe_unused]] const auto written = ::write(m_descriptors[1], "x", 1);
}

/// Two memory buffers between OpenSSL and the socket: what is sent goes through ::send, which can be kept from raising
/// SIGPIPE.
struct SocketStream::Tls {
    std::unique_ptr<SSL_CTX, Free<::SSL_CTX_free>> context{::SSL_CTX_new(::TLS_client_method())};
    std::unique_ptr<SSL, Free<::SSL_free>> session;
    BIO* incoming = nullptr; ///< Both belong to the session.
    BIO* outgoing = nullptr;
};

SocketStream::SocketStream(const WakeUp& wakeUp) : m_wakeUp{wakeUp} {}

SocketStream::~SocketStream()
{
    close();
}

void SocketStream::close()
{
    m_tls.reset();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

bool SocketStream::isStale()
{
    std::array<char, 16'384> buffer;
    for (;;) {
        const auto count = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count < 0)
            return errno != EAGAIN;
        if (count == 0 || !m_tls)
            return true;
        // TLS has things of its own to say, such as tickets for the next session.
        ::BIO_write(m_tls->incoming, buffer.data(), static_cast<int>(count));
        ::ERR_clear_error();
        const int read = ::SSL_read(m_tls->session.get(), buffer.data(), 1);
        if (read > 0 || ::SSL_get_error(m_tls->session.get(), read) != SSL_ERROR_WANT_READ)
            return true;
    }
}

Failure SocketStream::open(const Address& address, SteadyTime deadline)
{
    close();
    Failure failure = connect(address, deadline);
    if (!failure.isFailure() && address.usesTls)
        failure = startTls(address.host, deadline);
    if (failure.isFailure())
        close();
    return failure;
}

Failure SocketStream::connect(const Address& address, SteadyTime deadline)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const std::string port = std::to_string(address.port);
    if (const int error = ::getaddrinfo(address.host.c_str(), port.c_str(), &hints, &list); error != 0)
        return {Code::Unreachable, std::string{"the host cannot be found: "} + ::gai_strerror(error)};
    const Addresses addresses{list};
    Failure last{Code::Unreachable, "the host has no address"};
    for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
        close();
        m_descriptor = ::socket(each->ai_family, SOCK_STREAM, 0);
        if (m_descriptor < 0)
            continue;
        setNonBlocking(m_descriptor);
        int error = ::connect(m_descriptor, each->ai_addr, each->ai_addrlen) == 0 ? 0 : errno;
        if (error == EINPROGRESS) {
            last = wait(POLLOUT, deadline);
            if (last.isFailure())
                return last;
            socklen_t size = sizeof error;
            ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        }
        if (error == 0) {
            const int on = 1;
            ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return {};
        }
        last = {Code::Unreachable, systemText(error)};
    }
    return last;
}

Failure SocketStream::startTls(const std::string& host, SteadyTime deadline)
{
    m_tls = std::make_unique<Tls>();
    ::SSL_CTX_set_min_proto_version(m_tls->context.get(), TLS1_2_VERSION);
    ::SSL_CTX_set_verify(m_tls->context.get(), SSL_VERIFY_PEER, nullptr);
    ::SSL_CTX_set_default_verify_paths(m_tls->context.get());
    m_tls->session.reset(::SSL_new(m_tls->context.get()));
    SSL* session = m_tls->session.get();
    m_tls->incoming = ::BIO_new(::BIO_s_mem());
    m_tls->outgoing = ::BIO_new(::BIO_s_mem());
    ::SSL_set_bio(session, m_tls->incoming, m_tls->outgoing);
    if (::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(session), host.c_str()) != 1) {
        ::SSL_set1_host(session, host.c_str());
        ::SSL_set_tlsext_host_name(session, host.c_str());
    }
    for (;;) {
        ::ERR_clear_error();
        const int result = ::SSL_connect(session);
        const int reason = ::SSL_get_error(session, result);
        if (Failure failure = flushTls(deadline); failure.isFailure())
            return failure;
        if (result == 1)
            return {};
        if (reason != SSL_ERROR_WANT_READ)
            return tlsFailure("the TLS handshake failed");
        Failure failure = feedTls(deadline);
        if (failure.code == Code::Timeout)
            failure.text += " to the TLS handshake; does the server speak TLS?";
        // A peer that hangs up within the handshake wants no TLS, or not ours.
        else if (failure.text == closedByServer)
            failure = {Code::Tls, "the server closed the connection in the TLS handshake"};
        if (failure.isFailure())
            return failure;
    }
}

Failure SocketStream::tlsFailure(const char* what)
{
    std::string text = what;
    if (const long verdict = ::SSL_get_verify_result(m_tls->session.get()); verdict != X509_V_OK) {
        text = text + ": " + ::X509_verify_cert_error_string(verdict);
    } else if (const auto error = ::ERR_peek_last_error(); error != 0) {
        const char* reason = ::ERR_reason_error_string(error);
        text = text + ": " + (reason == nullptr ? "unknown reason" : reason);
    }
    close();
    return {Code::Tls, text};
}

Failure SocketStream::send(std::string_view bytes, SteadyTime deadline)
{
    if (!m_tls)
        return sendRaw(bytes, deadline);
    while (!bytes.empty()) {
        // Slices keep OpenSSL's buffer small.
        const std::string_view slice = bytes.substr(0, 16'384);
        ::ERR_clear_error();
        if (::SSL_write(m_tls->session.get(), slice.data(), static_cast<int>(slice.size())) <= 0)
            return tlsFailure("the TLS connection broke");
        bytes.remove_prefix(slice.size());
        if (Failure failure = flushTls(deadline); failure.isFailure())
            return failure;
    }
    return {};
}

Failure SocketStream::receive(std::string& bytes, SteadyTime deadline)
{
    if (!m_tls)
        return receiveRaw(bytes, deadline);
    for (;;) {
        std::array<char, 16'384> buffer;
        ::ERR_clear_error();
        const int count = ::SSL_read(m_tls->session.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (count > 0) {
            bytes.append(buffer.data(), static_cast<std::size_t>(count));
            return {};
        }
        const int reason = ::SSL_get_error(m_tls->session.get(), count);
        if (reason == SSL_ERROR_ZERO_RETURN) {
            close();
            return {Code::Unreachable, closedByServer};
        }
        if (reason != SSL_ERROR_WANT_READ)
            return tlsFailure("the TLS connection broke");
        if (Failure failure = feedTls(deadline); failure.isFailure())
            return failure;
    }
}

/// Sends what OpenSSL has made.
Failure SocketStream::flushTls(SteadyTime deadline)
{
    std::array<char, 16'384> buffer;
    int count = 0;
    while ((count = ::BIO_read(m_tls->outgoing, buffer.data(), static_cast<int>(buffer.size()))) > 0) {
        if (Failure failure = sendRaw({buffer.data(), static_cast<std::size_t>(count)}, deadline); failure.isFailure())
            return failure;
    }
    return {};
}

/// Hands OpenSSL what has come.
Failure SocketStream::feedTls(SteadyTime deadline)
{
    std::string bytes;
    if (Failure failure = receiveRaw(bytes, deadline); failure.isFailure())
        return failure;
    ::BIO_write(m_tls->incoming, bytes.data(), static_cast<int>(bytes.size()));
    return {};
}

Failure SocketStream::sendRaw(std::string_view bytes, SteadyTime deadline)
{
    while (!bytes.empty()) {
        const auto count = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (const int error = errno; error == EAGAIN) {
            if (Failure failure = wait(POLLOUT, deadline); failure.isFailure())
                return failure;
        } else if (error != EINTR) {
            close();
            return {Code::Unreachable, systemText(error)};
        }
    }
    return {};
}

Failure SocketStream::receiveRaw(std::string& bytes, SteadyTime deadline)
{
    std::array<char, 16'384> buffer;
    for (;;) {
        if (Failure failure = wait(POLLIN, deadline); failure.isFailure())
            return failure;
        const auto count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (count > 0) {
            bytes.append(buffer.data(), static_cast<std::size_t>(count));
            return {};
        }
        const int error = errno;
        if (count < 0 && (error == EAGAIN || error == EINTR))
            continue;
        close();
        return {Code::Unreachable, count == 0 ? std::string{closedByServer} : systemText(error)};
    }
}

Failure SocketStream::wait(short events, SteadyTime deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        std::array<pollfd, 2> states{pollfd{m_descriptor, events, 0}, pollfd{m_wakeUp.descriptor(), POLLIN, 0}};
        const int count = left.count() <= 0 ? 0 : ::poll(states.data(), states.size(), static_cast<int>(left.count()));
        if (count < 0 && errno == EINTR)
            continue;
        if (states[1].revents != 0) {
            close();
            return {Code::Unreachable, "the send was given up"};
        }
        if (count <= 0) {
            close();
            return {Code::Timeout, "no answer in time"};
        }
        return {};
    }
}

} // namespace castdeck::broadcast
