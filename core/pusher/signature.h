#pragma once

#include "core/base/crypto.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Every signature of the protocol is the lower-case hexadecimal HMAC-SHA256 of a text with the application's secret.
/// Source: Pusher docs, "Auth signatures" and "HTTP API reference", section "Generating authentication signatures".
namespace castdeck::pusher {

/// The key and secret of one application, with the secret's hash blocks prepared.
///
/// Thread: any. It never gives the secret back.
class Signer {
public:
    Signer(std::string key, std::string_view secret) : m_key{std::move(key)}, m_hmac{secret} {}

    const std::string& key() const noexcept { return m_key; }
    std::string sign(std::string_view text) const { return m_hmac.hex(text); }

    /// "KEY:HEX" for a subscribe message. `channelData` takes part whenever it is sent, whatever the channel's kind.
    std::string channelAuth(std::string_view socketId, std::string_view channel,
                            std::optional<std::string_view> channelData = std::nullopt) const;
    /// "KEY:HEX" for pusher:signin.
    std::string userAuth(std::string_view socketId, std::string_view userData) const;

private:
    std::string m_key;
    HmacSha256 m_hmac;
};

std::string channelAuthText(std::string_view socketId, std::string_view channel,
                            std::optional<std::string_view> channelData = std::nullopt);
std::string userAuthText(std::string_view socketId, std::string_view userData);

/// Percent-decoded parameters in the order of the query.
using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// `+` becomes a space; a missing `=` gives an empty value; a broken escape stays as it is.
QueryParameters parseQuery(std::string_view query);
std::string percentDecode(std::string_view text, bool isPlusSpace = false);
/// Everything but RFC 3986's unreserved characters.
std::string percentEncode(std::string_view text);

/// The first parameter of that name; null when there is none.
const std::string* find(const QueryParameters& parameters, std::string_view name);

/// All parameters but auth_signature, names in lower case, sorted by name bytewise with equal names in the order sent,
/// values as decoded.
std::string canonicalQuery(const QueryParameters& parameters);

/// METHOD, path and canonical query, a line feed between each.
std::string restText(std::string_view method, std::string_view path, std::string_view canonicalQuery);

/// The query string, signature included, for a REST request that we send. `own` are the request's own parameters.
std::string signedQuery(const Signer& signer, std::string_view method, std::string_view path, std::string_view body,
                        long long unixSeconds, QueryParameters own = {});

} // namespace castdeck::pusher
