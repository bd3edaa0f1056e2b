#include "core/auth/answer.h"

#include "core/auth/channel_kind.h"
#include "core/base/json.h"

namespace castdeck::auth {

namespace {

std::string_view errorWord(int httpStatus)
{
    switch (httpStatus) {
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 419: return "csrf";
    case 502: return "Bad Gateway";
    default: return "Internal Server Error";
    }
}

void addMember(std::string& object, std::string_view name, std::string_view text)
{
    object += object.empty() ? "{" : ",";
    json::appendString(object, name);
    object += ":";
    json::appendString(object, text);
}

Answer finished(int httpStatus, const std::string& object, std::string note = {})
{
    Answer answer;
    answer.response.status = httpStatus;
    answer.response.body = object.empty() ? "{}" : object + "}";
    answer.note = std::move(note);
    return answer;
}

Answer failed(std::string note)
{
    std::string object;
    addMember(object, "error", errorWord(500));
    return finished(500, object, std::move(note));
}

Answer refusal(const AuthorizationRequest& request, const AuthorizationStatus& status, Explain explain)
{
    const int httpStatus = httpStatusOf(status.reason);
    std::string object;
    addMember(object, "error", errorWord(httpStatus));
    if (explain == Explain::Always || (explain == Explain::Loopback && request.isLoopback)) {
        addMember(object, "reason", toText(status.reason));
        addMember(object, "explanation", status.explanation);
    }
    return finished(httpStatus, object);
}

Answer userAnswer(const std::string& socketId, const std::string& userData, const pusher::Signer& signer)
{
    std::string object;
    addMember(object, "auth", signer.userAuth(socketId, userData));
    addMember(object, "user_data", userData);
    return finished(200, object);
}

Answer channelAnswer(const std::string& socketId, const std::string& channel, const StatusAttributes& attributes,
                     const SigningKeys& keys)
{
    const Kind kind = kindOf(channel);
    std::string object;
    if (kind == Kind::Presence) {
        const auto member = attributes.find("channel_data");
        if (member == attributes.end()) // Clients take no presence answer without it.
            return failed("nothing was signed: there is no member data for " + channel);
        addMember(object, "auth", keys.signer->channelAuth(socketId, channel, member->second));
        addMember(object, "channel_data", member->second);
        return finished(200, object);
    }
    if (kind == Kind::Encrypted && keys.masterKey == nullptr)
        return failed("nothing was signed: " + channel + " needs an encryption master key, and there is none");
    addMember(object, "auth", keys.signer->channelAuth(socketId, channel));
    if (kind == Kind::Encrypted)
        addMember(object, "shared_secret", pusher::sharedSecret(channel, *keys.masterKey).toBase64());
    return finished(200, object);
}

} // namespace

Answer answerTo(const AuthorizationRequest& request, const AuthorizationStatus& status, const SigningKeys& keys,
                Explain explain)
{
    if (status.response)
        return {*status.response, {}};
    if (!status.allowed)
        return refusal(request, status, explain);
    const auto userData = status.attributes.find("user_data");
    const bool isAboutUser = status.reason == Reason::UserKnown && userData != status.attributes.end();
    // How the signatures of several channels would be sent is not defined, so a list gets none.
    const bool isAboutOneChannel = status.topics && status.topics->size() == 1;
    if (!request.socketId || (!isAboutUser && !isAboutOneChannel))
        return finished(200, {});
    const std::string channel = isAboutUser ? "" : status.topics->front();
    const bool mayBeSigned = request.nameRule == NameRule::Pusher && kindOf(channel) != Kind::Public &&
                             pusher::ChannelName::parse(channel).has_value();
    if (!isAboutUser && !mayBeSigned)
        return finished(200, {});
    if (keys.signer == nullptr)
        return finished(200, {}, "nothing was signed: the connection has no secret");
    return isAboutUser ? userAnswer(*request.socketId, userData->second, *keys.signer)
                       : channelAnswer(*request.socketId, channel, status.attributes, keys);
}

} // namespace castdeck::auth
