#include "app/cli/rules_trial.h"

#include "app/cli/output.h"
#include "core/auth/answer.h"
#include "core/auth/guard.h"
#include "core/base/json.h"

#include <algorithm>

namespace castdeck::cli {

namespace {

using auth::AuthorizationStatus;

constexpr int httpOk = 200;

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

/// False, and it is told, when the configuration does not know who is to ask.
bool isActorKnown(const AuthorizeTrial& trial, const auth::Guard& guard)
{
    if (trial.actor.empty() || guard.actors().byId(trial.actor) != nullptr)
        return true;
    constexpr std::size_t maxShown = 20;
    std::vector<std::string> ids;
    for (const auto& actor : guard.actors().actors()) {
        if (ids.size() < maxShown)
            ids.push_back(visible(actor->id));
    }
    say("the configuration has no actor \"" + visible(trial.actor) + "\"; " +
        (ids.empty() ? "its list \"actors\" is empty" : "it has: " + joined(ids)));
    return false;
}

/// The question as an HTTP request from this machine, so that the server's own code reads it.
auth::AuthorizationRequest requestFor(const AuthorizeTrial& trial, const auth::AuthorizationConfig& config)
{
    http::Request request;
    request.method = "POST";
    request.path = !config.path.empty() || config.extraPaths.empty() ? config.path : config.extraPaths.front();
    request.body = trial.form();
    if (!trial.actor.empty())
        request.headers.push_back({"X-Actor-Id", trial.actor});
    request.headers.insert(request.headers.end(), trial.headers.begin(), trial.headers.end());
    std::erase_if(request.headers, [](const http::Header& header) { return header.name == "Content-Type"; });
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.peerAddress = "127.0.0.1";
    request.isPeerLoopback = true;
    auto result = auth::AuthorizationRequest::from(request);
    result.trustsActorHeader = !trial.actor.empty();
    return result;
}

std::string actorOf(const AuthorizationStatus& status)
{
    if (!status.actor)
        return "anonymous";
    return status.actor->id + (status.actor->name.empty() ? "" : " \"" + status.actor->name + "\"") +
           (status.identitySource ? ", by " + std::string{toText(*status.identitySource)} : "");
}

std::string ruleOf(const AuthorizationStatus& status, const auth::Guard& guard)
{
    if (status.ruleIndex > 0)
        return std::to_string(status.ruleIndex) + " \"" + status.rule + "\"";
    return "none; the policy is \"" + std::string{toText(guard.settings().policy)} + "\"";
}

void printWords(const AuthorizeTrial& trial, const AuthorizationStatus& status, const auth::Guard& guard,
                int httpStatus, const std::string& body)
{
    const auto line = [](std::string_view name, const std::string& text) {
        printLine(std::string{name} + ": " + visible(text));
    };
    const bool hasTopics = status.topics && !status.topics->empty();
    line(status.allowed ? "allowed" : "refused", hasTopics ? joined(*status.topics) : trial.subject());
    line("reason", std::string{toText(status.reason)} + " (HTTP " + std::to_string(httpStatus) + ")");
    line("rule", ruleOf(status, guard));
    for (const auto& [name, value] : status.params)
        line("parameter " + name, value);
    line("actor", actorOf(status));
    line("explanation", status.explanation);
    if (!body.empty())
        line("answer", body);
}

std::string objectOf(const auth::Parameters& params)
{
    std::string text;
    for (const auto& [name, value] : params)
        text += (text.empty() ? "" : ",") + json::toString(name) + ":" + json::toString(value);
    return "{" + text + "}";
}

std::string listOf(const std::vector<std::string>& texts)
{
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ",") + json::toString(text);
    return "[" + list + "]";
}

void printJson(const AuthorizeTrial& trial, const AuthorizationStatus& status, const auth::Guard& guard, int httpStatus,
               const std::string& body)
{
    std::string text = std::string{"{\"allowed\":"} + (status.allowed ? "true" : "false") + ",\"reason\":\"" +
                       std::string{toText(status.reason)} + "\",\"http_status\":" + std::to_string(httpStatus) +
                       ",\"channels\":" + listOf(status.topics.value_or(trial.channels)) +
                       ",\"rule\":" + (status.ruleIndex > 0 ? json::toString(status.rule) : "null") +
                       ",\"rule_index\":" + (status.ruleIndex > 0 ? std::to_string(status.ruleIndex) : "null") +
                       ",\"policy\":\"" + std::string{toText(guard.settings().policy)} +
                       "\",\"params\":" + objectOf(status.params) + ",\"actor\":";
    text += status.actor ? "{\"id\":" + json::toString(status.actor->id) +
                               ",\"name\":" + json::toString(status.actor->name) + "}"
                         : "null";
    text += ",\"identity_source\":";
    text += status.identitySource ? json::toString(toText(*status.identitySource)) : "null";
    text += ",\"explanation\":" + json::toString(status.explanation);
    if (!body.empty())
        text += ",\"answer\":" + body;
    printLine(text + "}");
}

} // namespace

int decideByRules(const AuthorizeTrial& trial, const auth::AuthorizationConfig& config, const AuthorizeKeys& keys)
{
    const auth::Guard guard{auth::RuleSet{config.rules}, auth::ActorDirectory{config.actors}, config.guard};
    if (!isActorKnown(trial, guard))
        return exitBadUsage;
    if (!config.forwardUrl.empty())
        say("authorize.forward_url is set: the server asks that application and not these rules; try it with --url");
    const auth::AuthorizationRequest request = requestFor(trial, config);
    AuthorizationStatus status = trial.channels.empty() ? guard.decideUser(request) : guard.decide(request);
    const auth::SigningKeys signing{.signer = keys.signer ? &*keys.signer : nullptr,
                                    .masterKey = keys.masterKey ? &*keys.masterKey : nullptr};
    const auth::Answer answer = answerTo(request, status, signing, auth::Explain::Always);
    if (status.allowed && answer.response.status != httpOk) {
        status.allowed = false; // Nobody gets in with such an answer, whatever the rules say.
        status.explanation += "; but " + answer.note;
    } else if (!answer.note.empty()) {
        say(visible(answer.note));
    }
    const bool isAnswerShown = status.allowed && !trial.socketId.empty();
    const std::string body = isAnswerShown ? answer.response.body : std::string{};
    if (trial.isJson)
        printJson(trial, status, guard, answer.response.status, body);
    else
        printWords(trial, status, guard, answer.response.status, body);
    return status.allowed ? exitDone : exitFailed;
}

} // namespace castdeck::cli
