#include "ui/models/sealed_payload.h"

#include "core/pusher/encryption.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstring>
#include <optional>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SealedPayload", text);
}

bool isEncrypted(const std::string& channel)
{
    const pusher::ChannelKind kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Encrypted || kind == pusher::ChannelKind::EncryptedCache;
}

std::optional<pusher::EncryptionKey> masterKeyOf(const hub::AppConfig& app)
{
    pusher::EncryptionKey key;
    if (app.encryptionMasterKey.size() != key.bytes.size())
        return std::nullopt;
    std::memcpy(key.bytes.data(), app.encryptionMasterKey.data(), key.bytes.size());
    return key;
}

} // namespace

SentPayload payloadToSend(const Draft& draft, const hub::AppConfig* app)
{
    const std::vector<std::string> channels = channelNamesOf(draft);
    SentPayload payload = sentPayload(draft);
    if (!payload.problem.isEmpty() || !std::ranges::any_of(channels, isEncrypted))
        return payload;
    // Pusher docs, "Encrypted channels": each has a secret of its own, so that one event cannot go to several.
    if (channels.size() > 1)
        return {.bytes = {}, .problem = tr("A private-encrypted- channel must be the only one of its event.")};
    const auto key = app == nullptr ? std::nullopt : masterKeyOf(*app);
    if (!key)
        return {.bytes = {},
                .problem = tr("Encrypted channels need the encryption master key of the app, which has none.")};
    payload.bytes = pusher::sealed(payload.bytes, pusher::sharedSecret(channels.front(), *key));
    return payload;
}

std::string openedPayload(const std::string& channel, const std::string& payload, const hub::AppConfig& app)
{
    const auto key = isEncrypted(channel) ? masterKeyOf(app) : std::nullopt;
    if (!key)
        return payload;
    const auto opened = pusher::opened(payload, pusher::sharedSecret(channel, *key));
    return opened ? *opened : payload;
}

} // namespace castdeck::ui
