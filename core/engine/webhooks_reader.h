#pragma once

#include "core/hub/app_config.h"
#include "core/store/effective_document.h"
#include "core/store/problem.h"
#include "core/webhook/webhook_target.h"

#include <vector>

namespace castdeck::engine {

/// Reads `server.apps[].webhooks`. `apps` are the applications of the document, in its order. Those without webhooks
/// are left out.
std::vector<webhook::AppWebhooks> readWebhooks(const store::EffectiveDocument& document,
                                               const std::vector<hub::AppConfig>& apps, store::Problems& problems);

} // namespace castdeck::engine
