#include "ui/models/event_words.h"

#include "core/engine/log_rows.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"

#include <QtCore/QCoreApplication>

#include <array>

namespace castdeck::ui {

namespace {

struct EventRow {
    const char* word;
    const char* icon;
    Tone tone;
    Direction direction;
};

/// In the order of engine::EventKind.
constexpr std::array<EventRow, engine::eventKindCount> eventRows{{
    {QT_TRANSLATE_NOOP("EventKind", "Connection"), "connection", Tone::Success, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Disconnection"), "disconnection", Tone::Muted, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Subscribed"), "subscribed", Tone::Info, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Unsubscribed"), "unsubscribed", Tone::Muted, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Occupied"), "occupied", Tone::Teal, Direction::Self},
    {QT_TRANSLATE_NOOP("EventKind", "Vacated"), "vacated", Tone::Muted, Direction::Self},
    {QT_TRANSLATE_NOOP("EventKind", "API message"), "message", Tone::Accent, Direction::Out},
    {QT_TRANSLATE_NOOP("EventKind", "Client event"), "client", Tone::Violet, Direction::Out},
    {QT_TRANSLATE_NOOP("EventKind", "Presence"), "presence", Tone::Teal, Direction::Out},
    {QT_TRANSLATE_NOOP("EventKind", "Error"), "error", Tone::Danger, Direction::Out},
    {QT_TRANSLATE_NOOP("EventKind", "API error"), "error", Tone::Danger, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Client error"), "error", Tone::Danger, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Webhook sent"), "webhook", Tone::Info, Direction::Out},
    {QT_TRANSLATE_NOOP("EventKind", "Webhook failed"), "warning", Tone::Danger, Direction::Out},
    {QT_TRANSLATE_NOOP("EventKind", "Auth allowed"), "key", Tone::Success, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Auth denied"), "key", Tone::Danger, Direction::In},
    {QT_TRANSLATE_NOOP("EventKind", "Cache miss"), "cache", Tone::Warning, Direction::Self},
    {QT_TRANSLATE_NOOP("EventKind", "Server"), "notice", Tone::Muted, Direction::Self},
}};

struct ChannelRow {
    const char* icon;
    Tone tone;
    const char* meaning;
};

ChannelRow rowOf(pusher::ChannelKind kind)
{
    using pusher::ChannelKind;
    switch (kind) {
    case ChannelKind::Public:
        return {"public", Tone::Muted, QT_TRANSLATE_NOOP("ChannelKind", "Anybody with the app key may subscribe.")};
    case ChannelKind::PublicCache:
        return {"cache", Tone::Muted,
                QT_TRANSLATE_NOOP("ChannelKind",
                                  "Anybody with the app key may subscribe and gets the last event at once.")};
    case ChannelKind::Private:
        return {"private", Tone::Info,
                QT_TRANSLATE_NOOP("ChannelKind", "Subscribers need a signature from your authorization endpoint.")};
    case ChannelKind::PrivateCache:
        return {"private", Tone::Info,
                QT_TRANSLATE_NOOP("ChannelKind", "Subscribers need a signature and get the last event at once.")};
    case ChannelKind::Encrypted:
        return {
            "encrypted", Tone::Violet,
            QT_TRANSLATE_NOOP("ChannelKind", "Payloads are encrypted end to end; this server sees only ciphertext.")};
    case ChannelKind::EncryptedCache:
        return {"encrypted", Tone::Violet,
                QT_TRANSLATE_NOOP("ChannelKind", "Payloads are encrypted end to end; the last ciphertext is kept.")};
    case ChannelKind::Presence:
        return {"presence", Tone::Teal,
                QT_TRANSLATE_NOOP("ChannelKind", "Subscribers are signed in and see who else is here.")};
    case ChannelKind::PresenceCache:
        return {"presence", Tone::Teal,
                QT_TRANSLATE_NOOP("ChannelKind", "Subscribers see who else is here and get the last event at once.")};
    case ChannelKind::ServerToUser:
        return {"user", Tone::Warning,
                QT_TRANSLATE_NOOP("ChannelKind", "Reaches every connection of one signed-in user.")};
    }
    return {"public", Tone::Muted, ""};
}

} // namespace

EventLook lookOf(engine::EventKind kind)
{
    const EventRow& row = eventRows[static_cast<std::size_t>(kind)];
    return {QCoreApplication::translate("EventKind", row.word), toQt(engine::keywordOf(kind)), QLatin1String{row.icon},
            row.tone, row.direction};
}

std::uint32_t errorKinds()
{
    using engine::EventKind;
    std::uint32_t bits = 0;
    for (const auto kind : {EventKind::Error, EventKind::ApiError, EventKind::ClientError, EventKind::WebhookFailed})
        bits |= 1U << static_cast<unsigned>(kind);
    return bits;
}

QString shownDetail(const engine::Event& event, std::size_t maxBytes)
{
    const QString detail = shownText(event.detail, maxBytes);
    const bool isAddress =
        event.kind == engine::EventKind::Connection || event.kind == engine::EventKind::Disconnection;
    return isAddress ? behindCurtain(detail) : detail;
}

QString wordOf(Direction direction)
{
    switch (direction) {
    case Direction::In: return QStringLiteral("in");
    case Direction::Out: return QStringLiteral("out");
    case Direction::Self: return QStringLiteral("self");
    }
    return {};
}

QString iconOf(Direction direction)
{
    return QStringLiteral("arrow-") + wordOf(direction);
}

ChannelLook lookOf(pusher::ChannelKind kind)
{
    const ChannelRow row = rowOf(kind);
    return {toQt(pusher::toText(kind)), QLatin1String{row.icon}, row.tone,
            QCoreApplication::translate("ChannelKind", row.meaning)};
}

} // namespace castdeck::ui
