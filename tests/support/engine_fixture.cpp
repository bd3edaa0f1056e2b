#include "tests/support/engine_fixture.h"

#include "core/base/json.h"
#include "tests/support/failure.h"

#include <QTest>

namespace castdeck::test {

namespace {

engine::EngineOptions optionsFor(hub::AppConfig app)
{
    engine::EngineOptions options;
    options.apps.push_back(std::move(app));
    return options;
}

} // namespace

EngineFixture::EngineFixture(hub::AppConfig app) : EngineFixture{optionsFor(std::move(app))} {}

EngineFixture::EngineFixture(engine::EngineOptions options) : m_apps{options.apps}
{
    options.listen = "127.0.0.1";
    options.port = 0;
    if (options.workers == 0)
        options.workers = 2;
    m_engine = std::make_unique<engine::Engine>(std::move(options), [] {});
    m_engine->start();
    const auto isDecided = [](const engine::Snapshot& snapshot) {
        return snapshot.server.state == engine::ServerState::Running ||
               snapshot.server.state == engine::ServerState::Failed;
    };
    if (!waitFor(isDecided) || m_engine->snapshot()->server.state == engine::ServerState::Failed)
        fail("the server did not start: " + m_engine->snapshot()->server.failure, std::source_location::current());
    m_port = m_engine->snapshot()->server.port;
}

EngineFixture::~EngineFixture() = default;

PusherClient EngineFixture::connect(std::size_t app, std::source_location place) const
{
    return PusherClient{m_port, m_apps.at(app), {}, {}, place};
}

WebSocketClient EngineFixture::open(const std::string& target, const http::Headers& headers) const
{
    return WebSocketClient{m_port, target, headers};
}

HttpReply EngineFixture::publish(const std::string& channel, const std::string& event, const std::string& data,
                                 const std::string& exceptSocket) const
{
    std::string body = R"({"channel":)" + json::toString(channel) + R"(,"name":)" + json::toString(event) +
                       R"(,"data":)" + json::toString(data);
    if (!exceptSocket.empty())
        body.append(R"(,"socket_id":)" + json::toString(exceptSocket));
    return post("/events", body + "}");
}

HttpReply EngineFixture::get(const std::string& path, pusher::QueryParameters own) const
{
    return signedGet(m_port, app(), path, std::move(own));
}

HttpReply EngineFixture::post(const std::string& path, std::string_view body) const
{
    return signedPost(m_port, app(), path, body);
}

bool EngineFixture::waitFor(const std::function<bool(const engine::Snapshot&)>& condition) const
{
    return QTest::qWaitFor([&] { return condition(*m_engine->snapshot()); }, static_cast<int>(patience.count()));
}

} // namespace castdeck::test
