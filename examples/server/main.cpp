// A program with the server inside: it listens, a function of its own says who may join a channel, and its events go
// to the clients without a detour over the network.

#include "core/broadcast/broadcast.h"
#include "core/broadcast/local_publisher.h"
#include "core/engine/engine.h"

#include <atomic>
#include <iostream>

using namespace castdeck;

namespace {

/// A rule as a function: customers may follow their own orders. Called on several threads at once.
auth::RuleAnswer isOwnOrder(const auth::AuthorizationRequest&, const auth::Parameters& parameters,
                            const auth::Actor* actor)
{
    return actor != nullptr && parameters.front().second == actor->id;
}

engine::EngineOptions shop()
{
    hub::AppConfig app;
    app.id = "shop";
    app.key = "shop-key";
    app.secret = "shop-secret";

    engine::EngineOptions options;
    options.port = 0; // A free one.
    options.apps = {app};
    options.authorization.rules = {{*auth::ChannelPattern::compile("private-orders.{customer}"), isOwnOrder}};
    options.authorization.actors = {{.id = "7", .name = "Ada", .roles = {}, .attributes = {}, .token = "adas-token"},
                                    {.id = "8", .name = "Bob", .roles = {}, .attributes = {}, .token = "bobs-token"}};
    return options;
}

/// The server in this program. What it is asked, it answers later, and rings when there is something to see.
class Shop {
public:
    Shop() : m_engine{shop(), [this] { ring(); }} { m_engine.start(); }

    engine::ServerSnapshot listening()
    {
        waitUntil([this] {
            const auto state = m_engine.snapshot()->server.state;
            return state == engine::ServerState::Running || state == engine::ServerState::Failed;
        });
        return m_engine.snapshot()->server;
    }

    engine::Decision mayJoin(const std::string& channel, const std::string& token)
    {
        m_engine.authorize({.appId = "shop",
                            .channel = channel,
                            .socketId = "4821.9047",
                            .actorId = {},
                            .headers = {{"Authorization", "Bearer " + token}}});
        std::vector<engine::AuthorizationVerdict> verdicts;
        waitUntil([&] { return !(verdicts = m_engine.takeVerdicts()).empty(); });
        return verdicts.front().decision;
    }

    std::shared_ptr<broadcast::LocalPublisher> publisher() const { return m_engine.localPublisher(); }

private:
    void ring()
    {
        ++m_rings;
        m_rings.notify_all();
    }

    template <class IsDone> void waitUntil(IsDone isDone)
    {
        for (unsigned heard = m_rings; !isDone(); heard = m_rings)
            m_rings.wait(heard);
    }

    std::atomic<unsigned> m_rings = 0;
    engine::Engine m_engine; // Last, so that it ends before what it rings.
};

} // namespace

int main()
{
    Shop shop;
    const auto server = shop.listening();
    if (server.state != engine::ServerState::Running) {
        std::cerr << server.failure << '\n';
        return 1;
    }
    std::cout << "listening on " << server.address << '\n';

    // Browsers ask the same over HTTP, at /broadcasting/authorize.
    for (const std::string token : {"adas-token", "bobs-token", "nobodys-token"})
        std::cout << token << ": " << shop.mayJoin("private-orders.7", token).explanation << '\n';

    broadcast::Services services;
    services.local = shop.publisher();
    broadcast::ConnectionsConfig config;
    config.defaultJson = R"("here")";
    config.connections = {{"here", {{"driver", R"("local")"}}}};
    broadcast::Broadcast::install(std::make_shared<broadcast::Manager>(config, services));

    const auto report = broadcast::Broadcast::channel("private-orders.7", "Shipped", {{"order", 4711}}).get();
    std::cout << report.summary() << '\n' << "  " << describe(report.entries.front()) << '\n';
    broadcast::Broadcast::install(nullptr);
}
