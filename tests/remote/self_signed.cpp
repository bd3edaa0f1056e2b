#include "tests/remote/self_signed.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <initializer_list>
#include <memory>

namespace castdeck::test {

namespace {

template <auto Free> struct Deleter {
    template <typename T> void operator()(T* object) const { Free(object); }
};

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

QByteArray textOf(BIO* memory)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return QByteArray{data, static_cast<qsizetype>(size)};
}

void addExtension(X509* certificate, int kind, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// Of that name and with a key of its own; not signed yet.
Certificate makeCertificate(const char* name, long serial, EVP_PKEY* key)
{
    Certificate certificate{X509_new()};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuersKey)
{
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    X509_sign(certificate, issuersKey, EVP_sha256());
}

SelfSigned textsOf(std::initializer_list<X509*> chain, EVP_PKEY* key)
{
    const Memory certificates{BIO_new(BIO_s_mem())};
    const Memory keyText{BIO_new(BIO_s_mem())};
    for (X509* certificate : chain)
        PEM_write_bio_X509(certificates.get(), certificate);
    PEM_write_bio_PrivateKey(keyText.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return {textOf(certificates.get()), textOf(keyText.get())};
}

} // namespace

SelfSigned makeSelfSigned()
{
    const Key key{EVP_EC_gen("P-256")};
    const Certificate certificate = makeCertificate("localhost", 1, key.get());
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    sign(certificate.get(), certificate.get(), key.get());
    return textsOf({certificate.get()}, key.get());
}

SelfSigned makeSignedBy(const char* authority)
{
    const Key authorityKey{EVP_EC_gen("P-256")};
    const Certificate root = makeCertificate(authority, 1, authorityKey.get());
    addExtension(root.get(), NID_basic_constraints, "critical,CA:TRUE");
    sign(root.get(), root.get(), authorityKey.get());
    const Key key{EVP_EC_gen("P-256")};
    const Certificate certificate = makeCertificate("localhost", 2, key.get());
    addExtension(certificate.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    sign(certificate.get(), root.get(), authorityKey.get());
    return textsOf({certificate.get(), root.get()}, key.get());
}

} // namespace castdeck::test
