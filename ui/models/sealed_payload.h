#pragma once

#include "core/hub/app_config.h"
#include "ui/text/draft.h"

namespace castdeck::ui {

/// The payload as it goes to the server in this program: sealed when the channel is an encrypted one, or why it cannot
/// go. `app` is the application that sends; null when it is not known.
SentPayload payloadToSend(const Draft& draft, const hub::AppConfig* app);

} // namespace castdeck::ui
