#pragma once

#include "app/cli/authorize_trial.h"
#include "core/broadcast/secret_mask.h"
#include "core/remote/endpoint_probe.h"

#include <QSslCertificate>

#include <functional>
#include <string>
#include <vector>

namespace castdeck::cli {

/// Puts the question to the endpoint of an application, as client libraries do, and prints what came back and what it
/// is worth. `finish` gets the exit code.
///
/// Thread: the one with the event loop.
class EndpointTrial {
public:
    /// Fails with InvalidInput when the question cannot be put to this address.
    static Result<std::string> checkedUrl(const std::string& text, const AuthorizeTrial& trial);

    /// `apps` as for remote::judge().
    EndpointTrial(const AuthorizeTrial& trial, const std::string& url, const std::vector<remote::KnownApp>& apps,
                  const QList<QSslCertificate>& trusted, std::function<void(int)> finish);

private:
    void receive(const remote::EndpointTrial& outcome);
    void printWords(const remote::EndpointTrial& outcome, bool isAllowed) const;
    void printJson(const remote::EndpointTrial& outcome, bool isAllowed) const;
    std::string shown(const std::string& text) const;

    const AuthorizeTrial& m_trial;
    const broadcast::SecretMask m_mask;
    std::function<void(int)> m_finish;
    remote::EndpointProbe m_probe;
};

} // namespace castdeck::cli
