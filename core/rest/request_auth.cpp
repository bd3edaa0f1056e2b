#include "core/rest/request_auth.h"

#include "core/base/ascii.h"
#include "core/base/crypto.h"

#include <algorithm>

namespace castdeck::rest {

namespace {

constexpr long long allowedSkewSeconds = 600;
constexpr std::string_view md5OfNothing = "d41d8cd98f00b204e9800998ecf8427e";

Error unauthorized(std::string detail)
{
    return {ErrorKind::Unauthorized, std::move(detail)};
}

Result<void> checkUnique(const pusher::QueryParameters& query)
{
    for (const std::string_view name : {"auth_key", "auth_timestamp", "auth_version", "auth_signature", "body_md5"}) {
        if (std::ranges::count(query, name, [](const auto& entry) { return std::string_view{entry.first}; }) > 1)
            return unauthorized("The parameter " + std::string{name} + " is there twice");
    }
    return {};
}

Result<void> checkTime(const std::string* timestamp, WallTime now)
{
    constexpr std::uint64_t largest = 99'999'999'999;
    const auto seconds = timestamp != nullptr ? parseNumber(*timestamp, largest) : std::nullopt;
    if (!seconds)
        return unauthorized("auth_timestamp must be a time in Unix seconds");
    const auto unixNow = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const long long skew = unixNow - static_cast<long long>(*seconds);
    if (std::abs(skew) >= allowedSkewSeconds)
        return unauthorized("auth_timestamp is " + std::to_string(std::abs(skew)) + " seconds " +
                            (skew > 0 ? "behind" : "ahead of") + " this server's clock; less than " +
                            std::to_string(allowedSkewSeconds) + " are allowed");
    return {};
}

Result<void> checkBody(const std::string* bodyMd5, std::string_view body)
{
    if (body.empty()) {
        // The Python library signs the digest of nothing, also on GET.
        if (bodyMd5 != nullptr && *bodyMd5 != md5OfNothing)
            return unauthorized("body_md5 is given, but the body is empty");
        return {};
    }
    if (bodyMd5 == nullptr)
        return unauthorized("body_md5 is missing");
    if (!equalsInConstantTime(*bodyMd5, md5Hex(body)))
        return unauthorized("body_md5 is not the MD5 of the body that arrived");
    return {};
}

} // namespace

Result<void> verify(const http::Request& request, const pusher::QueryParameters& query, const pusher::Signer& signer,
                    WallTime now)
{
    if (auto unique = checkUnique(query); !unique)
        return unique;
    const std::string* const key = pusher::find(query, "auth_key");
    if (key == nullptr || *key != signer.key())
        return unauthorized(key == nullptr ? "auth_key is missing" : "Unknown auth_key");
    const std::string* const version = pusher::find(query, "auth_version");
    if (version == nullptr || *version != "1.0")
        return unauthorized("auth_version must be 1.0");
    if (auto time = checkTime(pusher::find(query, "auth_timestamp"), now); !time)
        return time;
    if (auto body = checkBody(pusher::find(query, "body_md5"), request.body); !body)
        return body;
    const std::string* const signature = pusher::find(query, "auth_signature");
    if (signature == nullptr)
        return unauthorized("auth_signature is missing");
    const std::string canonical = pusher::canonicalQuery(query);
    const auto matches = [&](std::string_view path) {
        return equalsInConstantTime(*signature, signer.sign(pusher::restText(request.method, path, canonical)));
    };
    if (matches(request.path))
        return {};
    // Some libraries sign the path before they escape it.
    const bool isEscaped = request.path.find('%') != std::string::npos;
    if (isEscaped && matches(pusher::percentDecode(request.path)))
        return {};
    return unauthorized("Invalid auth_signature for " + request.method + " " + request.path.substr(0, 300));
}

} // namespace castdeck::rest
