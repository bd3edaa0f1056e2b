#pragma once

#include "core/hub/app_config.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::test {

/// A REST request signed as Pusher's documentation words it, by OpenSSL and without the code under test, and with every
/// part open to change.
class SignedRequest {
public:
    enum class Spelling { Escaped, Raw };

    /// With auth_key, auth_timestamp (`unixSeconds`), auth_version and, when there is a body, body_md5.
    SignedRequest(const hub::AppConfig& app, std::string method, std::string path, std::string body,
                  long long unixSeconds);

    /// Sets the parameter, or adds it. Setting auth_signature puts an end to signing.
    SignedRequest& with(std::string_view name, std::string value);
    /// Adds another parameter of a name that may be there.
    SignedRequest& adding(std::string_view name, std::string value);
    SignedRequest& without(std::string_view name);

    const std::string& method() const { return m_method; }
    const std::string& path() const { return m_path; }
    const std::string& body() const { return m_body; }
    /// Path, `?`, and the query in the order of the calls, with the signature at its end.
    std::string target(Spelling spelling = Spelling::Escaped) const;
    std::string query(Spelling spelling = Spelling::Escaped) const;
    std::string signature() const;

private:
    std::string m_secret;
    std::string m_method;
    std::string m_path;
    std::string m_body;
    std::vector<std::pair<std::string, std::string>> m_parameters;
    bool m_isSigned = true;
};

} // namespace castdeck::test
