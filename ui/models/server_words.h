#pragma once

#include "core/engine/snapshot.h"
#include "ui/theme/colors.h"

#include <QtCore/QString>

/// How the state of the embedded server is said.
namespace castdeck::ui {

struct ServerLook {
    QString word;
    QString icon;
    Tone tone;
};

ServerLook lookOf(engine::ServerState state);

/// "127.0.0.1:6001", "[::1]:6001".
QString hostAndPort(const engine::ServerSnapshot& server);
/// "ws://127.0.0.1:6001".
QString webSocketAddress(const engine::ServerSnapshot& server);
/// Who can reach it, and whether what is sent is encrypted.
/// Why it could not start, as a sentence.
QString failureWords(const engine::ServerSnapshot& server);
QString securityWords(const engine::ServerSnapshot& server);

} // namespace castdeck::ui
