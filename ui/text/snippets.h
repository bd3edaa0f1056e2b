#pragma once

#include "core/hub/app_config.h"

#include <QtCore/QString>

#include <cstdint>
#include <string>

/// Code that connects to the embedded server, complete enough to be pasted and run.
namespace castdeck::ui {

struct ServerAddress {
    std::string host = "127.0.0.1";
    std::uint16_t port = 6001;
    bool isTls = false;
};

enum class SecretUse { Mask, Reveal };

/// Subscribes with pusher-js; holds no secret.
QString pusherJsSnippet(const hub::AppConfig& app, const ServerAddress& server);
/// For a Laravel project, both sides.
QString laravelEnvSnippet(const hub::AppConfig& app, const ServerAddress& server, SecretUse use);
/// Publishes one signed event; needs a POSIX shell, curl and openssl.
QString curlSnippet(const hub::AppConfig& app, const ServerAddress& server, SecretUse use);

/// What stands in place of a secret.
QString maskedSecret();

} // namespace castdeck::ui
