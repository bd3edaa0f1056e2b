#pragma once

#include "core/base/json.h"
#include "core/remote/endpoint_checks.h"

#include <optional>
#include <string>
#include <vector>

/// Checking one signature of an authorization endpoint, and finding out by trying what a wrong one was made from.
namespace castdeck::remote {

/// What the endpoint may rightly have signed.
struct SignedTexts {
    std::vector<std::string> right; ///< The first is the one to show. Not empty.
    bool isCertain = true;          ///< False: the right one may be another, because the answer does not hold it.
};

/// `channelData` is that member of the answer, when there is one.
SignedTexts textsForChannel(const EndpointQuestion& question, const std::optional<json::Value>& channelData,
                            bool isPresence);
SignedTexts textsForUser(const std::string& socketId, const std::string& userData);

/// `hex` against what the secret of the first application gives; `apps` is not empty.
SignatureDetail compareSignature(const std::string& hex, const EndpointQuestion& question, const SignedTexts& texts,
                                 const std::vector<KnownApp>& apps, const std::vector<std::string>& socketIds);

} // namespace castdeck::remote
