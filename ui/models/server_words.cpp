#include "ui/models/server_words.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Server", text);
}

bool isLoopback(const std::string& address)
{
    return address.starts_with("127.") || address == "::1" || address == "localhost";
}

} // namespace

ServerLook lookOf(engine::ServerState state)
{
    switch (state) {
    case engine::ServerState::Stopped: return {tr("Stopped"), QStringLiteral("stop"), Tone::Muted};
    case engine::ServerState::Starting: return {tr("Starting"), QStringLiteral("play"), Tone::Info};
    case engine::ServerState::Running: return {tr("Running"), QStringLiteral("check"), Tone::Success};
    case engine::ServerState::Stopping: return {tr("Stopping"), QStringLiteral("stop"), Tone::Warning};
    case engine::ServerState::Failed: return {tr("Failed"), QStringLiteral("error"), Tone::Danger};
    }
    return {};
}

QString hostAndPort(const engine::ServerSnapshot& server)
{
    const QString host = toQt(server.address);
    return (host.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(host).arg(server.port);
}

QString webSocketAddress(const engine::ServerSnapshot& server)
{
    return (server.isTls ? QStringLiteral("wss://") : QStringLiteral("ws://")) + hostAndPort(server);
}

QString failureWords(const engine::ServerSnapshot& server)
{
    QString words = shownText(server.failure, 500);
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words.endsWith(u'.') ? words : words + u'.';
}

QString securityWords(const engine::ServerSnapshot& server)
{
    const QString reach = isLoopback(server.address) ? tr("Only programs on this computer can connect.")
                                                     : tr("Other computers on the network can connect.");
    const QString secrecy = server.isTls ? tr("TLS is on.") : tr("TLS is off: traffic is not encrypted.");
    return reach + u' ' + secrecy;
}

} // namespace castdeck::ui
