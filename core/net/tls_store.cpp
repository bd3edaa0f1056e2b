#include "core/net/tls_store.h"

#include <openssl/err.h>
#include <openssl/x509err.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

namespace castdeck::net {

namespace {

/// OpenSSL's first complaint is the cause; those that follow only say where it happened.
Error tlsError(const std::string& what)
{
    const auto code = ERR_peek_error();
    const char* reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return {ErrorKind::InvalidInput, what + ": " + (reason ? reason : "unknown TLS error")};
}

/// Why the file cannot be read at all, which OpenSSL does not say in words for people.
std::optional<std::string> readFault(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return "it is a folder";
    if (std::ifstream{path})
        return {};
    return std::strerror(errno);
}

/// The server has no terminal to ask at, and a question would hold up its start.
int refusePassphrase(char*, int, int, void* wasAsked)
{
    *static_cast<bool*>(wasAsked) = true;
    return -1;
}

Result<void> useCertificate(SSL_CTX* context, const std::string& path)
{
    const std::string what = "The TLS certificate " + path + " cannot be used";
    if (const auto fault = readFault(path))
        return Error{ErrorKind::InvalidInput, what + ": " + *fault};
    if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1)
        return {};
    if (ERR_GET_REASON(ERR_peek_last_error()) != ERR_R_PEM_LIB)
        return tlsError(what);
    ERR_clear_error();
    return Error{ErrorKind::InvalidInput, what + ": it holds no certificate in PEM form"};
}

Result<void> useKey(SSL_CTX* context, const TlsFiles& files)
{
    const std::string what = "The TLS key " + files.key;
    if (const auto fault = readFault(files.key))
        return Error{ErrorKind::InvalidInput, what + " cannot be used: " + *fault};
    bool wasAsked = false;
    SSL_CTX_set_default_passwd_cb(context, refusePassphrase);
    SSL_CTX_set_default_passwd_cb_userdata(context, &wasAsked);
    const bool isUsed = SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) == 1;
    SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
    if (isUsed)
        return {};
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (wasAsked)
        return Error{ErrorKind::InvalidInput, what + " is encrypted; give one without a passphrase"};
    if (ERR_GET_LIB(code) == ERR_LIB_X509 && ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH)
        return Error{ErrorKind::InvalidInput, what + " does not belong to the certificate " + files.certificate};
    return Error{ErrorKind::InvalidInput, what + " cannot be used: it holds no private key in PEM form"};
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
    if (auto used = useCertificate(context.get(), files.certificate); !used)
        return used;
    if (auto used = useKey(context.get(), files); !used)
        return used;

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
