#pragma once

#include "core/auth/forwarding.h"
#include "core/remote/http_thread.h"

#include <memory>

namespace castdeck::remote {

/// How authorization questions reach another application: within 5 s, with at most 64 KiB of answer. May outlive
/// `thread`.
std::shared_ptr<auth::Forwarder> forwarder(const HttpThread& thread);

} // namespace castdeck::remote
