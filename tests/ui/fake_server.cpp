#include "tests/ui/fake_server.h"

#include "core/auth/settings_reader.h"

namespace castdeck::test {

std::shared_ptr<engine::Snapshot> runningSnapshot()
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->at = std::chrono::system_clock::now();
    snapshot->server.state = engine::ServerState::Running;
    snapshot->server.address = "127.0.0.1";
    snapshot->server.port = 6001;
    engine::AppSnapshot app;
    app.id = "demo";
    app.key = "demo-key";
    app.connections = 3;
    app.channels = 2;
    snapshot->apps = {app};
    engine::ChannelSnapshot orders;
    orders.appId = "demo";
    orders.name = "orders";
    orders.subscriptions = 3;
    engine::ChannelSnapshot room;
    room.appId = "demo";
    room.name = "presence-room";
    room.kind = pusher::ChannelKind::Presence;
    room.subscriptions = 2;
    room.members = {{"ana", R"({"name":"Ana"})", {"1.1", "2.2"}}};
    snapshot->channels = {orders, room};
    snapshot->channelCount = 2;
    snapshot->connectionCount = 3;
    return snapshot;
}

std::vector<hub::AppConfig> sampleApps()
{
    hub::AppConfig app;
    app.id = "demo";
    app.key = "demo-key";
    app.secret = secretMarker;
    return {app};
}

ui::WindowSettings sampleSettings()
{
    std::vector<auth::Problem> problems;
    const auto document = auth::OrderedJson::parse(R"({
        "authorize": {"topics": [
            {"pattern": "private-admins", "when": {"value": "actor.role", "is": "equals", "to": "admin"}}]},
        "actors": [{"id": "1", "name": "Ada", "role": "admin", "token": "never-to-be-seen-6f1d"}]})");
    ui::WindowSettings settings{
        .apps = sampleApps(), .authorization = auth::readAuthorization(document, problems), .connections = {}};
    settings.connections.connections = {
        {"eu-prod", {{"driver", R"("pusher")"}, {"secret", R"("never-to-be-seen-6f1d")"}}},
        {"local", {{"driver", R"("local")"}}},
        {"null", {{"driver", R"("null")"}}},
    };
    settings.connections.aliases = {{"alerts", "eu-prod"}};
    return settings;
}

} // namespace castdeck::test
