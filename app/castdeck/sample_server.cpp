#include "app/castdeck/sample_server.h"

#include "app/castdeck/sample_authorization.h"
#include "app/castdeck/sample_engine.h"
#include "app/castdeck/sample_story.h"

#include <chrono>
#include <utility>

namespace castdeck::app {

using namespace std::chrono_literals;

std::vector<hub::AppConfig> SampleServer::apps()
{
    hub::AppConfig app;
    app.id = appId;
    app.name = "Demo";
    app.key = "sample-key-1f7c02";
    app.secret = "sample-secret-for-pictures";
    app.encryptionMasterKey = std::string(32, 'k'); // 32 bytes, as every master key has.
    return {app};
}

ui::WindowSettings SampleServer::settings()
{
    broadcast::ConnectionsConfig connections;
    connections.connections = {
        {"local", {{"driver", R"("local")"}}},     {"eu-prod", {{"driver", R"("pusher")"}}},
        {"chat", {{"driver", R"("centrifugo")"}}}, {"metrics", {{"driver", R"("centrifugo")"}}},
        {"log", {{"driver", R"("log")"}}},
    };
    connections.aliases = {{"alerts", "eu-prod"}};
    return {apps(), sampleAuthorization(), connections};
}

ui::WindowSettings SampleServer::elsewhere(const char* connection)
{
    broadcast::ConnectionsConfig connections;
    connections.connections = {{connection, {{"driver", R"("pusher")"}}}};
    return {apps(), {}, connections};
}

void SampleServer::play()
{
    const WallTime now = std::chrono::system_clock::now();
    auto before = sampleSnapshot(now - 2s);
    m_view->showSnapshot(before);
    auto after = sampleSnapshot(now);
    after->totals.messagesIn = 24;
    after->totals.deliveries = 118;
    m_view->addEvents(morningEvents(now - 14s), 0);
    m_view->showSnapshot(after);
    m_view->addDecisions(sampleDecisions(now), 0);
}

std::shared_ptr<const engine::Snapshot> SampleServer::snapshot()
{
    return sampleSnapshot(std::chrono::system_clock::now());
}

void SampleServer::playMinutes()
{
    constexpr int seconds = 120;
    const WallTime start = std::chrono::system_clock::now() + 1s; // Behind play(): time does not run backwards.
    std::uint64_t in = 24;
    std::uint64_t out = 118;
    for (int i = 0; i < seconds; ++i) {
        const int wave = 40 + 25 * (i % 30) / 30 + (i * 7919) % 13 + (i > 70 && i < 90 ? 60 : 0);
        in += static_cast<std::uint64_t>(wave);
        out += static_cast<std::uint64_t>(wave * 5);
        auto at = sampleSnapshot(start + std::chrono::seconds{i});
        at->totals.messagesIn = in;
        at->totals.deliveries = out;
        at->connectionCount += static_cast<std::size_t>((i > 22 ? 2 : 0) + (i > 48 ? 1 : 0));
        m_view->addEvents(minuteEvents(at->at, i), 0);
        m_view->showSnapshot(std::move(at));
    }
}

void SampleServer::idle()
{
    auto snapshot = sampleSnapshot(std::chrono::system_clock::now());
    snapshot->channels.clear();
    snapshot->connections.clear();
    snapshot->channelCount = 0;
    snapshot->connectionCount = 0;
    m_view->showSnapshot(std::move(snapshot));
}

void SampleServer::standStill(engine::ServerState state, std::string failure)
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->at = std::chrono::system_clock::now();
    snapshot->server = {.state = state,
                        .address = "127.0.0.1",
                        .port = 6001,
                        .isTls = false,
                        .startedAt = {},
                        .failure = std::move(failure)};
    const hub::AppConfig app = apps().front();
    snapshot->apps.push_back({.id = app.id, .name = app.name, .key = app.key});
    m_view->showSnapshot(std::move(snapshot));
}

void SampleServer::repeat()
{
    auto again = sampleSnapshot(std::chrono::system_clock::now());
    again->totals.messagesIn = 24;
    again->totals.deliveries = 118;
    m_view->showSnapshot(std::move(again));
}

std::uint64_t SampleServer::publish(engine::PublishCommand command)
{
    engine::PublishOutcome outcome{
        .commandId = ++m_commands, .isAccepted = true, .error = {}, .channels = {}, .duration = 340us};
    for (const std::string& channel : command.channels)
        outcome.channels.push_back({channel, receiversOf(channel)});
    // The answer of a real server comes later; the caller has to know the id before it sees it.
    m_outcomes.push_back(std::move(outcome));
    return m_commands;
}

std::uint64_t SampleServer::authorize(engine::AuthorizationTrial)
{
    m_verdicts.push_back(sampleVerdict(++m_commands, std::chrono::system_clock::now()));
    return m_commands;
}

broadcast::DefaultChoice SampleServer::defaultConnection() const
{
    return {.name = "local", .origin = broadcast::DefaultOrigin::File, .failure = {}};
}

/// One channel is taken; the other the engine does not know.
std::uint64_t SampleServer::send(broadcast::Emission emission)
{
    broadcast::Report report;
    report.event = emission.event;
    report.duration = 38ms;
    for (const broadcast::Channel& channel : emission.channels.list()) {
        const bool isFirst = report.entries.empty();
        report.entries.push_back(
            isFirst ? broadcast::Entry::sent(channel.name())
                    : broadcast::Entry::failed(channel.name(), {broadcast::Code::Rejected, "unknown channel"}, 102));
        report.entries.back().connection = emission.options.connection;
    }
    m_reports.emplace_back(++m_commands, std::move(report));
    return m_commands;
}

std::uint64_t SampleServer::sendBatch(std::vector<broadcast::Emission> emissions)
{
    broadcast::Report report;
    report.event = "batch";
    report.duration = 42ms;
    for (const broadcast::Emission& emission : emissions) {
        for (const broadcast::Channel& channel : emission.channels.list()) {
            report.entries.push_back(broadcast::Entry::sent(channel.name()));
            report.entries.back().connection = emission.options.connection;
        }
    }
    m_reports.emplace_back(++m_commands, std::move(report));
    return m_commands;
}

std::uint64_t SampleServer::listChannels(const std::string& connection, const std::string&)
{
    m_channels.emplace_back(++m_commands, sampleChannels(connection));
    return m_commands;
}

std::uint64_t SampleServer::listMembers(const std::string&, const std::string& channel)
{
    m_members.emplace_back(++m_commands, sampleMembers(channel));
    return m_commands;
}

void SampleServer::answer()
{
    for (const engine::PublishOutcome& outcome : std::exchange(m_outcomes, {}))
        m_view->showOutcome(outcome);
    for (const engine::AuthorizationVerdict& verdict : std::exchange(m_verdicts, {}))
        m_view->showVerdict(verdict);
    for (const auto& [id, report] : std::exchange(m_reports, {}))
        m_view->showReport(id, report);
    for (auto& [id, listing] : std::exchange(m_channels, {}))
        m_view->showChannels(id, std::move(listing));
    for (auto& [id, listing] : std::exchange(m_members, {}))
        m_view->showMembers(id, std::move(listing));
}

} // namespace castdeck::app
