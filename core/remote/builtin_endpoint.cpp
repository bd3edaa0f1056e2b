#include "core/remote/builtin_endpoint.h"

#include "core/hub/application.h"

#include <algorithm>
#include <optional>

namespace castdeck::remote {

namespace {

auth::Actor actorOf(const Persona& persona, const std::vector<auth::Actor>& known)
{
    auth::Actor actor;
    if (const auto own = std::ranges::find(known, persona.id, &auth::Actor::id); own != known.end())
        actor = *own;
    actor.id = persona.id;
    actor.name = persona.name;
    actor.roles = persona.roles;
    return actor;
}

/// The first of two actors with one id counts.
auth::ActorDirectory directoryOf(const std::vector<Persona>& personas, const std::vector<auth::Actor>& known)
{
    std::vector<auth::Actor> actors;
    for (const Persona& persona : personas) {
        if (!persona.isAnonymous)
            actors.push_back(actorOf(persona, known));
    }
    actors.insert(actors.end(), known.begin(), known.end());
    return auth::ActorDirectory{std::move(actors)};
}

/// Signs where there is no application, so that a decision can be looked at all the same.
hub::AppConfig someApp()
{
    hub::AppConfig app;
    app.key = "none";
    app.secret = "none";
    return app;
}

} // namespace

BuiltinEndpoint::BuiltinEndpoint(const auth::AuthorizationConfig& config, std::vector<hub::AppConfig> apps,
                                 const std::vector<Persona>& personas)
    : m_guard{auth::RuleSet{config.rules}, directoryOf(personas, config.actors), config.guard}
    , m_apps{std::move(apps)}
    , m_path{!config.path.empty() || config.extraPaths.empty() ? config.path : config.extraPaths.front()}
    , m_isForwarded{!config.forwardUrl.empty()}
{
}

auth::AuthorizationRequest BuiltinEndpoint::requestOf(const EndpointTarget& target, const EndpointQuestion& question,
                                                      const Persona& persona) const
{
    auth::AuthorizationRequest request;
    request.method = target.method;
    request.path = m_path;
    request.remoteIp = "127.0.0.1";
    request.isLoopback = true;
    request.headers = target.headers;
    request.form = target.parameters;
    if (!question.socketId.empty()) {
        request.socketId = question.socketId;
        request.form.emplace_back("socket_id", question.socketId);
    }
    if (!question.channel.empty()) {
        request.channels = {question.channel};
        request.form.emplace_back("channel_name", question.channel);
    }
    request.trustsActorHeader = !persona.isAnonymous;
    if (request.trustsActorHeader) // In front of what the headers may say themselves.
        request.headers.insert(request.headers.begin(), {"X-Actor-Id", persona.id});
    return request;
}

auth::AuthorizationStatus BuiltinEndpoint::decide(const auth::AuthorizationRequest& request) const
{
    return request.channels.empty() ? m_guard.decideUser(request) : m_guard.decide(request);
}

auth::AuthorizationStatus BuiltinEndpoint::decide(const EndpointTarget& target, const EndpointQuestion& question,
                                                  const Persona& persona) const
{
    return decide(requestOf(target, question, persona));
}

EndpointReply BuiltinEndpoint::ask(const EndpointTarget& target, const EndpointQuestion& question,
                                   const Persona& persona, const std::string& appId) const
{
    const auth::AuthorizationRequest request = requestOf(target, question, persona);
    const auth::AuthorizationStatus status = decide(request);
    const auto named = std::ranges::find(m_apps, appId, &hub::AppConfig::id);
    const auto app = named != m_apps.end() ? named : m_apps.begin();
    const hub::AppConfig chosen = app != m_apps.end() ? *app : someApp();
    const pusher::Signer signer{chosen.key, chosen.secret};
    const std::optional<pusher::EncryptionKey> masterKey = hub::masterKeyOf(chosen);
    const auth::Answer answer = auth::answerTo(
        request, status, {.signer = &signer, .masterKey = masterKey ? &*masterKey : nullptr}, auth::Explain::Always);
    EndpointReply reply;
    reply.answer.status = answer.response.status;
    reply.answer.headers = {{"Content-Type", answer.response.contentType}};
    reply.answer.headers.insert(reply.answer.headers.end(), answer.response.headers.begin(),
                                answer.response.headers.end());
    reply.answer.body = answer.response.body;
    reply.explanation = status.explanation + (answer.note.empty() ? "" : "; but " + answer.note);
    return reply;
}

std::vector<KnownApp> knownApps(const std::vector<hub::AppConfig>& apps, const std::string& appId)
{
    std::vector<KnownApp> known;
    for (const hub::AppConfig& app : apps) {
        KnownApp one{app.name.empty() ? app.id : app.name, app.key, app.secret};
        if (!appId.empty() && app.id == appId)
            known.insert(known.begin(), std::move(one));
        else
            known.push_back(std::move(one));
    }
    return known;
}

} // namespace castdeck::remote
