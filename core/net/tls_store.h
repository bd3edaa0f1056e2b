#pragma once

#include "core/base/result.h"
#include "core/net/options.h"

#include <openssl/ssl.h>

#include <memory>
#include <mutex>

namespace castdeck::net {

/// The certificate in use. Connections keep the one that they began with.
///
/// Thread: any.
class TlsStore {
public:
    /// Reads certificate and key and puts them to use; on failure nothing changes. TLS 1.2 or later.
    Result<void> load(const TlsFiles& files);
    bool isLoaded() const { return current() != nullptr; }
    /// The state of one more connection; null when out of memory. Only after load().
    SSL* createConnection() const;

private:
    std::shared_ptr<SSL_CTX> current() const;

    mutable std::mutex m_mutex; ///< Guards m_context.
    std::shared_ptr<SSL_CTX> m_context;
};

} // namespace castdeck::net
