#include "core/store/app_writer.h"

#include "core/pusher/encryption.h"
#include "core/store/app_settings.h"

#include <algorithm>
#include <cassert>

namespace castdeck::store {

namespace {

using hub::AppConfig;
using hub::AppLimits;

OrderedJson asJson(std::chrono::seconds value)
{
    return value.count();
}

template <typename T> OrderedJson asJson(const T& value)
{
    return value;
}

struct SettingWriter {
    OrderedJson& entry;
    const AppConfig* before; ///< Null: all is written, not only what differs.
    const AppConfig& after;

    template <typename T> void operator()(std::string_view key, T AppConfig::* member) const
    {
        if (before == nullptr || before->*member != after.*member)
            entry[std::string{key}] = asJson(after.*member);
    }
    void operator()(std::string_view key, std::chrono::seconds AppConfig::* member, std::uint64_t, std::uint64_t) const
    {
        (*this)(key, member);
    }
    void operator()(std::string_view key, hub::SubscribeErrorStyle AppConfig::* member,
                    std::span<const std::string_view> choices) const
    {
        if (before == nullptr || before->*member != after.*member)
            entry[std::string{key}] = choices[static_cast<std::size_t>(after.*member)];
    }
};

struct LimitWriter {
    OrderedJson& entry;
    const AppLimits* before; ///< As above.
    const AppLimits& after;

    template <typename T>
    void operator()(std::string_view key, T AppLimits::* member, std::uint64_t, std::uint64_t) const
    {
        if (before == nullptr || before->*member != after.*member)
            entry["limits"][std::string{key}] = asJson(after.*member);
    }
};

std::string asBase64(const std::string& masterKey)
{
    pusher::EncryptionKey key;
    assert(masterKey.empty() || masterKey.size() == key.bytes.size());
    std::ranges::copy(masterKey, key.bytes.begin());
    return masterKey.empty() ? "" : key.toBase64();
}

void writeApp(OrderedJson& entry, const AppConfig& before, const AppConfig& after)
{
    const SettingWriter write{entry, &before, after};
    write("app_id", &AppConfig::id);
    write(entry.contains("key") && !entry.contains("client") ? "key" : "client", &AppConfig::key);
    write("secret", &AppConfig::secret);
    if (before.encryptionMasterKey != after.encryptionMasterKey)
        entry["encryption_master_key_base64"] = asBase64(after.encryptionMasterKey);
    write("name", &AppConfig::name);
    write("enabled", &AppConfig::isEnabled);
    forEachAppSetting(write);
    forEachAppLimit(LimitWriter{entry, &before.limits, after.limits});
}

} // namespace

void writeApps(OrderedJson& document, const ServerConfig& current, const std::vector<AppConfig>& apps)
{
    const OrderedJson server = document.value("server", OrderedJson::object());
    const OrderedJson oldEntries = server.contains("apps") ? server["apps"] : OrderedJson::array();
    OrderedJson entries = OrderedJson::array();
    for (const AppConfig& app : apps) {
        const auto known = std::ranges::find(current.apps, app.id, &AppConfig::id);
        const bool isKnown = known != current.apps.end();
        OrderedJson entry =
            isKnown ? oldEntries.at(static_cast<std::size_t>(known - current.apps.begin())) : OrderedJson::object();
        writeApp(entry, isKnown ? *known : current.appDefaults, app);
        entries.push_back(std::move(entry));
    }
    document["server"]["apps"] = std::move(entries);
}

OrderedJson appSettings(const AppConfig& app)
{
    OrderedJson entry = OrderedJson::object();
    forEachAppSetting(SettingWriter{entry, nullptr, app});
    forEachAppLimit(LimitWriter{entry, nullptr, app.limits});
    return entry;
}

} // namespace castdeck::store
