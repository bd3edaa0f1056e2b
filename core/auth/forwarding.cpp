#include "core/auth/forwarding.h"

#include "core/auth/channel_kind.h"
#include "core/auth/objection.h"
#include "core/base/ascii.h"
#include "core/base/json.h"

#include <algorithm>
#include <array>

namespace castdeck::auth {

namespace {

/// These belong to the body and the connection of the request that came, not to ours.
constexpr std::array<std::string_view, 8> ofTheMessage{"Content-Type", "Content-Length", "Transfer-Encoding", "Host",
                                                       "Connection",   "Expect",         "Upgrade",           "TE"};

bool isNamed(std::string_view header, const std::vector<std::string>& names)
{
    const auto isIt = [&](std::string_view name) { return equalsIgnoringCase(header, name); };
    return std::ranges::any_of(names, isIt) && std::ranges::none_of(ofTheMessage, isIt);
}

bool hasAuth(std::string_view body)
{
    const auto parsed = json::Value::parse(body);
    if (!parsed || !parsed->is(json::Kind::Object))
        return false;
    const auto auth = parsed->find("auth");
    return auth && auth->is(json::Kind::String);
}

/// What is said of members and users is known to the other application alone.
bool canBeAnsweredHere(const AuthorizationRequest& request, Question question)
{
    return question == Question::Channel && kindOf(request.channels.front()) != Kind::Presence;
}

} // namespace

bool isHopeless(const AuthorizationRequest& request, Question question, std::size_t maxChannelCharacters)
{
    if (objectionTo(request))
        return true;
    if (question == Question::User)
        return !request.socketId;
    const auto isWrong = [&](const std::string& channel) {
        return objectionToName(request, channel, maxChannelCharacters).has_value();
    };
    return request.channels.empty() || std::ranges::any_of(request.channels, isWrong);
}

http::Headers headersToForward(const AuthorizationRequest& request, const std::vector<std::string>& names)
{
    http::Headers headers{{"Content-Type", "application/x-www-form-urlencoded"}};
    std::ranges::copy_if(request.headers, std::back_inserter(headers),
                         [&](const http::Header& header) { return isNamed(header.name, names); });
    return headers;
}

std::string formToForward(const AuthorizationRequest& request, Question question)
{
    std::string form;
    if (request.socketId)
        form = "socket_id=" + pusher::percentEncode(*request.socketId);
    if (question == Question::Channel)
        form += (form.empty() ? "channel_name=" : "&channel_name=") + pusher::percentEncode(request.channels.front());
    return form;
}

AuthorizationStatus statusOf(const ForwardAnswer& answer, const AuthorizationRequest& request, Question question)
{
    AuthorizationStatus status;
    const std::string said = "the other application answered " + std::to_string(answer.status);
    const bool isPassedOn = hasAuth(answer.body);
    if (answer.status == 0)
        status = AuthorizationStatus::of(Reason::ForwardFailed, "refused: the other application gave no answer");
    else if (answer.status < 200 || answer.status > 299)
        status = AuthorizationStatus::of(Reason::ForwardRefused, "refused: " + said);
    else if (!isPassedOn && !canBeAnsweredHere(request, question))
        status = AuthorizationStatus::of(Reason::ForwardFailed, "refused: " + said + " without \"auth\"");
    else
        status = AuthorizationStatus::of(Reason::RuleAllowed, "allowed: " + said);
    status.topics = question == Question::User ? std::vector<std::string>{} : request.channels;
    if (status.allowed && isPassedOn)
        status.response.emplace().body = answer.body;
    return status;
}

} // namespace castdeck::auth
