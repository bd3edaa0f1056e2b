#include "core/engine/engine.h"

#include "core/engine/engine_impl.h"

namespace castdeck::engine {

Engine::Engine(EngineOptions options, std::function<void()> onChange)
    : m_impl{std::make_unique<Impl>(std::move(options), std::move(onChange))}
{
}

Engine::~Engine() = default;

void Engine::start()
{
    m_impl->post([this] { m_impl->start(); });
}

void Engine::stop(StopReason reason)
{
    m_impl->post([this, reason] { m_impl->stop(reason); });
}

void Engine::waitStopped()
{
    m_impl->waitStopped();
}

void Engine::setApps(std::vector<hub::AppConfig> apps)
{
    m_impl->post([this, apps = std::move(apps)] { m_impl->applyApps(apps); });
}

void Engine::setWebhooks(std::vector<webhook::AppWebhooks> webhooks)
{
    m_impl->webhooks().configure(std::move(webhooks));
}

void Engine::setAuthorization(auth::AuthorizationConfig authorization, auth::WebSettings web)
{
    m_impl->post([this, authorization = std::move(authorization), web = std::move(web)] {
        m_impl->desk().access().configure(authorization, web);
    });
}

void Engine::addRule(auth::Rule rule)
{
    m_impl->post([this, rule = std::move(rule)] { m_impl->desk().access().addRule(rule); });
}

void Engine::setListen(std::string address, std::uint16_t port)
{
    m_impl->post([this, address = std::move(address), port] { m_impl->setListen(address, port); });
}

void Engine::reloadTls()
{
    m_impl->post([this] { m_impl->reloadTls(); });
}

std::uint64_t Engine::publish(PublishCommand command)
{
    return m_impl->publish(std::move(command));
}

void Engine::disconnect(std::string appId, std::string socketId)
{
    m_impl->post(
        [this, appId = std::move(appId), socketId = std::move(socketId)] { m_impl->disconnect(appId, socketId); });
}

void Engine::terminateUser(std::string appId, std::string userId)
{
    m_impl->post(
        [this, appId = std::move(appId), userId = std::move(userId)] { m_impl->terminateUser(appId, userId); });
}

void Engine::removeFromChannel(std::string appId, std::string socketId, std::string channel)
{
    m_impl->post([this, appId = std::move(appId), socketId = std::move(socketId), channel = std::move(channel)] {
        m_impl->removeFromChannel(appId, socketId, channel);
    });
}

std::uint64_t Engine::askDetails(DetailsQuestion question)
{
    return m_impl->askDetails(std::move(question));
}

std::vector<Details> Engine::takeDetails()
{
    return m_impl->takeDetails();
}

std::uint64_t Engine::authorize(AuthorizationTrial trial)
{
    return m_impl->authorize(std::move(trial));
}

std::vector<AuthorizationVerdict> Engine::takeVerdicts()
{
    return m_impl->desk().takeVerdicts();
}

Mailbox<Decision>::Batch Engine::takeDecisions()
{
    return m_impl->desk().takeDecisions();
}

std::shared_ptr<const Snapshot> Engine::snapshot() const
{
    return m_impl->snapshot();
}

Mailbox<Event>::Batch Engine::takeEvents()
{
    return m_impl->takeEvents();
}

std::vector<PublishOutcome> Engine::takeOutcomes()
{
    return m_impl->takeOutcomes();
}

std::vector<webhook::Delivery> Engine::deliveriesAfter(std::uint64_t number) const
{
    return m_impl->webhooks().deliveriesAfter(number);
}

std::vector<webhook::TargetStatus> Engine::webhookStatus() const
{
    return m_impl->webhooks().status();
}

std::shared_ptr<broadcast::LocalPublisher> Engine::localPublisher() const
{
    return m_impl->publisher();
}

} // namespace castdeck::engine
