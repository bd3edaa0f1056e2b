#pragma once

#include "core/broadcast/manager.h"
#include "tests/core/broadcast/fake_http.h"
#include "tests/support/manual_clock.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace castdeck::test {

/// One connection named "eu" of a manager whose HTTP goes to a FakeHttp, at the time of the golden values.
struct DriverFixture {
    explicit DriverFixture(broadcast::Options options)
    {
        broadcast::ConnectionsConfig config;
        config.environmentDefault = "eu";
        config.connections = {{"eu", std::move(options)}};
        broadcast::Services services;
        services.clock = clock;
        services.http = http;
        manager = std::make_unique<broadcast::Manager>(config, services);
    }

    std::shared_ptr<broadcast::Connection> connection() { return manager->connection().connection; }

    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    std::shared_ptr<FakeHttp> http = std::make_shared<FakeHttp>();
    std::unique_ptr<broadcast::Manager> manager;
};

inline std::string words(const broadcast::Report& report)
{
    std::string text;
    for (const broadcast::Entry& entry : report.entries)
        text += describe(entry) + "\n";
    return text;
}

/// Everything that a report can show.
inline std::string everythingIn(const broadcast::Report& report)
{
    std::string text = report.summary() + words(report);
    for (const broadcast::Exchange& exchange : report.exchanges)
        text += exchange.request + exchange.answer;
    return text;
}

} // namespace castdeck::test
