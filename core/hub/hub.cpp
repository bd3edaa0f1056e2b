#include "core/hub/hub.h"

#include <algorithm>

namespace castdeck::hub {

namespace {

Result<void> checkUnique(const std::vector<AppConfig>& configs)
{
    for (auto a = configs.begin(); a != configs.end(); ++a) {
        for (auto b = std::next(a); b != configs.end(); ++b) {
            if (a->id == b->id)
                return Error{ErrorKind::InvalidInput, "Two applications have the id " + a->id};
            if (a->key == b->key)
                return Error{ErrorKind::InvalidInput,
                             "The applications " + a->id + " and " + b->id + " have the same key"};
        }
    }
    return {};
}

} // namespace

Result<void> Hub::setApps(std::vector<AppConfig> configs)
{
    if (auto unique = checkUnique(configs); !unique)
        return unique;
    std::vector<Entry> entries;
    std::vector<Entry> old;
    {
        const std::lock_guard lock{m_mutex};
        old = m_entries;
    }
    for (AppConfig& config : configs) {
        const auto kept = std::ranges::find_if(
            old, [&](const Entry& entry) { return entry.id == config.id && entry.key == config.key; });
        Entry entry{config.id, config.key, nullptr};
        if (kept != old.end()) {
            entry.application = kept->application;
            entry.application->configure(std::move(config));
            old.erase(kept);
        } else {
            entry.application = std::make_shared<Application>(std::move(config), m_clock, m_observer);
        }
        entries.push_back(std::move(entry));
    }
    {
        const std::lock_guard lock{m_mutex};
        m_entries = std::move(entries);
    }
    for (const Entry& gone : old)
        gone.application->disconnectAll(pusher::CloseCode::UnknownApp, "The application was removed");
    return {};
}

std::shared_ptr<Application> Hub::findByKey(std::string_view key) const
{
    const std::lock_guard lock{m_mutex};
    const auto it = std::ranges::find(m_entries, key, [](const Entry& entry) { return std::string_view{entry.key}; });
    return it == m_entries.end() ? nullptr : it->application;
}

std::shared_ptr<Application> Hub::findById(std::string_view id) const
{
    const std::lock_guard lock{m_mutex};
    const auto it = std::ranges::find(m_entries, id, [](const Entry& entry) { return std::string_view{entry.id}; });
    return it == m_entries.end() ? nullptr : it->application;
}

std::vector<std::shared_ptr<Application>> Hub::applications() const
{
    const std::lock_guard lock{m_mutex};
    std::vector<std::shared_ptr<Application>> result;
    for (const Entry& entry : m_entries)
        result.push_back(entry.application);
    return result;
}

} // namespace castdeck::hub
