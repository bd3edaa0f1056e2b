#pragma once

#include "core/base/clock.h"
#include "core/base/http.h"
#include "core/base/result.h"
#include "core/pusher/signature.h"

#include <string_view>

namespace castdeck::rest {

/// Checks the signature of a request, in the order: key, version, time, body, signature. Fails with Unauthorized and a
/// sentence that never holds a secret or the expected digest.
/// Source: Pusher docs, "HTTP API reference", section "Authentication".
Result<void> verify(const http::Request& request, const pusher::QueryParameters& query, const pusher::Signer& signer,
                    WallTime now);

} // namespace castdeck::rest
