#include "core/broadcast/drivers/channel_signature.h"

#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"

namespace castdeck::broadcast {

namespace {

SignedAnswer refusal(Code code, std::string text)
{
    return {.failure = {code, std::move(text)}, .auth = {}, .sharedSecret = {}};
}

std::optional<SignedAnswer> objection(const pusher::Signer* signer, const std::string& socketId)
{
    if (signer == nullptr)
        return refusal(Code::NotSupported, "there is no application to sign with");
    if (!pusher::SocketId::isWellFormed(socketId))
        return refusal(Code::BadOption, "the socket id must look like 1234.5678");
    return std::nullopt;
}

} // namespace

SignedAnswer channelSignature(const pusher::Signer* signer, const pusher::EncryptionKey* masterKey,
                              const std::string& socketId, const std::string& channel,
                              const std::optional<std::string>& channelData)
{
    if (auto refused = objection(signer, socketId))
        return *refused;
    const auto name = pusher::ChannelName::parse(channel);
    if (!name)
        return refusal(Code::BadChannel, name.error().detail);
    if (!name->needsAuth())
        return refusal(Code::BadChannel, "public channels are never signed");
    if (name->isPresence() && !channelData)
        return refusal(Code::BadOption, "a presence channel needs member data");
    SignedAnswer answer;
    answer.auth = signer->channelAuth(socketId, channel, channelData);
    if (name->isEncrypted() && masterKey != nullptr)
        answer.sharedSecret = pusher::sharedSecret(channel, *masterKey).toBase64();
    return answer;
}

SignedAnswer userSignature(const pusher::Signer* signer, const std::string& socketId, const std::string& userData)
{
    if (auto refused = objection(signer, socketId))
        return *refused;
    SignedAnswer answer;
    answer.auth = signer->userAuth(socketId, userData);
    return answer;
}

} // namespace castdeck::broadcast
