#pragma once

#include "core/base/clock.h"
#include "core/broadcast/report.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace castdeck::broadcast {

/// Ends the waits of a SocketStream from another thread, for good. Thread: any.
class WakeUp {
public:
    WakeUp();
    ~WakeUp();
    WakeUp(const WakeUp&) = delete;
    WakeUp& operator=(const WakeUp&) = delete;

    void signal() const;
    int descriptor() const noexcept { return m_descriptors[0]; }

private:
    int m_descriptors[2] = {-1, -1};
};

/// An outgoing TCP or TLS connection whose calls block, but never beyond their deadline (looking up a name may).
///
/// Thread: one. Errors: unreachable, timeout or tls, with a sentence; the connection is closed then.
class SocketStream {
public:
    struct Address {
        std::string host;
        std::uint16_t port = 0;
        bool usesTls = false; ///< The certificate must be trusted by the system and fit the host.
    };

    explicit SocketStream(const WakeUp& wakeUp);
    ~SocketStream();
    SocketStream(const SocketStream&) = delete;
    SocketStream& operator=(const SocketStream&) = delete;

    Failure open(const Address& address, SteadyTime deadline);
    Failure send(std::string_view bytes, SteadyTime deadline);
    /// Appends what has come, at least one byte.
    Failure receive(std::string& bytes, SteadyTime deadline);
    void close();

    bool isOpen() const noexcept { return m_descriptor >= 0; }
    /// Whether the peer has closed it, or said something unasked, since the last call.
    bool isStale();

private:
    struct Tls;

    Failure connect(const Address& address, SteadyTime deadline);
    Failure startTls(const std::string& host, SteadyTime deadline);
    Failure tlsFailure(const char* what);
    Failure sendRaw(std::string_view bytes, SteadyTime deadline);
    Failure receiveRaw(std::string& bytes, SteadyTime deadline);
    Failure flushTls(SteadyTime deadline);
    Failure feedTls(SteadyTime deadline);
    Failure wait(short events, SteadyTime deadline);

    const WakeUp& m_wakeUp;
    int m_descriptor = -1;
    std::unique_ptr<Tls> m_tls; ///< Null on a plain connection.
};

} // namespace castdeck::broadcast
