#include "core/auth/member_template.h"

#include "core/base/json.h"

namespace castdeck::auth {

void MemberTemplate::addJson(std::string_view json)
{
    m_json += json;
}

void MemberTemplate::addText(TextTemplate text)
{
    m_parts.push_back({std::exchange(m_json, {}), std::move(text)});
}

std::string MemberTemplate::filled(const Subject& subject) const
{
    std::string json;
    for (const Part& part : m_parts) {
        json += part.json;
        json::appendString(json, part.text.filledLeniently(subject));
    }
    return json + m_json;
}

} // namespace castdeck::auth
