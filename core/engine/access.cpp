#include "core/engine/access.h"

#include "core/auth/centrifugo_proxy.h"
#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/engine/decision.h"
#include "core/hub/admission.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace castdeck::engine {

namespace {

using Applications = std::vector<std::shared_ptr<hub::Application>>;

Applications enabledOf(const hub::Hub& hub)
{
    Applications applications = hub.applications();
    std::erase_if(applications, [](const auto& application) { return !application->settings()->config.isEnabled; });
    return applications;
}

const std::string* fieldOf(const auth::AuthorizationRequest& request, std::string_view name)
{
    const std::string* const field = pusher::find(request.form, name);
    return field != nullptr ? field : pusher::find(request.query, name);
}

std::optional<std::string> textOf(const json::Value& object, std::string_view name)
{
    const auto member = object.find(name);
    return member && member->is(json::Kind::String) ? std::optional{member->text()} : std::nullopt;
}

/// What the members and users of the other side may be told.
bool explainsTo(const auth::AuthorizationRequest& request, auth::Explain explain)
{
    return explain == auth::Explain::Always || (explain == auth::Explain::Loopback && request.isLoopback);
}

} // namespace

/// What is decided by, at one moment.
struct Access::Rules {
    std::shared_ptr<const auth::Guard> guard;
    auth::AuthEndpoint endpoint;
    auth::DemoLogin demo;
    auth::CentrifugoProxy centrifugo;
    auth::Explain explain;
    std::string path; ///< Of the endpoint, as a trial names it.
};

Access::Access(Services services) : m_services{std::move(services)}, m_sessions{m_services.clock}
{
    configure({}, {});
}

Access::~Access() = default;

void Access::configure(auth::AuthorizationConfig authorization, const auth::WebSettings& web)
{
    for (const auth::Rule& rule : m_addedRules)
        auth::addOrReplace(authorization.rules, rule);
    guardBy(std::move(authorization.rules), auth::ActorDirectory{std::move(authorization.actors)},
            std::move(authorization.guard));
    m_authorization = std::move(authorization);
    m_web = web;
    rebuild();
}

void Access::addRule(const auth::Rule& rule)
{
    auth::addOrReplace(m_addedRules, rule);
    std::vector<auth::Rule> rules = m_guard->rules().rules();
    auth::addOrReplace(rules, rule);
    guardBy(std::move(rules), m_guard->actors(), m_guard->settings());
    rebuild();
}

void Access::guardBy(std::vector<auth::Rule> rules, auth::ActorDirectory actors, auth::GuardSettings settings)
{
    const auto observer = [this](const auth::RequestSummary& request, const auth::AuthorizationStatus& status) {
        m_services.decided(decisionOf(request, status, m_services.clock.wall()));
    };
    m_guard = std::make_shared<const auth::Guard>(auth::RuleSet{std::move(rules)}, std::move(actors),
                                                  std::move(settings), std::vector<auth::Observer>{observer});
}

void Access::setReach(auth::Reach reach)
{
    m_reach = reach;
    rebuild();
}

void Access::rebuild()
{
    auth::AuthServices services{
        .guard = m_guard,
        .sessions = m_sessions,
        .application = [this](const auth::AuthorizationRequest& request) { return applicationFor(request); },
        .keys = [this](const std::string& appId) { return keysOf(appId); },
        .forwarder = m_services.forwarder,
        .note = m_services.note};
    const std::string path = m_authorization.path.empty() ? "/pusher/auth" : m_authorization.path;
    auto rules = std::make_shared<const Rules>(
        m_guard, auth::AuthEndpoint{std::move(services), m_authorization, m_web.csrf, m_web.cors, m_reach},
        auth::DemoLogin{m_guard, m_sessions, m_web.csrf, m_web.cors, m_web.demo, m_reach},
        auth::CentrifugoProxy{m_guard, m_sessions, m_authorization, m_reach}, m_authorization.explain, path);
    const auth::GuardSettings& settings = m_guard->settings();
    m_asksAtHandshake = settings.connect.has_value();
    m_asksForPublicChannels = settings.policy == auth::Policy::Strict || m_guard->rules().concernsPublicNames();
    const std::lock_guard lock{m_mutex};
    m_rules = std::move(rules);
}

std::shared_ptr<const Access::Rules> Access::rules() const
{
    const std::lock_guard lock{m_mutex};
    return m_rules;
}

bool Access::answer(const http::Request& request, net::Deferral& deferral, std::optional<http::Response>& response)
{
    const auto current = rules();
    if (current->endpoint.serves(request))
        return current->endpoint.handle(request, deferral.later());
    response = current->demo.handle(request);
    if (!response)
        response = current->centrifugo.handle(request);
    return response.has_value();
}

