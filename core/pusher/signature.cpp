#include "core/pusher/signature.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::pusher {

namespace {

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const std::string_view part : parts)
        text.append(part);
    return text;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

} // namespace

std::string channelAuthText(std::string_view socketId, std::string_view channel,
                            std::optional<std::string_view> channelData)
{
    return channelData ? joined({socketId, ":", channel, ":", *channelData}) : joined({socketId, ":", channel});
}

std::string userAuthText(std::string_view socketId, std::string_view userData)
{
    return joined({socketId, "::user::", userData});
}

std::string Signer::channelAuth(std::string_view socketId, std::string_view channel,
                                std::optional<std::string_view> channelData) const
{
    return joined({m_key, ":", sign(channelAuthText(socketId, channel, channelData))});
}

std::string Signer::userAuth(std::string_view socketId, std::string_view userData) const
{
    return joined({m_key, ":", sign(userAuthText(socketId, userData))});
}

std::string percentDecode(std::string_view text, bool isPlusSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
        const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
        if (low >= 0) {
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(isPlusSpace && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

std::string percentEncode(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.append({'%', digits[byte >> 4], digits[byte & 0x0F]});
        }
    }
    return out;
}

QueryParameters parseQuery(std::string_view query)
{
    QueryParameters parameters;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty())
            continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        parameters.emplace_back(percentDecode(pair.substr(0, equals), true), percentDecode(value, true));
    }
    return parameters;
}

const std::string* find(const QueryParameters& parameters, std::string_view name)
{
    const auto it =
        std::ranges::find(parameters, name, [](const auto& entry) { return std::string_view{entry.first}; });
    return it == parameters.end() ? nullptr : &it->second;
}

std::string canonicalQuery(const QueryParameters& parameters)
{
    std::vector<std::pair<std::string, const std::string*>> sorted;
    sorted.reserve(parameters.size());
    for (const auto& [name, value] : parameters) {
        std::string lower = toLower(name);
        if (lower != "auth_signature")
            sorted.emplace_back(std::move(lower), &value);
    }
    std::ranges::stable_sort(sorted, {}, [](const auto& entry) -> const std::string& { return entry.first; });
    std::string text;
    for (const auto& [name, value] : sorted) {
        if (!text.empty())
            text.push_back('&');
        text.append(name).append("=").append(*value);
    }
    return text;
}

std::string restText(std::string_view method, std::string_view path, std::string_view canonicalQuery)
{
    return joined({method, "\n", path, "\n", canonicalQuery});
}

std::string signedQuery(const Signer& signer, std::string_view method, std::string_view path, std::string_view body,
                        long long unixSeconds, QueryParameters own)
{
    own.emplace_back("auth_key", signer.key());
    own.emplace_back("auth_timestamp", std::to_string(unixSeconds));
    own.emplace_back("auth_version", "1.0");
    if (!body.empty())
        own.emplace_back("body_md5", md5Hex(body));
    own.emplace_back("auth_signature", signer.sign(restText(method, path, canonicalQuery(own))));
    std::string query;
    for (const auto& [name, value] : own) {
        if (!query.empty())
            query.push_back('&');
        query.append(percentEncode(name)).append("=").append(percentEncode(value));
    }
    return query;
}

} // namespace castdeck::pusher
