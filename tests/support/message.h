#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace castdeck::test {

/// One message from the server. Texts are empty and values null where the message does not have them. QCOMPARE needs
/// get<>() around a JSON value: its implicit conversions confuse Qt Test.
struct Message {
    std::string text;    ///< As received.
    nlohmann::json json; ///< The same, parsed; discarded when it is not JSON.

    static Message parse(std::string_view text)
    {
        return {std::string{text}, nlohmann::json::parse(text, nullptr, false)};
    }

    std::string event() const { return member("event"); }
    std::string channel() const { return member("channel"); }
    std::string userId() const { return member("user_id"); }
    /// The string that `data` is.
    std::string data() const { return member("data"); }
    /// Of pusher:error; 0 for null.
    int code() const
    {
        const nlohmann::json data = payload();
        return data.is_object() && data.value("code", nlohmann::json{}).is_number_integer() ? data["code"].get<int>()
                                                                                            : 0;
    }
    /// A string in the payload.
    std::string payloadText(const char* name) const
    {
        const nlohmann::json data = payload();
        return data.is_object() && data.contains(name) && data[name].is_string() ? data[name].get<std::string>()
                                                                                 : std::string{};
    }
    /// What that string holds, or `data` itself where it is an object.
    nlohmann::json payload() const
    {
        if (!json.is_object() || !json.contains("data"))
            return {};
        const nlohmann::json& value = json["data"];
        return value.is_string() ? nlohmann::json::parse(value.get<std::string>(), nullptr, false) : value;
    }

private:
    std::string member(const char* name) const
    {
        return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>()
                                                                                 : std::string{};
    }
};

} // namespace castdeck::test
