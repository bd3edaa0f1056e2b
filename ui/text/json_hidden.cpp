#include "ui/text/json_hidden.h"

#include <algorithm>

namespace castdeck::ui {

std::string withHidden(std::string_view payload, const std::vector<JsonCondition>& paths)
{
    std::vector<std::string_view> hidden;
    for (const JsonCondition& path : paths) {
        for (const std::string_view value : path.values(payload))
            hidden.push_back(value);
    }
    // The outer one first where one lies in another.
    const auto startsBefore = [](std::string_view a, std::string_view b) {
        return a.data() != b.data() ? a.data() < b.data() : a.size() > b.size();
    };
    std::ranges::sort(hidden, startsBefore);
    std::string result;
    const char* at = payload.data();
    for (const std::string_view value : hidden) {
        if (value.data() < at)
            continue;
        result.append(at, value.data());
        result.append("\"[hidden]\"");
        at = value.data() + value.size();
    }
    result.append(at, payload.data() + payload.size());
    return result;
}

} // namespace castdeck::ui
