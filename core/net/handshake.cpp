#include "core/net/handshake.h"

#include "core/base/ascii.h"
#include "core/net/request_parser.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace castdeck::net {

namespace {

constexpr std::string_view acceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::size_t keyCharacters = 24; ///< 16 bytes in base64.

bool isBase64Character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

bool isKey(std::string_view key)
{
    return key.size() == keyCharacters && key.ends_with("==") &&
           std::ranges::all_of(key.substr(0, keyCharacters - 2), isBase64Character);
}

std::string acceptValue(std::string_view key)
{
    const std::string joined = std::string{key}.append(acceptSuffix);
    std::array<unsigned char, 20> digest{};
    EVP_Digest(joined.data(), joined.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    std::array<unsigned char, 32> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
    return {encoded.begin(), encoded.begin() + length};
}

/// The first subprotocol offered that we speak; empty for none.
std::string_view chosenSubprotocol(const http::Request& request, const ServerOptions& options)
{
    for (const auto& header : request.headers) {
        if (!equalsIgnoringCase(header.name, "Sec-WebSocket-Protocol"))
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            auto name = rest.substr(0, comma);
            name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
            name = name.substr(0, name.find_last_not_of(" \t") + 1);
            if (options.isSubprotocol && options.isSubprotocol(name))
                return name;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return {};
}

} // namespace

bool isPusherSubprotocol(std::string_view name)
{
    constexpr std::string_view prefix = "pusher-channels-protocol-";
    return name.size() == prefix.size() + 1 && name.starts_with(prefix) && name.back() >= '4' && name.back() <= '7';
}

bool isWebSocketUpgrade(const http::Request& request)
{
    return hasToken(request.headers, "Upgrade", "websocket");
}

std::optional<http::Response> checkHandshake(const http::Request& request, bool isHttp11)
{
    if (request.method != "GET") {
        auto refusal = http::Response::error(405, "A WebSocket is opened with GET");
        refusal.headers.push_back({"Allow", "GET"});
        return refusal;
    }
    if (!isHttp11)
        return http::Response::error(400, "A WebSocket needs HTTP/1.1");
    if (!hasToken(request.headers, "Connection", "upgrade"))
        return http::Response::error(400, "Connection must name Upgrade");
    const auto* const version = request.header("Sec-WebSocket-Version");
    if (!version || *version != "13" || count(request.headers, "Sec-WebSocket-Version") != 1) {
        auto refusal = http::Response::error(426, "Sec-WebSocket-Version must be 13");
        refusal.headers = {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}};
        return refusal;
    }
    const auto* const key = request.header("Sec-WebSocket-Key");
    if (!key || !isKey(*key) || count(request.headers, "Sec-WebSocket-Key") != 1)
        return http::Response::error(400, "Sec-WebSocket-Key must be 16 bytes in base64");
    return {};
}

std::string handshakeAnswer(const http::Request& request, const ServerOptions& options)
{
    std::string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Accept: ";
    answer.append(acceptValue(*request.header("Sec-WebSocket-Key"))).append("\r\n");
    if (const auto subprotocol = chosenSubprotocol(request, options); !subprotocol.empty())
        answer.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
    return answer.append("\r\n");
}

} // namespace castdeck::net
