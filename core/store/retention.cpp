#include "core/store/retention.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace castdeck::store {

namespace {

using Json = nlohmann::json;

/// What is no number, or none that can be, counts as not set.
void take(const Json& settings, const char* id, std::int64_t unit, std::int64_t& value)
{
    constexpr std::int64_t most = 1'000'000'000;
    const auto set = settings.find(id);
    if (set != settings.end() && set->is_number_integer())
        value = std::clamp<std::int64_t>(set->get<std::int64_t>(), 1, most) * unit;
}

} // namespace

Retention retentionSet(const std::vector<DocumentRow>& documents)
{
    Retention retention;
    const auto found = std::ranges::find_if(
        documents, [](const DocumentRow& row) { return row.collection == "settings" && row.id == "preferences"; });
    const Json settings = found == documents.end() ? Json{} : Json::parse(found->json, nullptr, false);
    if (!settings.is_object())
        return retention;
    std::int64_t days = std::chrono::duration_cast<std::chrono::days>(retention.logAge).count();
    take(settings, "log.days", 1, days);
    take(settings, "log.rows", 1'000, retention.logRows);
    take(settings, "log.megabytes", 1'048'576, retention.bytes);
    take(settings, "sent.rows", 1'000, retention.sentRows);
    retention.logAge = std::chrono::days{std::min<std::int64_t>(days, 36'500)};
    return retention;
}

} // namespace castdeck::store
