#include "core/hub/dossier.h"

#include "core/base/ascii.h"
#include "core/hub/admission.h"
#include "core/pusher/signature.h"

#include <algorithm>
#include <array>

namespace castdeck::hub {

namespace {

constexpr std::size_t maxHeaders = 32;
constexpr std::size_t maxHeaderBytes = 1'024;

/// Also whatever is named after a token, a secret or a key of its own, which is what applications do.
bool holdsSecret(std::string_view name)
{
    constexpr std::array words{"cookie", "authorization", "token", "secret", "csrf", "xsrf", "session", "api-key"};
    const std::string lower = lowered(name);
    return std::ranges::any_of(words, [&](const char* word) { return lower.find(word) != std::string::npos; });
}

http::Headers kept(const http::Headers& headers)
{
    http::Headers result;
    for (const http::Header& header : headers) {
        if (result.size() == maxHeaders)
            break;
        const std::string_view value = holdsSecret(header.name) ? std::string_view{"(not kept)"} : header.value;
        result.push_back({std::string{leading(header.name, maxHeaderBytes)},
                          std::string{leading(value, maxHeaderBytes)}});
    }
    return result;
}

} // namespace

std::unique_ptr<const Dossier> dossierOf(const Handshake& handshake)
{
    auto dossier = std::make_unique<Dossier>();
    dossier->path = handshake.path;
    const auto parameters = pusher::parseQuery(handshake.query);
    if (const std::string* const protocol = pusher::findParameter(parameters, "protocol"))
        dossier->protocol = *protocol;
    dossier->isTls = handshake.isTls;
    dossier->headers = kept(handshake.headers);
    return dossier;
}

} // namespace castdeck::hub
