#include "core/remote/centrifugo_token.h"

#include "core/base/crypto.h"
#include "core/base/json.h"

#include <QByteArray>

namespace castdeck::remote::centrifugo {

namespace {

std::string base64Url(const QByteArray& bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}

std::string toJson(const Claims& claims)
{
    std::string text = "{\"sub\":" + json::toString(claims.user);
    if (claims.expires) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(claims.expires->time_since_epoch());
        text += ",\"exp\":" + std::to_string(seconds.count());
    }
    if (!claims.info.empty())
        text += ",\"info\":" + claims.info;
    std::string list;
    for (const std::string& channel : claims.channels)
        list += (list.empty() ? "" : ",") + json::toString(channel);
    if (!list.empty())
        text += ",\"channels\":[" + list + "]";
    return text + "}";
}

} // namespace

std::string makeToken(std::string_view secret, const Claims& claims)
{
    const std::string content =
        base64Url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64Url(QByteArray::fromStdString(toJson(claims)));
    return content + "." + base64Url(QByteArray::fromHex(QByteArray::fromStdString(hmacSha256Hex(secret, content))));
}

} // namespace castdeck::remote::centrifugo
