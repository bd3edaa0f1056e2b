#pragma once

#include "core/auth/authorization_config.h"
#include "core/auth/web_settings.h"
#include "core/base/mailbox.h"
#include "core/engine/authorization.h"
#include "core/engine/details.h"
#include "core/engine/event.h"
#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "core/webhook/delivery_log.h"
#include "core/webhook/dispatcher.h"
#include "core/webhook/outbox.h"
#include "core/webhook/transport.h"
#include "core/webhook/webhook_target.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::auth {
class Forwarder;
}
namespace castdeck::broadcast {
class LocalPublisher;
}

namespace castdeck::engine {

struct TlsFiles {
    std::string certificate; ///< PEM, the chain with the server's certificate first.
    std::string key;         ///< PEM
};

struct EngineOptions {
    std::string listen = "127.0.0.1"; ///< An address; "localhost" binds 127.0.0.1 and ::1.
    std::uint16_t port = 6001;        ///< 0 picks a free one.
    std::optional<TlsFiles> tls;
    std::string pathPrefix;              ///< Stripped from WebSocket and REST paths, "" for none.
    std::vector<std::string> extraHosts; ///< Names accepted in Host besides loopback and the bound address.
    unsigned workers = 0;                ///< 0: as many as cores, at most 4.
    std::vector<hub::AppConfig> apps;
    auth::AuthorizationConfig authorization;
    auth::WebSettings web;
    std::shared_ptr<auth::Forwarder> forwarder; ///< Null: whatever is to be forwarded is refused.
    std::vector<webhook::AppWebhooks> webhooks;
    std::shared_ptr<webhook::Transport> webhookTransport; ///< Null: no webhooks are sent.
    std::shared_ptr<webhook::Outbox> webhookOutbox;       ///< Null: what waits is lost at the end of the process.
    /// One line for the operator or the log file, also recorded as a ServerNotice. Called on any engine thread.
    std::function<void(const std::string&)> notice;
    bool recordsEvents = true; ///< False in a headless server: takeEvents() stays empty and costs nothing.
};

struct PublishCommand {
    std::string appId; ///< Empty: the first application.
    std::vector<std::string> channels;
    std::string event;
    std::string data; ///< The payload as text, exactly as subscribers shall decode it.
    std::string excludeSocketId;
};

enum class StopReason {
    Restart,  ///< Clients are closed with 4200 and come back at once.
    Operator, ///< Clients are closed with 4100 and wait.
};

/// The server as the rest of the program sees it.
///
/// Thread: every member may be called from any thread and returns at once, except the destructor and waitStopped().
/// `onChange` runs on a worker and must only wake its owner, who then calls takeEvents(), takeOutcomes() and so on.
/// Ownership: the destructor stops accepting, closes every socket, joins the workers and sends the webhooks that are
/// left (Restart, at most 12 s).
class Engine {
public:
    Engine(EngineOptions options, std::function<void()> onChange);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Opens the listeners. The outcome is in snapshot().server, and as a ServerNotice event. Ignored until the server
    /// has stopped.
    void start();
    void stop(StopReason reason);
    /// Blocks until every socket is closed after stop(). For programs that end; the window never calls it.
    void waitStopped();

    /// Replaces the applications; connections of an application that is gone or disabled are closed.
    void setApps(std::vector<hub::AppConfig> apps);
    /// Replaces rules, actors and what web pages may do; connections and sessions stay. A rule for public channels that
    /// asks for headers or the like refuses clients that came while there was none, until they connect anew.
    void setAuthorization(auth::AuthorizationConfig authorization, auth::WebSettings web);
    /// Adds a rule after those of the configuration, or in the place of the one with the same pattern. It stays when
    /// the configuration is replaced.
    void addRule(auth::Rule rule);
    /// Replaces the webhooks; no connection is touched, and what waits for a target that stays is kept.
    void setWebhooks(std::vector<webhook::AppWebhooks> webhooks);
    /// Where the next start() listens.
    void setListen(std::string address, std::uint16_t port);
    /// Reads the certificate files again; open connections keep theirs. A notice says what came of it.
    void reloadTls();

    /// The answer comes through takeOutcomes() under the returned id.
    std::uint64_t publish(PublishCommand command);
    void disconnect(std::string appId, std::string socketId);
    void terminateUser(std::string appId, std::string userId);
    /// It stays connected, is told by pusher:subscription_error, and may subscribe again.
    void removeFromChannel(std::string appId, std::string socketId, std::string channel);

    /// About one connection or one channel. The answer comes through takeDetails() under the returned id.
    std::uint64_t askDetails(DetailsQuestion question);

    /// Asks the authorization endpoint, listening or not. The answer comes through takeVerdicts() under the returned
    /// id.
    std::uint64_t authorize(AuthorizationTrial trial);

    /// Never null; at most 250 ms old while running and asked for at least once a second.
    std::shared_ptr<const Snapshot> snapshot() const;
    Mailbox<Event>::Batch takeEvents(); ///< Items, and the number dropped since the last call.
    std::vector<PublishOutcome> takeOutcomes();
    std::vector<AuthorizationVerdict> takeVerdicts();
    std::vector<Details> takeDetails();
    Mailbox<Decision>::Batch takeDecisions(); ///< As takeEvents().

    /// The attempts to deliver webhooks, the last thousand, with a number above `number`.
    std::vector<webhook::Delivery> deliveriesAfter(std::uint64_t number) const;
    std::vector<webhook::TargetStatus> webhookStatus() const;

    /// For the `local` driver. Usable when the engine is gone: then the embedded server is not running.
    std::shared_ptr<broadcast::LocalPublisher> localPublisher() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace castdeck::engine
