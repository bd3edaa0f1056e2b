#include "core/hub/dossier.h"

#include "core/base/secret_name.h"
#include "core/hub/admission.h"
#include "core/pusher/signature.h"

namespace castdeck::hub {

namespace {

constexpr std::size_t maxHeaders = 32;
constexpr std::size_t maxHeaderBytes = 1'024;

http::Headers kept(const http::Headers& headers)
{
    http::Headers result;
    for (const http::Header& header : headers) {
        if (result.size() == maxHeaders)
            break;
        const std::string_view value = isSecretName(header.name) ? std::string_view{"(not kept)"} : header.value;
        result.push_back({header.name.substr(0, maxHeaderBytes), std::string{value.substr(0, maxHeaderBytes)}});
    }
    return result;
}

} // namespace

std::unique_ptr<const Dossier> dossierOf(const Handshake& handshake)
{
    auto dossier = std::make_unique<Dossier>();
    dossier->path = handshake.path;
    const auto parameters = pusher::parseQuery(handshake.query);
    if (const std::string* const protocol = pusher::find(parameters, "protocol"))
        dossier->protocol = *protocol;
    dossier->isTls = handshake.isTls;
    dossier->headers = kept(handshake.headers);
    return dossier;
}

} // namespace castdeck::hub
