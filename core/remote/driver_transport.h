#pragma once

#include "core/broadcast/http_transport.h"
#include "core/remote/http_thread.h"

#include <memory>

namespace castdeck::remote {

/// How the drivers send HTTP. May outlive `thread`.
std::shared_ptr<broadcast::HttpTransport> driverTransport(const HttpThread& thread);

} // namespace castdeck::remote
