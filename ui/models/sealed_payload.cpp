#include "ui/models/sealed_payload.h"

#include "core/pusher/encryption.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstring>

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
    pusher::EncryptionKey key;
    if (app == nullptr || app->encryptionMasterKey.size() != key.bytes.size())
        return {.bytes = {},
                .problem = tr("Encrypted channels need the encryption master key of the app, which has none.")};
    std::memcpy(key.bytes.data(), app->encryptionMasterKey.data(), key.bytes.size());
    payload.bytes = pusher::sealed(payload.bytes, pusher::sharedSecret(channels.front(), key));
    return payload;
}

} // namespace castdeck::ui
