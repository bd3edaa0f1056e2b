#pragma once

#include "app/cli/authorize_trial.h"
#include "app/cli/endpoint_verdict.h"
#include "core/broadcast/secret_mask.h"
#include "core/remote/http_client.h"

#include <QSslCertificate>

#include <functional>
#include <string>

namespace castdeck::cli {

/// Puts the question to the endpoint of an application, as client libraries do, and prints what came back and what it
/// is worth. `finish` gets the exit code.
///
/// Thread: the one with the event loop.
class EndpointTrial : public QObject {
public:
    /// Fails with InvalidInput when the question cannot be put to this address.
    static Result<std::string> checkedUrl(const std::string& text, const AuthorizeTrial& trial);

    EndpointTrial(const AuthorizeTrial& trial, const std::string& url, const AuthorizeKeys& keys,
                  const QList<QSslCertificate>& trusted, std::function<void(int)> finish);

private:
    void receive(const http::Answer& answer);
    void printWords(const http::Answer& answer, const EndpointVerdict& verdict) const;
    void printJson(const http::Answer& answer, const EndpointVerdict& verdict) const;
    std::string shown(const std::string& text) const;

    const AuthorizeTrial& m_trial;
    const AuthorizeKeys& m_keys;
    const std::string m_address; ///< For people: without what may be a credential.
    const broadcast::SecretMask m_mask;
    std::function<void(int)> m_finish;
    remote::HttpClient m_http;
};

} // namespace castdeck::cli
