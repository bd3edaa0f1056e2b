#include "core/store/problem.h"

#include <algorithm>
#include <utility>

namespace castdeck::store {

namespace {

std::string_view word(Severity severity)
{
    switch (severity) {
    case Severity::Notice: return "notice";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
    }
    return "error";
}

} // namespace

std::string Problem::text() const
{
    std::string text;
    if (position.line > 0)
        text = std::to_string(position.line) + ":" + std::to_string(position.column) + ": ";
    text.append(word(severity)).append(": ");
    if (!key.empty())
        text += key + ": ";
    return text + message;
}

void Problems::add(Severity severity, const KeyPath& path, std::string message)
{
    // The first error of a value is the cause of those that would follow; a warning is told once.
    const std::string key = path.text();
    for (const Problem& known : m_found) {
        const bool isSameValue = known.key == key && known.severity == severity;
        if (isSameValue && (severity == Severity::Error || known.message == message))
            return;
    }
    if (m_found.size() < maxTold)
        m_found.push_back({severity, key, locate(m_text, path), std::move(message)});
    else
        m_worstUntold = std::max(severity, m_worstUntold.value_or(severity));
}

std::vector<Problem> Problems::take()
{
    if (m_worstUntold)
        m_found.push_back({*m_worstUntold, "", {}, "there are more problems than are told here"});
    return std::move(m_found);
}

} // namespace castdeck::store
