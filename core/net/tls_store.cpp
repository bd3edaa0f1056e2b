#include "core/net/tls_store.h"

#include <openssl/err.h>

#include <string>
#include <utility>

namespace castdeck::net {

namespace {

Error tlsError(const std::string& what)
{
    const auto code = ERR_peek_last_error();
    const char* reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return {ErrorKind::InvalidInput, what + ": " + (reason ? reason : "unknown TLS error")};
}

} // namespace

Result<void> TlsStore::load(const TlsFiles& files)
{
    ERR_clear_error();
    const std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (!context)
        return tlsError("TLS cannot be set up");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
        return tlsError("The TLS certificate " + files.certificate + " cannot be used");
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1)
        return tlsError("The TLS key " + files.key + " cannot be used");
    if (SSL_CTX_check_private_key(context.get()) != 1)
        return tlsError("The TLS key " + files.key + " does not belong to the certificate " + files.certificate);

    const std::lock_guard lock{m_mutex};
    m_context = context;
    return {};
}

SSL* TlsStore::createConnection() const
{
    return SSL_new(current().get());
}

std::shared_ptr<SSL_CTX> TlsStore::current() const
{
    const std::lock_guard lock{m_mutex};
    return m_context;
}

} // namespace castdeck::net
