#pragma once

#include "core/broadcast/connection.h"
#include "core/broadcast/connections_config.h"
#include "core/broadcast/sender.h"
#include "core/broadcast/services.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::broadcast {

class ReportBuilder;

/// A connection, or why there is none.
struct Found {
    std::shared_ptr<Connection> connection;
    Failure failure;
};

enum class DefaultOrigin { RunTime, Environment, File, BuiltIn };

/// Which connection is the default, and why.
struct DefaultChoice {
    std::string name;
    DefaultOrigin origin = DefaultOrigin::BuiltIn;
    Failure failure;
};

/// All connections by name, and everything that is sent through them.
///
/// Thread: any. Ownership: what waits when it is destroyed is never sent, and reported as unreachable; what is under
/// way is given up where the driver can. waitIdle() first lets everything end.
class Manager : public Sender {
public:
    explicit Manager(ConnectionsConfig config = {}, Services services = {});
    ~Manager() override;
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    /// Takes effect on the next send; connections whose options stay are kept.
    void configure(ConnectionsConfig config);
    /// What looks like a mistake in the configuration although it works, one sentence each.
    std::vector<std::string> warnings() const;

    /// Registers a driver, or replaces it.
    void extend(std::string_view driver, DriverFactory factory);

    /// By alias (one step), then by name; without a name the default. The same instance every time.
    Found connection(std::string_view name = {});
    Found driver(std::string_view name = {}) { return connection(name); }
    DefaultChoice defaultConnection() const;
    void setDefault(std::string name);
    /// Drops the kept instance; the next send builds another.
    void purge(std::string_view name);

    /// Who sends outside of every ActorScope when the call names nobody: the operator of a console.
    void setOperator(Actor actor);

    using Sender::publish;
    PendingReport publish(Topics topics, Messages messages, CallOptions options) override;
    PendingReport send(Emission emission) override;
    PendingReport batch(std::vector<Emission> emissions) override;

    /// Waits until everything is sent; false when the time is up before.
    bool waitIdle(std::chrono::milliseconds time) const;

private:
    struct Recipe;
    struct Instance {
        Options options;
        std::string driver;
        std::shared_ptr<Connection> connection;
    };

    AnonymousEvent::Send sending() const override;

    std::string resolved(std::string_view name) const;
    DefaultChoice chooseDefault() const;
    Failure prepare(std::string_view name, Recipe& recipe);
    Found build(const Recipe& recipe);
    std::shared_ptr<Connection> drop(std::map<std::string, Instance, std::less<>>::iterator instance);

    bool requiresActor() const;
    bool hasActor(const CallOptions& options) const;
    std::vector<Entry> planFor(const Emission& emission, const std::string& connection) const;
    void sendOn(const std::string& name, const std::vector<Emission>& emissions, ReportBuilder& report);

    Services m_services;
    mutable std::mutex m_mutex; ///< Guards what follows; no driver and no factory is called under it.
    ConnectionsConfig m_config;
    std::map<std::string, DriverFactory, std::less<>> m_factories;
    std::optional<std::string> m_runTimeDefault;
    Actor m_operator;
    std::map<std::string, Instance, std::less<>> m_instances;
    std::map<std::string, std::shared_ptr<SendQueue>, std::less<>> m_queues; ///< By name: order outlives an instance.
    std::vector<std::weak_ptr<Connection>> m_dropped;                        ///< May still be sending.
};

/// "file", for people.
std::string_view toText(DefaultOrigin origin);

} // namespace castdeck::broadcast
