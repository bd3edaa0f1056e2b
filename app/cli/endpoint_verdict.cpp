#include "app/cli/endpoint_verdict.h"

#include "core/base/json.h"
#include "core/pusher/channel_name.h"

#include <optional>

namespace castdeck::cli {

namespace {

EndpointVerdict refused(std::string explanation, SignatureState signature = SignatureState::None)
{
    return {.isAllowed = false, .signature = signature, .explanation = std::move(explanation)};
}

/// Where a redirect leads, without what may carry a session.
std::string targetOf(const http::Answer& answer)
{
    const std::string* const location = http::find(answer.headers, "Location");
    if (location == nullptr)
        return "somewhere else";
    const std::size_t authority = location->find("//");
    const std::size_t end = location->find_first_of("?#");
    std::string target = location->substr(0, end);
    if (const std::size_t at = target.find('@'); authority != std::string::npos && at != std::string::npos)
        target.erase(authority + 2, at - authority - 1);
    return target;
}

/// What every status but 200 means. Browser clients take nothing else as a yes.
std::string wordsFor(const http::Answer& answer)
{
    const int status = answer.status;
    if (status == 419)
        return "the CSRF protection of the application refused: take this path out of it, or send its token with "
               "--header 'X-CSRF-TOKEN: ...' and its cookie";
    if (status >= 300 && status < 400)
        return "the application redirects to " + targetOf(answer) +
               ", which clients do not follow; it usually means that nobody is logged in";
    if (status == 401 || status == 403)
        return "the application refused";
    if (status == 404)
        return "nothing answers at this path, or the application hides it from this request";
    if (status == 405)
        return "this path takes no POST, which is what clients send";
    if (status == 400 || status == 422)
        return "the application did not understand the request; a client always sends a socket id (--socket)";
    if (status >= 500)
        return "the application failed; its own log says why";
    return "the application answered HTTP " + std::to_string(status) + ", and clients take only 200 as a yes";
}

std::optional<std::string> textMember(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::String) ? std::optional{value->text()} : std::nullopt;
}

bool hasMember(const std::string& text, std::string_view name)
{
    const auto object = json::Value::parse(text);
    return object && object->is(json::Kind::Object) && object->find(name).has_value();
}

/// `expected` is what the known secret gives, nothing when none is known.
EndpointVerdict compared(const std::string& auth, const std::optional<std::string>& expected)
{
    const std::size_t colon = auth.find(':');
    if (colon == std::string::npos || colon == 0)
        return refused("\"auth\" is not of the form KEY:SIGNATURE", SignatureState::Wrong);
    if (!expected)
        return {.isAllowed = true, .signature = SignatureState::Unchecked, .explanation = "the application allows it"};
    const std::string key = expected->substr(0, expected->find(':'));
    if (auth.substr(0, colon) != key)
        return refused("the answer is signed for the application with the key " + auth.substr(0, colon) +
                           ", and this one has the key " + key,
                       SignatureState::Wrong);
    if (auth != *expected)
        return refused("the signature is not right: another secret made it, or it is for another socket or channel",
                       SignatureState::Wrong);
    return {.isAllowed = true, .signature = SignatureState::Right, .explanation = "the application allows it"};
}

EndpointVerdict judgeUser(const json::Value& body, const EndpointQuestion& question, const pusher::Signer* signer)
{
    const auto auth = textMember(body, "auth");
    const auto userData = textMember(body, "user_data");
    if (!auth)
        return refused("the answer has no \"auth\", so the client cannot sign in");
    if (!userData || !hasMember(*userData, "id"))
        return refused("the answer has no \"user_data\" that is JSON text with an id, so the client cannot sign in");
    return compared(*auth,
                    signer != nullptr ? std::optional{signer->userAuth(question.socketId, *userData)} : std::nullopt);
}

EndpointVerdict judgeChannel(const json::Value& body, const EndpointQuestion& question, const pusher::Signer* signer)
{
    const auto name = pusher::ChannelName::parse(question.channel);
    const auto auth = textMember(body, "auth");
    if (!auth) {
        if (question.socketId.empty() || !name || !name->needsAuth())
            return {.isAllowed = true, .signature = {}, .explanation = "the application allows it, unsigned"};
        return refused("the answer has no \"auth\", so the client reports an error in place of subscribing");
    }
    const auto channelData = textMember(body, "channel_data");
    if (name && name->isPresence() && (!channelData || !hasMember(*channelData, "user_id")))
        return refused("a presence channel needs \"channel_data\", JSON text with a user_id; without it clients stop "
                       "with \"Invalid auth response\"",
                       SignatureState::Unchecked);
    if (name && name->isEncrypted() && !textMember(body, "shared_secret"))
        return refused("an encrypted channel needs \"shared_secret\" in the answer, or nobody can read its events",
                       SignatureState::Unchecked);
    return compared(*auth, signer != nullptr
                               ? std::optional{signer->channelAuth(question.socketId, question.channel, channelData)}
                               : std::nullopt);
}

} // namespace

std::string_view toText(SignatureState state)
{
    switch (state) {
    case SignatureState::None: return "none";
    case SignatureState::Unchecked: return "unchecked";
    case SignatureState::Right: return "right";
    case SignatureState::Wrong: return "wrong";
    }
    return "wrong";
}

EndpointVerdict verdictOn(const http::Answer& answer, const EndpointQuestion& question, const pusher::Signer* signer)
{
    if (answer.status != 200)
        return refused(wordsFor(answer));
    const auto body = json::Value::parse(answer.body);
    if (!body || !body->is(json::Kind::Object))
        return refused("the answer is HTTP 200 and no JSON object: clients report a parse failure where they should "
                       "report a refusal");
    return question.channel.empty() ? judgeUser(*body, question, signer) : judgeChannel(*body, question, signer);
}

} // namespace castdeck::cli
