#include "tests/core/net/tls_client.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cstdio>

namespace castdeck::test {

namespace {

constexpr long dayInSeconds = 86'400;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File openFile(const std::string& path)
{
    return {std::fopen(path.c_str(), "w"), std::fclose};
}

} // namespace

void writeCertificate(const std::string& name, const std::string& certificateFile, const std::string& keyFile)
{
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    const std::unique_ptr<X509, void (*)(X509*)> certificate{X509_new(), X509_free};
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -dayInSeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), dayInSeconds);
    X509_set_pubkey(certificate.get(), key.get());
    auto* const subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    PEM_write_X509(openFile(certificateFile).get(), certificate.get());
    PEM_write_PrivateKey(openFile(keyFile).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

void writeLockedKey(const std::string& keyFile)
{
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    PEM_write_PrivateKey(openFile(keyFile).get(), key.get(), EVP_aes_256_cbc(),
                         reinterpret_cast<const unsigned char*>("words"), 5, nullptr, nullptr);
}

TlsClient::TlsClient(std::uint16_t port, int maxVersion) : m_socket{port}, m_context{SSL_CTX_new(TLS_client_method())}
{
    const timeval time{10, 0};
    ::setsockopt(m_socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(m_socket.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    SSL_CTX_set_security_level(m_context.get(), 0); // Old versions must be refused by the server.
    SSL_CTX_set_min_proto_version(m_context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(m_context.get(), maxVersion);
    m_ssl.reset(SSL_new(m_context.get()));
    SSL_set_fd(m_ssl.get(), m_socket.descriptor());
    m_isOpen = SSL_connect(m_ssl.get()) == 1;
}

std::string TlsClient::peerName() const
{
    const std::unique_ptr<X509, void (*)(X509*)> certificate{SSL_get1_peer_certificate(m_ssl.get()), X509_free};
    std::array<char, 256> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                              static_cast<int>(name.size()));
    return name.data();
}

bool TlsClient::send(std::string_view bytes)
{
    std::size_t written = 0;
    return SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &written) == 1 && written == bytes.size();
}

bool TlsClient::readSome(std::string& text)
{
    std::array<char, 16'384> buffer;
    std::size_t bytes = 0;
    if (SSL_read_ex(m_ssl.get(), buffer.data(), buffer.size(), &bytes) != 1)
        return false;
    text.append(buffer.data(), bytes);
    return true;
}

bool TlsClient::receive(std::string& text, std::size_t bytes)
{
    while (text.size() < bytes) {
        if (!readSome(text))
            return false;
    }
    return true;
}

bool TlsClient::receiveUntil(std::string& text, std::string_view end)
{
    while (!text.ends_with(end)) {
        if (!readSome(text))
            return false;
    }
    return true;
}

} // namespace castdeck::test
