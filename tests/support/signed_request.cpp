#include "tests/support/signed_request.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <span>

namespace castdeck::test {

namespace {

std::string hex(std::span<const unsigned char> bytes)
{
    std::string text;
    for (const unsigned char byte : bytes) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", byte);
        text.append(digits.data());
    }
    return text;
}

std::string md5(std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
    return hex(std::span{digest}.first(size));
}

std::string hmacSha256(std::string_view key, std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), digest.data(), &size);
    return hex(std::span{digest}.first(size));
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' || c == '~')
            out.push_back(c);
        else
            out.append("%" + hex(std::span{reinterpret_cast<const unsigned char*>(&c), 1}));
    }
    return out;
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

SignedRequest::SignedRequest(const hub::AppConfig& app, std::string method, std::string path, std::string body,
                             long long unixSeconds)
    : m_secret{app.secret}
    , m_method{std::move(method)}
    , m_path{std::move(path)}
    , m_body{std::move(body)}
    , m_parameters{{"auth_key", app.key}, {"auth_timestamp", std::to_string(unixSeconds)}, {"auth_version", "1.0"}}
{
    if (!m_body.empty())
        m_parameters.emplace_back("body_md5", md5(m_body));
}

SignedRequest& SignedRequest::with(std::string_view name, std::string value)
{
    return without(name).adding(name, std::move(value));
}

SignedRequest& SignedRequest::adding(std::string_view name, std::string value)
{
    m_parameters.emplace_back(name, std::move(value));
    m_isSigned = m_isSigned && name != "auth_signature";
    return *this;
}

SignedRequest& SignedRequest::without(std::string_view name)
{
    std::erase_if(m_parameters, [&](const auto& parameter) { return parameter.first == name; });
    m_isSigned = m_isSigned && name != "auth_signature";
    return *this;
}

std::string SignedRequest::signature() const
{
    std::vector<std::pair<std::string, std::string>> sorted;
    for (const auto& [name, value] : m_parameters)
        sorted.emplace_back(lower(name), value);
    std::ranges::stable_sort(sorted, {}, [](const auto& parameter) { return parameter.first; });
    std::string text = m_method + "\n" + m_path + "\n";
    for (const auto& [name, value] : sorted)
        text.append(text.back() == '\n' ? "" : "&").append(name).append("=").append(value);
    return hmacSha256(m_secret, text);
}

std::string SignedRequest::query(Spelling spelling) const
{
    const auto spelled = [&](const std::string& text) { return spelling == Spelling::Raw ? text : escaped(text); };
    std::string text;
    for (const auto& [name, value] : m_parameters)
        text.append(text.empty() ? "" : "&").append(spelled(name)).append("=").append(spelled(value));
    return m_isSigned ? text + "&auth_signature=" + signature() : text;
}

std::string SignedRequest::target(Spelling spelling) const
{
    return m_path + "?" + query(spelling);
}

} // namespace castdeck::test
