#pragma once

#include "core/auth/authorization_config.h"
#include "core/hub/app_config.h"
#include "core/remote/endpoint_request.h"
#include "core/remote/persona.h"

#include <string>
#include <vector>

namespace castdeck::remote {

/// The answers that the embedded server's authorization endpoint gives by a configuration, without a server: nothing is
/// logged or counted there. Personas count as actors, in place of those with their ids, of whom they keep what personas
/// do not have.
///
/// Thread: any; nothing changes after construction.
class BuiltinEndpoint {
public:
    BuiltinEndpoint(const auth::AuthorizationConfig& config, std::vector<hub::AppConfig> apps,
                    const std::vector<Persona>& personas);

    /// `persona` is one of the constructor's. An empty `appId` is the first application.
    auth::AuthorizationStatus decide(const EndpointTarget& target, const EndpointQuestion& question,
                                     const Persona& persona) const;
    EndpointReply ask(const EndpointTarget& target, const EndpointQuestion& question, const Persona& persona,
                      const std::string& appId = {}) const;

    /// Another application decides in truth (authorize.forward_url).
    bool isForwarded() const noexcept { return m_isForwarded; }
    const auth::Guard& guard() const noexcept { return m_guard; }

private:
    auth::AuthorizationRequest requestOf(const EndpointTarget& target, const EndpointQuestion& question,
                                         const Persona& persona) const;
    auth::AuthorizationStatus decide(const auth::AuthorizationRequest& request) const;

    const auth::Guard m_guard;
    const std::vector<hub::AppConfig> m_apps;
    const std::string m_path;
    const bool m_isForwarded;
};

/// For judge(): the application with that id first; an empty `appId` is the first one.
std::vector<KnownApp> knownApps(const std::vector<hub::AppConfig>& apps, const std::string& appId = {});

} // namespace castdeck::remote
