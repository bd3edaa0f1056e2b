#pragma once

#include "core/hub/app_config.h"

#include <optional>
#include <string>
#include <string_view>

namespace castdeck::test {

/// An application "<id>" with key "<id>-key" and secret "<id>-secret" and the defaults otherwise.
hub::AppConfig makeApp(const std::string& id = "app");

/// "KEY:HEX" for a subscription, made from the text that the protocol names.
std::string channelAuth(const hub::AppConfig& app, std::string_view socketId, std::string_view channel,
                        const std::optional<std::string>& channelData = std::nullopt);

/// "KEY:HEX" for pusher:signin.
std::string userAuth(const hub::AppConfig& app, std::string_view socketId, std::string_view userData);

/// {"user_id":"u-1","user_info":{"name":"Ann"}}; without user_info when `userInfo` is empty.
std::string memberData(std::string_view userId, std::string_view userInfo = {});

} // namespace castdeck::test
