#pragma once

#include "core/broadcast/manager.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace castdeck::broadcast {

/// One connection of a manager by its name, with every form of sending. What the name leads to is looked up at each
/// call; a name that leads nowhere is an error in the report.
///
/// Thread: any. Ownership: keeps the manager.
class NamedConnection final : public Sender {
public:
    /// `manager` may be null: every call then reports that none is installed.
    NamedConnection(std::shared_ptr<Manager> manager, std::string name);

    using Sender::publish;
    PendingReport publish(Topics topics, Messages messages, CallOptions options) override;
    PendingReport send(Emission emission) override;
    PendingReport batch(std::vector<Emission> emissions) override;

    /// What else it can do: listing, signing, testing.
    Found find() const;

private:
    AnonymousEvent::Send sending() const override;
    void choose(CallOptions& options) const;

    std::shared_ptr<Manager> m_manager;
    std::string m_name;
};

/// The one static entry point, in front of the manager that the program has installed.
///
/// Thread: any. A call without an installed manager reports `no_default`.
class Broadcast {
public:
    /// Null takes it away. What is under way goes on with the old one.
    static void install(std::shared_ptr<Manager> manager);
    static std::shared_ptr<Manager> manager(); ///< Null when none is installed.

    static PendingReport channel(Channels channels, std::string event, Payload payload = {}, CallOptions options = {})
    {
        return connection().channel(std::move(channels), std::move(event), std::move(payload), std::move(options));
    }
    template <class T>
        requires EventClass<std::remove_reference_t<T>>
    static PendingReport channel(T&& event, const CallOptions& options = {})
    {
        return connection().channel(std::forward<T>(event), options);
    }
    template <class T>
        requires EventClass<std::remove_reference_t<T>>
    static PendingReport channel(const Channels& channels, T&& event, const CallOptions& options = {})
    {
        return connection().channel(channels, std::forward<T>(event), options);
    }

    static AnonymousEvent on(Channels channels) { return connection().on(std::move(channels)); }
    static AnonymousEvent privateChannel(std::string_view name) { return connection().privateChannel(name); }
    static AnonymousEvent presence(std::string_view name) { return connection().presence(name); }
    static AnonymousEvent encrypted(std::string_view name) { return connection().encrypted(name); }

    /// Without a name the default connection.
    static NamedConnection connection(std::string name = {}) { return {manager(), std::move(name)}; }
    static NamedConnection driver(std::string name = {}) { return connection(std::move(name)); }

    static PendingReport publish(Topics topics, Messages messages, CallOptions options = {})
    {
        return connection().publish(std::move(topics), std::move(messages), std::move(options));
    }
    static PendingReport batch(std::vector<Emission> emissions) { return connection().batch(std::move(emissions)); }

    /// Registers a driver with the installed manager. Fails with Unavailable when there is none.
    static Result<void> extend(std::string_view driver, DriverFactory factory);
};

} // namespace castdeck::broadcast
