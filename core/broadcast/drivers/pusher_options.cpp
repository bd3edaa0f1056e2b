#include "core/broadcast/drivers/pusher_options.h"

#include "core/base/loopback.h"

#include <algorithm>

namespace castdeck::broadcast {

namespace {

constexpr std::uint64_t maxTimeout = 600'000;

bool isIdCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool readUsesTls(OptionReader& reader)
{
    const std::string scheme = reader.text({"options.scheme"}, "https");
    if (scheme != "https" && scheme != "http")
        reader.fail("options.scheme", "must be http or https");
    return reader.flag("ssl", reader.flag("options.useTLS", scheme == "https"));
}

/// Source: Pusher docs, "Clusters".
std::string readHost(OptionReader& reader, bool& isHosted)
{
    std::string host = reader.text({"host", "options.host"});
    const std::string cluster = reader.text({"cluster", "options.cluster"});
    isHosted = host.empty();
    if (!std::ranges::all_of(cluster, isIdCharacter))
        reader.fail("cluster", "must be a region name such as eu");
    if (host.find_first_of("/?#@ ") != std::string::npos)
        reader.fail("host", "must be a host name or an address, without scheme and path");
    if (isHosted)
        return cluster.empty() ? "api.pusherapp.com" : "api-" + cluster + ".pusher.com";
    return host.find(':') != std::string::npos && host.front() != '[' ? "[" + host + "]" : host;
}

std::string readPath(OptionReader& reader)
{
    std::string path = reader.text({"path_prefix"});
    path.erase(path.find_last_not_of('/') + 1);
    return path.empty() || path.front() == '/' ? path : "/" + path;
}

} // namespace

Result<PusherOptions> PusherOptions::read(const Options& options, std::size_t maxPayloadBytes)
{
    OptionReader reader{options};
    PusherOptions result;
    result.appId = reader.required({"app_id"});
    result.key = reader.required({"client", "key"});
    result.secret = reader.required({"secret"});
    const bool usesTls = readUsesTls(reader);
    const std::string host = readHost(reader, result.isHosted);
    const bool isGoodId = std::ranges::all_of(
        result.appId, [&](char c) { return result.isHosted ? c >= '0' && c <= '9' : isIdCharacter(c); });
    if (!isGoodId)
        reader.fail("app_id", result.isHosted ? "must be digits" : "must be letters, digits, _ and -");
    const std::uint64_t standardPort = usesTls ? 443 : 80;
    const auto port = reader.number({"port", "options.port"}, 1, 65'535, standardPort);
    result.baseUrl = (usesTls ? "https://" : "http://") + host +
                     (port == standardPort ? "" : ":" + std::to_string(port)) + readPath(reader);
    result.isClearText = !usesTls && !isLoopbackHost(host);
    result.timeout = std::chrono::milliseconds{reader.number({"timeout_ms"}, 1, maxTimeout, 5'000)};
    result.form = MessageForm::read(reader);
    result.maxPayloadBytes = reader.number({"max_payload_bytes"}, 1, UINT32_MAX, maxPayloadBytes);
    if (const std::string text = reader.text({"encryption_master_key_base64"}); !text.empty()) {
        const auto key = pusher::EncryptionKey::fromBase64(text);
        if (key)
            result.masterKey = *key;
        else
            reader.fail("encryption_master_key_base64", "must be the base64 of 32 bytes");
    }
    if (reader.hasFailed())
        return reader.error();
    return result;
}

std::string pathSegment(std::string_view text)
{
    std::string segment;
    for (const char c : text) {
        const bool isName = std::string_view{"=@,;"}.find(c) != std::string_view::npos;
        segment += isName ? std::string(1, c) : pusher::percentEncode(std::string_view{&c, 1});
    }
    return segment;
}

} // namespace castdeck::broadcast
