#include "core/auth/actor.h"

namespace castdeck::auth {

std::string_view toText(IdentitySource source)
{
    switch (source) {
    case IdentitySource::Token: return "token";
    case IdentitySource::Cookie: return "cookie";
    case IdentitySource::Header: return "header";
    case IdentitySource::Socket: return "socket";
    }
    return "token";
}

std::optional<IdentitySource> identitySourceFromText(std::string_view text)
{
    for (const auto source :
         {IdentitySource::Token, IdentitySource::Cookie, IdentitySource::Header, IdentitySource::Socket}) {
        if (text == toText(source))
            return source;
    }
    return std::nullopt;
}

} // namespace castdeck::auth