std::string Access::applicationFor(const auth::AuthorizationRequest& request) const
{
    const Applications applications = enabledOf(m_services.hub);
    const std::string* const id = fieldOf(request, "app_id");
    const std::string* const key = fieldOf(request, "key");
    const auto socket = request.socketId ? pusher::SocketId::parse(*request.socketId) : std::nullopt;
    const auto firstThat = [&](const auto& isIt) -> std::optional<std::string> {
        for (const auto& application : applications) {
            if (isIt(*application))
                return application->settings()->config.id;
        }
        return std::nullopt;
    };
    auto found = firstThat([&](const hub::Application& application) {
        const auto settings = application.settings();
        return (id != nullptr && settings->config.id == *id) || (key != nullptr && settings->config.key == *key);
    });
    if (!found && socket && applications.size() > 1)
        found = firstThat([&](const hub::Application& application) { return application.isConnected(*socket); });
    if (!found)
        found = firstThat([](const hub::Application&) { return true; });
    return found.value_or("");
}

auth::HeldKeys Access::keysOf(const std::string& appId) const
{
    const auto application = m_services.hub.findById(appId);
    if (!application)
        return {};
    auto settings = application->settings();
    const pusher::EncryptionKey* const masterKey = settings->masterKey ? &*settings->masterKey : nullptr;
    return {{&settings->signer, masterKey}, std::move(settings)};
}

auth::AuthorizationRequest Access::requestOf(const hub::Visitor& visitor) const
{
    auth::AuthorizationRequest request;
    request.appId = visitor.appId;
    request.method = "GET";
    if (!visitor.socketId.empty())
        request.socketId = visitor.socketId;
    if (!visitor.userId.empty())
        request.signedInUserId = visitor.userId;
    request.isHandshakeUnknown = visitor.handshake == nullptr;
    if (request.isHandshakeUnknown)
        return request;
    request.headers = visitor.handshake->headers;
    request.query = pusher::parseQuery(visitor.handshake->query);
    request.path = visitor.handshake->path;
    request.remoteIp = visitor.handshake->peer;
    request.isLoopback = visitor.handshake->isPeerLoopback;
    if (const auto session = m_sessions.find(request.headers); session && !session->actorId.empty())
        request.sessionActorId = session->actorId;
    return request;
}

bool Access::mayConnect(const hub::Visitor& visitor)
{
    return rules()->guard->decideConnection(requestOf(visitor)).allowed;
}

std::optional<std::string> Access::refusalOf(const hub::Visitor& visitor, const std::string& channel)
{
    const auto current = rules();
    const auth::Guard& guard = *current->guard;
    // What needs no permission is no decision.
    if (guard.settings().policy != auth::Policy::Strict && !guard.rules().find(channel))
        return std::nullopt;
    auth::AuthorizationRequest request = requestOf(visitor);
    request.channels = {channel};
    const auth::AuthorizationStatus status = guard.decide(request);
    if (status.allowed)
        return std::nullopt;
    const std::string why = explainsTo(request, current->explain) ? ": " + status.explanation : std::string{};
    return "This client may not join the channel" + why;
}

auth::AuthorizationRequest Access::requestOf(const AuthorizationTrial& trial) const
{
    auth::AuthorizationRequest request;
    request.appId = trial.appId;
    request.method = "POST";
    request.path = rules()->path;
    request.remoteIp = "127.0.0.1";
    request.isLoopback = true;
    request.headers = trial.headers;
    if (!trial.socketId.empty()) {
        request.socketId = trial.socketId;
        request.form.emplace_back("socket_id", trial.socketId);
    }
    if (!trial.channel.empty()) {
        request.channels = {trial.channel};
        request.form.emplace_back("channel_name", trial.channel);
    }
    if (const auto session = m_sessions.find(request.headers); session && !session->actorId.empty())
        request.sessionActorId = session->actorId;
    request.trustsActorHeader = !trial.actorId.empty();
    if (request.trustsActorHeader) // In front of what the headers may say themselves.
        request.headers.insert(request.headers.begin(), {"X-Actor-Id", trial.actorId});
    return request;
}

void Access::tryOut(const AuthorizationTrial& trial, std::function<void(AuthorizationVerdict)> done)
{
    const auth::AuthorizationRequest request = requestOf(trial);
    const auth::Question question = trial.channel.empty() ? auth::Question::User : auth::Question::Channel;
    const auto decided = [this, request, done = std::move(done)](const auth::AuthorizationStatus& status,
                                                                 http::Response response) {
        AuthorizationVerdict verdict;
        verdict.httpStatus = response.status;
        verdict.decision = decisionOf(auth::RequestSummary::of(request), status, m_services.clock.wall());
        verdict.params = status.params;
        verdict.isSignatureRight = isSignatureRight(request, response.body);
        verdict.body = std::move(response.body);
        done(std::move(verdict));
    };
    rules()->endpoint.decide(request, question, decided);
}

bool Access::isSignatureRight(const auth::AuthorizationRequest& request, const std::string& body) const
{
    const auth::HeldKeys held = keysOf(request.appId);
    const auto answer = json::Value::parse(body);
    if (held.keys.signer == nullptr || !request.socketId || !answer || !answer->is(json::Kind::Object))
        return false;
    const auto given = textOf(*answer, "auth");
    const auto channelData = textOf(*answer, "channel_data");
    const std::string wanted =
        request.channels.empty()
            ? held.keys.signer->userAuth(*request.socketId, textOf(*answer, "user_data").value_or(""))
            : held.keys.signer->channelAuth(*request.socketId, request.channels.front(), channelData);
    return given && equalsInConstantTime(*given, wanted);
}

} // namespace castdeck::engine
