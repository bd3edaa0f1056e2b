#include "ui/text/paste_variables.h"

#include "ui/text/shown_text.h"

namespace castdeck::ui::paste {

Variables::Variables(const Scan& scan)
{
    for (const Pair& pair : scan.lines)
        m_values[pair.name] = pair.value.text;
    for (const Pair& pair : scan.blocks.front().pairs) {
        if (!pair.value.text.empty())
            m_values.try_emplace(pair.name, pair.value.text);
    }
}

std::string Variables::resolve(const Value& value)
{
    if (!value.reference.empty()) {
        if (const std::string* const found = find(value.reference))
            return expand(*found);
        if (value.text.empty())
            note(value.reference);
    }
    return expand(value.text);
}

std::string Variables::expand(std::string_view text, int depth)
{
    std::string result;
    for (std::size_t at = 0; at < text.size() && result.size() <= maxValueBytes;) {
        const std::size_t end =
            text.substr(at).starts_with("${") && m_lookups < maxLookups ? text.find('}', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            result += text[at++];
            continue;
        }
        result += variable(text.substr(at + 2, end - at - 2), depth);
        at = end + 1;
    }
    return result.size() <= maxValueBytes ? result : std::string{};
}

std::string Variables::variable(std::string_view inner, int depth)
{
    constexpr int deepest = 6;
    ++m_lookups;
    const std::size_t colon = inner.find(":-");
    const std::string name{inner.substr(0, colon)};
    const std::string* const found = find(name);
    if (found != nullptr && !found->empty() && depth < deepest)
        return expand(*found, depth + 1);
    if (colon == std::string_view::npos)
        note(name);
    return colon == std::string_view::npos ? std::string{} : std::string{inner.substr(colon + 2)};
}

const std::string* Variables::find(const std::string& name) const
{
    auto found = m_values.find(name);
    // Web pages get a copy of a setting under a longer name.
    for (const char* prefix : {"VITE_", "MIX_", "NEXT_PUBLIC_", "REACT_APP_"}) {
        if (found == m_values.end() && name.starts_with(prefix))
            found = m_values.find(name.substr(std::string_view{prefix}.size()));
    }
    return found == m_values.end() ? nullptr : &found->second;
}

void Variables::note(const std::string& name)
{
    constexpr qsizetype most = 5;
    const QString shown = shownText(name, 64);
    if (!shown.isEmpty() && m_missing.size() < most && !m_missing.contains(shown))
        m_missing.append(shown);
}

} // namespace castdeck::ui::paste
