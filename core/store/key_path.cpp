#include "core/store/key_path.h"

#include "core/base/json.h"

#include <algorithm>
#include <optional>

namespace castdeck::store {

namespace {

std::optional<json::Value> step(const json::Value& value, const KeyPath::Part& part)
{
    if (const auto* key = std::get_if<std::string>(&part))
        return value.is(json::Kind::Object) ? value.find(*key) : std::nullopt;
    if (!value.is(json::Kind::Array))
        return std::nullopt;
    const std::vector<json::Value> elements = value.elements();
    const std::size_t index = std::get<std::size_t>(part);
    return index < elements.size() ? std::optional{elements[index]} : std::nullopt;
}

} // namespace

std::string KeyPath::text() const
{
    std::string text;
    for (const Part& part : m_parts) {
        if (const auto* key = std::get_if<std::string>(&part))
            text += (text.empty() ? "" : ".") + *key;
        else
            text += "[" + std::to_string(std::get<std::size_t>(part)) + "]";
    }
    return text;
}

Position positionAt(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {.line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
            .column = before.size() - lineStart + 1};
}

Position locate(std::string_view text, const KeyPath& path)
{
    const auto document = json::Value::parse(text);
    if (!document)
        return {};
    json::Value nearest = *document;
    for (const KeyPath::Part& part : path.parts()) {
        const auto next = step(nearest, part);
        if (!next)
            break;
        nearest = *next;
    }
    return positionAt(text, static_cast<std::size_t>(nearest.raw().data() - text.data()));
}

} // namespace castdeck::store
