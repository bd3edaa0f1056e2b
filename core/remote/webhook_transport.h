#pragma once

#include "core/remote/http_thread.h"
#include "core/webhook/transport.h"

#include <memory>

namespace castdeck::remote {

/// How webhooks are sent: to addresses that webhook::checkAddress() allows, and never through a proxy, which would
/// decide by itself where they go. May outlive `thread`.
std::shared_ptr<webhook::Transport> webhookTransport(const HttpThread& thread);

} // namespace castdeck::remote
