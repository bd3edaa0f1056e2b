#include "core/store/problem.h"

#include <algorithm>
#include <utility>

namespace castdeck::store {

std::string_view toText(Severity severity)
{
    switch (severity) {
    case Severity::Notice: return "notice";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
    }
    return "error";
}

std::string Problem::text() const
{
    std::string text;
    if (position.line > 0)
        text = std::to_string(position.line) + ":" + std::to_string(position.column) + ": ";
    text.append(toText(severity)).append(": ");
    if (!key.empty())
        text += key + ": ";
    return text + message;
}

void Problems::error(const KeyPath& path, std::string message)
{
    doubt(path);
    add(Severity::Error, path, std::move(message));
}

void Problems::unknownKey(const KeyPath& path)
{
    doubt(path);
    warning(path, "unknown key; it is kept and has no effect");
}

void Problems::doubt(const KeyPath& path)
{
    if (m_doubtful.size() < maxDoubtful)
        m_doubtful.insert(path);
}

bool Problems::isDoubtful(const KeyPath& path) const
{
    KeyPath above;
    for (const KeyPath::Part& part : path.parts()) {
        above = above.with(part);
        if (m_doubtful.contains(above))
            return true;
    }
    return m_doubtful.size() >= maxDoubtful;
}

void Problems::add(Severity severity, const KeyPath& path, std::string message)
{
    if (m_told == maxTold)
        return addUntold(severity);
    // The first error of a value is the cause of those that would follow; a warning is told once.
    const KeyPath place = asWritten(path);
    const std::string key = place.text();
    for (const Problem& known : m_found) {
        const bool isSameValue = known.key == key && known.severity == severity;
        if (isSameValue && (severity == Severity::Error || known.message == message))
            return;
    }
    m_found.push_back({severity, key, locate(*m_text, place), std::move(message)});
    ++m_told;
}

void Problems::addUntold(Severity severity)
{
    if (m_untold) {
        m_found[*m_untold].severity = std::max(severity, m_found[*m_untold].severity);
        return;
    }
    m_untold = m_found.size();
    m_found.push_back({severity, "", {}, "there are more problems than are told here"});
}

KeyPath Problems::asWritten(const KeyPath& path) const
{
    const auto& parts = path.parts();
    if (!m_isFlat || parts.empty() || parts.front() != KeyPath::Part{"connections"})
        return path;
    return KeyPath{std::vector<KeyPath::Part>(parts.begin() + 1, parts.end())};
}

} // namespace castdeck::store
