#pragma once

#include "core/hub/app_config.h"
#include "ui/text/draft.h"

#include <memory>
#include <string>

namespace castdeck::ui {

/// A payload of an encrypted channel as whoever holds the key reads it; any other as it is, also one that does not
/// open.
std::string openedPayload(const std::string& channel, const std::string& payload, const hub::AppConfig& app);

/// A payload as it is shown: in clear where the key is known.
struct ReadPayload {
    std::shared_ptr<const std::string> bytes; ///< As they were sent, or decrypted.
    bool isDecrypted = false;
    QString note; ///< What was decrypted, or why not. Empty where nothing is encrypted.
};

/// `app` is the one it was sent to; null when it is not known here.
ReadPayload readPayload(const std::string& channel, std::shared_ptr<const std::string> sent, const hub::AppConfig* app);

/// The payload as it goes to the server in this program: sealed when the channel is an encrypted one, or why it cannot
/// go. `app` is the application that sends; null when it is not known.
SentPayload payloadToSend(const Draft& draft, const hub::AppConfig* app);

} // namespace castdeck::ui
