#pragma once

#include "core/auth/session_store.h"
#include "core/base/http.h"
#include "core/pusher/signature.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::auth {

struct CsrfSettings {
    bool isEnabled = true;
    /// Paths that need no token: exact ones, with `*` for one segment, and `/x/*` for all below /x. "@authorize" stands
    /// for the authorization routes.
    std::vector<std::string> exempt{"@authorize"};
};

enum class CsrfVerdict { Passed, Missing, Invalid };

/// Whether a request that could change something comes from a page of this server: it has to repeat the token of its
/// session, which pages of others cannot read.
///
/// Thread: any; nothing changes after construction.
class Csrf {
public:
    static constexpr std::string_view cookieName = "csrf_token";

    Csrf(CsrfSettings settings, std::vector<std::string> authorizePaths);

    /// `form` are the fields of the body.
    CsrfVerdict check(const http::Request& request, const pusher::QueryParameters& form,
                      const SessionStore& sessions) const;
    bool isExempt(std::string_view path) const;

    /// 419, for a verdict other than Passed.
    static http::Response refusal(CsrfVerdict verdict);

private:
    CsrfSettings m_settings;
    std::vector<std::string> m_authorizePaths;
};

} // namespace castdeck::auth
