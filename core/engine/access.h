#pragma once

#include "core/auth/auth_endpoint.h"
#include "core/auth/demo_login.h"
#include "core/base/clock.h"
#include "core/engine/authorization.h"
#include "core/hub/gatekeeper.h"
#include "core/hub/hub.h"
#include "core/net/handlers.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace castdeck::engine {

/// Who may use what on the embedded server: the authorization routes, the login of the demo, and what a
/// Centrifugo server and the hub ask.
///
/// Which application a request is about, and so which one signs: the one it names by its id in the field or query
/// parameter `app_id` or by its key in `key`; else the one whose connected client has its socket_id; else the first.
/// Only enabled applications count.
///
/// Thread: any, but configure(), addRule() and setReach() for one owner. Ownership: clock and hub outlive it, and so
/// does whoever calls it back; the forwarder must not call back afterwards.
class Access final : public hub::Gatekeeper {
public:
    struct Services {
        const Clock& clock;
        const hub::Hub& hub;
        std::shared_ptr<auth::Forwarder> forwarder; ///< May be null.
        std::function<void(Decision)> decided;      ///< Before the answer leaves.
        std::function<void(std::string)> note;      ///< Lines for the log.
    };

    explicit Access(Services services);
    ~Access() override;

    /// Takes effect for what is asked from then on; sessions stay.
    void configure(auth::AuthorizationConfig authorization, const auth::WebSettings& web);
    /// After those of the configuration, or in the place of the one with the same pattern; outlives configure().
    void addRule(const auth::Rule& rule);
    void setReach(auth::Reach reach);

    /// False when the request is for somebody else. Otherwise `response` has the answer, or stays empty when that
    /// comes through the deferral.
    bool answer(const http::Request& request, net::Deferral& deferral, std::optional<http::Response>& response);

    /// As a request to the authorization endpoint. `done` may be called later, on any thread that the forwarder has.
    void tryOut(const AuthorizationTrial& trial, std::function<void(AuthorizationVerdict)> done);

    bool asksAtHandshake() const noexcept override { return m_asksAtHandshake.load(std::memory_order_relaxed); }
    bool asksForPublicChannels() const noexcept override
    {
        return m_asksForPublicChannels.load(std::memory_order_relaxed);
    }
    bool mayConnect(const hub::Visitor& visitor) override;
    std::optional<std::string> refusalOf(const hub::Visitor& visitor, const std::string& channel) override;

private:
    struct Rules;

    void guardBy(std::vector<auth::Rule> rules, auth::ActorDirectory actors, auth::GuardSettings settings);
    void rebuild();
    std::shared_ptr<const Rules> rules() const;
    std::string applicationFor(const auth::AuthorizationRequest& request) const;
    auth::HeldKeys keysOf(const std::string& appId) const;
    auth::AuthorizationRequest requestOf(const hub::Visitor& visitor) const;
    auth::AuthorizationRequest requestOf(const AuthorizationTrial& trial) const;
    bool isSignatureRight(const auth::AuthorizationRequest& request, const std::string& body) const;

    const Services m_services;
    auth::SessionStore m_sessions;
    std::atomic<bool> m_asksAtHandshake{false};
    std::atomic<bool> m_asksForPublicChannels{false};

    // Of the owner; the rules and actors are in the guard.
    auth::AuthorizationConfig m_authorization;
    auth::WebSettings m_web;
    auth::Reach m_reach = auth::Reach::Loopback;
    std::shared_ptr<const auth::Guard> m_guard;
    std::vector<auth::Rule> m_addedRules;

    mutable std::mutex m_mutex; ///< Guards m_rules.
    std::shared_ptr<const Rules> m_rules;
};

} // namespace castdeck::engine
