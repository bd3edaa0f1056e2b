#pragma once

#include "ui/bridge/server_view.h"
#include "ui/window_settings.h"

#include <string>
#include <utility>
#include <vector>

namespace castdeck::test {

/// Remembers what the window asked for.
class FakeServer : public ui::ServerControl, public ui::ConnectionControl {
public:
    void startServer() override { ++starts; }
    void stopServer() override { ++stops; }
    std::uint64_t publish(engine::PublishCommand command) override
    {
        published.push_back(std::move(command));
        return published.size();
    }

    std::uint64_t authorize(engine::AuthorizationTrial trial) override
    {
        trials.push_back(std::move(trial));
        return trials.size();
    }
    broadcast::DefaultChoice defaultConnection() const override { return defaultChoice; }
    std::uint64_t send(broadcast::Emission emission) override
    {
        sent.push_back(std::move(emission));
        return sent.size();
    }

    std::uint64_t sendBatch(std::vector<broadcast::Emission> emissions) override
    {
        batches.push_back(std::move(emissions));
        return 500 + batches.size();
    }

    std::uint64_t listChannels(const std::string& connection, const std::string& prefix) override
    {
        channelQuestions.push_back({connection, prefix});
        return 1'000 + channelQuestions.size();
    }
    std::uint64_t listMembers(const std::string& connection, const std::string& channel) override
    {
        memberQuestions.push_back({connection, channel});
        return 2'000 + memberQuestions.size();
    }

    int starts = 0;
    int stops = 0;
    std::vector<engine::PublishCommand> published;
    std::vector<engine::AuthorizationTrial> trials;
    std::vector<broadcast::Emission> sent;
    std::vector<std::vector<broadcast::Emission>> batches;             ///< Ids from 501 on.
    std::vector<std::pair<std::string, std::string>> channelQuestions; ///< Connection and prefix; ids from 1001 on.
    std::vector<std::pair<std::string, std::string>> memberQuestions;  ///< Connection and channel; ids from 2001 on.
    broadcast::DefaultChoice defaultChoice;
};

/// One app, running on 127.0.0.1:6001, with the channels `orders` (3 subscribers) and `presence-room` (ana, twice).
std::shared_ptr<engine::Snapshot> runningSnapshot();
/// The app of runningSnapshot(); its secret is a word that must never be seen.
std::vector<hub::AppConfig> sampleApps();
/// These apps; the connections `local`, `eu-prod` (pusher) with the alias `alerts`, and `null`; one rule, one actor.
ui::WindowSettings sampleSettings();
inline constexpr const char* secretMarker = "never-to-be-seen-6f1d";

} // namespace castdeck::test
