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
        return QStringLiteral("%1(%2)").arg(QLatin1String{method},
                                            jsLiteral(std::string_view{channel}.substr(prefix.size())));
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

/// `listen('.order.shipped'`: the call without the function that it is given.
QString echoCall(std::string_view event)
{
    if (event.starts_with(whisper))
        return QStringLiteral("listenForWhisper(%1").arg(jsLiteral(event.substr(whisper.size())));
    if (isLaravelClass(event))
        return QStringLiteral("listen(%1").arg(jsLiteral(event.substr(laravel.size())));
    return QStringLiteral("listen(%1").arg(jsLiteral("." + std::string{event}));
}

QString echoRule(std::string_view event)
{
    if (event.starts_with(whisper))
        return tr("Echo adds client- to the name of a whisper.");
    if (isLaravelClass(event))
        return tr("Echo adds the namespace App\\Events to a name without a leading dot.");
    return tr("The leading dot says: exactly this name. Without it Echo listens for App\\Events\\….");
}

/// Events to a user come to whoever signed in, not to a channel that could be subscribed to.
QString userLine(const QString& pusher, const std::string& event)
{
    return QStringLiteral("%1.signin(); %1.user.bind(%2, (data) => console.log(data));").arg(pusher, jsLiteral(event));
}

ListenHint pusherHint(const std::string& channel, const std::string& event)
{
    const bool isToUser = pusher::kindOf(channel) == ChannelKind::ServerToUser;
    return {tr("pusher-js"), pusherListenLine(channel, event),
            isToUser ? tr("Events to a user reach the connections that signed in as this user.")
                     : tr("The name is the whole one, prefix included.")};
}

ListenHint commandHint(const std::string& channel, const std::string& event)
{
    return {tr("Command line"),
            QStringLiteral("castdeck-cli listen %1 --event %2").arg(code::shell(channel), code::shell(event)),
            {}};
}

} // namespace

QString echoListenLine(const std::string& channel, const std::string& event, const QString& variable)
{
    if (pusher::kindOf(channel) == ChannelKind::ServerToUser)
        return userLine(variable + QStringLiteral(".connector.pusher"), event);
    return variable + u'.' + echoChannel(channel) + u'.' + echoCall(event) +
           QStringLiteral(", (data) => console.log(data));");
}

QString pusherListenLine(const std::string& channel, const std::string& event)
{
    if (pusher::kindOf(channel) == ChannelKind::ServerToUser)
        return userLine(QStringLiteral("pusher"), event);
    return QStringLiteral("pusher.subscribe(%1).bind(%2, (data) => console.log(data));")
        .arg(jsLiteral(channel), jsLiteral(event));
}

std::vector<ListenHint> listenHints(const std::string& channel, const std::string& event)
{
    if (pusher::kindOf(channel) == ChannelKind::ServerToUser)
        return {pusherHint(channel, event)};
    const ListenHint echo{tr("Laravel Echo"), echoListenLine(channel, event, QStringLiteral("Echo")), echoRule(event)};
    return {echo, pusherHint(channel, event), commandHint(channel, event)};
}

} // namespace castdeck::ui
