#include "tests/support/app.h"

#include "core/base/crypto.h"
#include "core/base/json.h"

namespace castdeck::test {

hub::AppConfig makeApp(const std::string& id)
{
    hub::AppConfig app;
    app.id = id;
    app.key = id + "-key";
    app.secret = id + "-secret";
    return app;
}

std::string channelAuth(const hub::AppConfig& app, std::string_view socketId, std::string_view channel,
                        const std::optional<std::string>& channelData)
{
    std::string text{socketId};
    text.append(":").append(channel);
    if (channelData)
        text.append(":").append(*channelData);
    return app.key + ":" + hmacSha256Hex(app.secret, text);
}

std::string userAuth(const hub::AppConfig& app, std::string_view socketId, std::string_view userData)
{
    std::string text{socketId};
    text.append("::user::").append(userData);
    return app.key + ":" + hmacSha256Hex(app.secret, text);
}

std::string memberData(std::string_view userId, std::string_view userInfo)
{
    std::string data = R"({"user_id":)" + json::toString(userId);
    if (!userInfo.empty())
        data.append(R"(,"user_info":)").append(userInfo);
    return data + "}";
}

} // namespace castdeck::test
