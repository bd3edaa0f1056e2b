#include "ui/models/sealed_payload.h"

#include "core/pusher/encryption.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

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

ReadPayload readPayload(const std::string& channel, std::shared_ptr<const std::string> sent, const hub::AppConfig* app)
{
    if (sent == nullptr || !isEncrypted(channel))
        return {.bytes = std::move(sent), .note = {}};
    const auto key = app == nullptr ? std::nullopt : masterKeyOf(*app);
    if (!key)
        return {.bytes = std::move(sent),
                .note = tr("Encrypted, and the window does not know the master key of the app: shown as it was sent. "
                           "An app of this computer has it in encryption_master_key_base64 of broadcasting.json.")};
    const auto opened = pusher::opened(*sent, pusher::sharedSecret(channel, *key));
    if (opened)
        return {.bytes = std::make_shared<const std::string>(*opened),
                .isDecrypted = true,
                .note = tr("Decrypted with the master key of the app. Ciphertext was sent.")};
    const bool isSealed = opened.error().kind == ErrorKind::Unauthorized;
    return {.bytes = std::move(sent),
            .note = isSealed ? tr("Encrypted, and the master key of the app does not open it: it was sealed with "
                                  "another key, or for another channel.")
                             : tr("Not encrypted, though the channel is for encrypted events: no subscriber can read "
                                  "it.")};
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
