#pragma once

#include "tests/support/socket.h"

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace castdeck::test {

/// A self-signed certificate for `name`, and its key, as PEM files.
void writeCertificate(const std::string& name, const std::string& certificateFile, const std::string& keyFile);
/// A private key that a passphrase protects.
void writeLockedKey(const std::string& keyFile);

/// A blocking TLS connection that trusts anyone. Thread: the test's own.
class TlsClient {
public:
    /// Offers nothing above `maxVersion`.
    explicit TlsClient(std::uint16_t port, int maxVersion = TLS1_3_VERSION);

    bool isOpen() const { return m_isOpen; } ///< The TLS handshake has succeeded.
    std::string peerName() const;            ///< The common name in the server's certificate.
    bool send(std::string_view bytes);
    /// Reads until `text` is that long; false when the connection ends before.
    bool receive(std::string& text, std::size_t bytes);
    /// Reads until `text` ends so.
    bool receiveUntil(std::string& text, std::string_view end);

private:
    struct Deleter {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    bool readSome(std::string& text);

    Socket m_socket;
    std::unique_ptr<SSL_CTX, Deleter> m_context;
    std::unique_ptr<SSL, Deleter> m_ssl;
    bool m_isOpen = false;
};

} // namespace castdeck::test
