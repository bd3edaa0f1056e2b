#include "core/base/ascii.h"
#include "core/pusher/signature.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace castdeck;
using namespace castdeck::pusher;
using fuzz::require;

namespace {

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._~"}.find(c) != std::string_view::npos;
}

/// Escaping is undone by decoding and leaves nothing that means something in a query.
void checkEscaping(std::string_view text)
{
    const std::string escaped = percentEncode(text);
    require(percentDecode(escaped) == text && percentDecode(escaped, true) == text);
    require(std::ranges::all_of(escaped, [](char c) { return c == '%' || isUnreserved(c); }));
}

/// The signature covers the values, not their spelling: escaping all of them gives the same text to sign.
void checkSpelling(const QueryParameters& parameters)
{
    std::string spelled;
    for (const auto& [name, value] : parameters)
        spelled += (spelled.empty() ? "" : "&") + percentEncode(name) + "=" + percentEncode(value);
    require(canonicalQuery(parseQuery(spelled)) == canonicalQuery(parameters));
}

/// The signature itself takes no part, however its name is spelled.
void checkSignatureIsLeftOut(const QueryParameters& parameters)
{
    QueryParameters others = parameters;
    std::erase_if(others, [](const auto& parameter) { return equalsIgnoringCase(parameter.first, "auth_signature"); });
    require(canonicalQuery(others) == canonicalQuery(parameters));
}

/// What we sign, a server can verify from the query alone.
void checkOwnRequest(const QueryParameters& parameters, std::string_view body)
{
    QueryParameters own;
    for (const auto& [name, value] : parameters) {
        if (!name.empty() && std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; }))
            own.emplace_back(name, value);
    }
    const Signer signer{"key", "secret"};
    const std::string query = signedQuery(signer, "POST", "/apps/1/events", body, 1'700'000'000, own);
    const QueryParameters sent = parseQuery(query);
    const std::string* const signature = find(sent, "auth_signature");
    require(signature != nullptr);
    require(*signature == signer.sign(restText("POST", "/apps/1/events", canonicalQuery(sent))));
    for (const auto& parameter : own)
        require(std::ranges::find(sent, parameter) != sent.end());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    checkEscaping(text);
    require(percentDecode(text).size() <= text.size());
    const QueryParameters parameters = parseQuery(text);
    checkSpelling(parameters);
    checkSignatureIsLeftOut(parameters);
    checkOwnRequest(parameters, text);
    return 0;
}
