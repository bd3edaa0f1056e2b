#include "core/broadcast/payload.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

namespace castdeck::broadcast {

Payload::Payload(const Json& value)
{
    if (value.is_string()) {
        m_text = value.get_ref<const std::string&>();
        m_isPlainText = true;
        m_isValid = isValidUtf8(m_text);
        return;
    }
    try {
        m_text = value.dump();
    } catch (const Json::exception&) {
        m_isValid = false;
    }
}

Payload::Payload(Json::initializer_list_t value)
{
    const Json json(value);
    const bool isBracedText = json.is_array() && json.size() == 1 && json.front().is_string();
    *this = isBracedText ? Payload(json.front().get_ref<const std::string&>()) : Payload(json);
}

std::string asJson(std::string_view text, bool isPlainText, bool& wasWrapped)
{
    const bool isJson = !isPlainText && !json::check(text, maxPayloadDepth);
    wasWrapped = !isJson && !isPlainText;
    return isJson ? std::string{text} : json::toString(text);
}

} // namespace castdeck::broadcast
