#include "ui/text/listen_hint.h"

#include "core/pusher/channel_name.h"
#include "ui/text/code_text.h"

#include <QtCore/QCoreApplication>

namespace castdeck::ui {

namespace {

using pusher::ChannelKind;

QString tr(const char* text)
{
    return QCoreApplication::translate("ListenHint", text);
}

/// In single quotes, as Echo's own documentation writes it.
QString jsLiteral(std::string_view text)
{
    QString inner = code::script(text);
    inner = inner.mid(1, inner.size() - 2);
    inner.replace(QStringLiteral("\\\""), QStringLiteral("\"")).replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + inner + u'\'';
}

/// Echo adds the prefix itself.
QString echoChannel(const std::string& channel)
{
    const auto call = [&](const char* method, std::string_view prefix) {
        return QStringLiteral("Echo.%1(%2)")
            .arg(QLatin1String{method}, jsLiteral(std::string_view{channel}.substr(prefix.size())));
    };
    switch (pusher::kindOf(channel)) {
    case ChannelKind::Encrypted:
    case ChannelKind::EncryptedCache: return call("encryptedPrivate", "private-encrypted-");
    case ChannelKind::Private:
    case ChannelKind::PrivateCache: return call("private", "private-");
    case ChannelKind::Presence:
    case ChannelKind::PresenceCache: return call("join", "presence-");
    default: return call("channel", "");
    }
}

constexpr std::string_view whisper = "client-";
constexpr std::string_view laravel = "App\\Events\\";

/// Echo makes backslashes of the dots in such a name.
bool isLaravelClass(std::string_view event)
{
    return event.starts_with(laravel) && event.find('.') == std::string_view::npos &&
           !event.substr(laravel.size()).starts_with('\\');
}

ListenHint echoHint(const std::string& channel, const std::string& event)
{
    const QString on = echoChannel(channel);
    if (event.starts_with(whisper))
        return {tr("Laravel Echo"),
                QStringLiteral("%1.listenForWhisper(%2, (data) => console.log(data));")
                    .arg(on, jsLiteral(std::string_view{event}.substr(whisper.size()))),
                tr("Echo adds client- to the name of a whisper.")};
    if (isLaravelClass(event))
        return {tr("Laravel Echo"),
                QStringLiteral("%1.listen(%2, (data) => console.log(data));")
                    .arg(on, jsLiteral(std::string_view{event}.substr(laravel.size()))),
                tr("Echo adds the namespace App\\Events to a name without a leading dot.")};
    return {tr("Laravel Echo"),
            QStringLiteral("%1.listen(%2, (data) => console.log(data));").arg(on, jsLiteral("." + event)),
            tr("The leading dot says: exactly this name. Without it Echo listens for App\\Events\\….")};
}

ListenHint pusherHint(const std::string& channel, const std::string& event)
{
    const QString bind = QStringLiteral("bind(%1, (data) => console.log(data));").arg(jsLiteral(event));
    if (pusher::kindOf(channel) == ChannelKind::ServerToUser)
        return {tr("pusher-js"), QStringLiteral("pusher.signin(); pusher.user.%1").arg(bind),
                tr("Events to a user reach the connections that signed in as this user.")};
    return {tr("pusher-js"), QStringLiteral("pusher.subscribe(%1).%2").arg(jsLiteral(channel), bind),
            tr("The name is the whole one, prefix included.")};
}

ListenHint commandHint(const std::string& channel, const std::string& event)
{
    return {tr("Command line"),
            QStringLiteral("castdeck-cli listen %1 --event %2").arg(code::shell(channel), code::shell(event)),
            {}};
}

} // namespace

std::vector<ListenHint> listenHints(const std::string& channel, const std::string& event)
{
    if (pusher::kindOf(channel) == ChannelKind::ServerToUser)
        return {pusherHint(channel, event)};
    return {echoHint(channel, event), pusherHint(channel, event), commandHint(channel, event)};
}

} // namespace castdeck::ui
