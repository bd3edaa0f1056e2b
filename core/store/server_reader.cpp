#include "core/store/server_reader.h"

#include "core/pusher/encryption.h"
#include "core/store/app_settings.h"
#include "core/store/value_check.h"

#include <map>
#include <type_traits>

namespace castdeck::store {

namespace {

using hub::AppConfig;
using hub::AppLimits;

/// Reads the settings that forEachAppSetting() and forEachAppLimit() name into one application.
struct SettingReader {
    ObjectReader& reader;
    AppConfig& app;

    template <typename T> void operator()(std::string_view key, T AppConfig::* member) const
    {
        reader.read(key, app.*member);
    }
    void operator()(std::string_view key, hub::SubscribeErrorStyle AppConfig::* member,
                    std::span<const std::string_view> choices) const
    {
        auto index = static_cast<std::size_t>(app.*member);
        reader.read(key, index, choices);
        app.*member = static_cast<hub::SubscribeErrorStyle>(index);
    }
    void operator()(std::string_view key, std::chrono::seconds AppConfig::* member, std::uint64_t minimum,
                    std::uint64_t maximum) const
    {
        auto seconds = static_cast<std::uint64_t>((app.*member).count());
        reader.read(key, seconds, minimum, maximum);
        app.*member = std::chrono::seconds{seconds};
    }
};

struct LimitReader {
    ObjectReader& reader;
    AppLimits& limits;

    void operator()(std::string_view key, std::size_t AppLimits::* member, std::uint64_t minimum,
                    std::uint64_t maximum) const
    {
        std::uint64_t value = limits.*member;
        reader.read(key, value, minimum, maximum);
        limits.*member = value;
    }
    void operator()(std::string_view key, std::chrono::seconds AppLimits::* member, std::uint64_t minimum,
                    std::uint64_t maximum) const
    {
        auto seconds = static_cast<std::uint64_t>((limits.*member).count());
        reader.read(key, seconds, minimum, maximum);
        limits.*member = std::chrono::seconds{seconds};
    }
};

void readSettings(ObjectReader& reader, AppConfig& app)
{
    forEachAppSetting(SettingReader{reader, app});
    reader.object("limits", [&](ObjectReader& limits) { forEachAppLimit(LimitReader{limits, app.limits}); });
}

void checkCredential(ObjectReader& app, std::string_view key, std::string_view value)
{
    if (value.empty())
        app.problems().error(app.pathOf(key), "is missing or empty; every application needs one");
    else if (!isCredential(value))
        app.problems().error(app.pathOf(key), "may hold letters, digits, - and _ only");
}

void readMasterKey(ObjectReader& reader, AppConfig& app)
{
    constexpr std::string_view option = "encryption_master_key_base64";
    std::string text;
    reader.read(option, text);
    if (text.empty())
        return;
    if (const auto key = pusher::EncryptionKey::fromBase64(text))
        app.encryptionMasterKey.assign(key->bytes.begin(), key->bytes.end());
    else
        reader.problems().error(reader.pathOf(option), "must be the base64 of 32 bytes");
}

/// A variable that is not set here switches one application off and leaves the rest of the file usable: commands that
/// send through another connection need no secret of the server.
void readSecret(ObjectReader& reader, AppConfig& app)
{
    reader.read("secret", app.secret);
    if (!app.secret.empty())
        return;
    if (!reader.isFromVariable("secret"))
        return reader.problems().error(reader.pathOf("secret"), "is missing or empty; every application needs one");
    app.isEnabled = false;
    reader.problems().warning(reader.pathOf("secret"), "is empty; the application is switched off until it is set");
}

AppConfig readApp(ObjectReader& reader, const AppConfig& defaults)
{
    AppConfig app = defaults;
    reader.read("app_id", app.id);
    const std::string_view keyName = reader.has("client") ? "client" : "key";
    reader.skip("key");
    reader.read(keyName, app.key);
    reader.read("name", app.name);
    reader.read("enabled", app.isEnabled);
    readMasterKey(reader, app);
    reader.skip("webhooks");
    readSettings(reader, app);
    checkCredential(reader, "app_id", app.id);
    checkCredential(reader, keyName, app.key);
    readSecret(reader, app);
    return app;
}

/// Two applications with one id or key are an error that names both.
class UniqueValues {
public:
    UniqueValues(std::string_view what, Problems& problems) : m_what{what}, m_problems{problems} {}

    void add(const std::string& value, const KeyPath& path)
    {
        const auto [first, isFirst] = m_seen.emplace(value, path);
        if (!value.empty() && !isFirst)
            m_problems.error(path, "has the same " + m_what + " as " + first->second.text());
    }

private:
    std::string m_what;
    Problems& m_problems;
    std::map<std::string, KeyPath> m_seen;
};

void readApps(ObjectReader& server, ServerConfig& config)
{
    UniqueValues ids{"id", server.problems()};
    UniqueValues keys{"key", server.problems()};
    server.objects("apps", [&](ObjectReader& reader) {
        config.apps.push_back(readApp(reader, config.appDefaults));
        ids.add(config.apps.back().id, reader.path());
        keys.add(config.apps.back().key, reader.path());
    });
}

std::string resolved(const std::string& file, const std::filesystem::path& folder)
{
    return file.empty() ? file : (folder / file).lexically_normal().string();
}

void readTls(ObjectReader& tls, ServerConfig& config, const std::filesystem::path& folder)
{
    bool isEnabled = false;
    TlsConfig files;
    tls.read("enabled", isEnabled);
    tls.read("certificate", files.certificate);
    tls.read("key", files.key);
    if (!isEnabled)
        return;
    for (const auto& [key, value] : {std::pair{"certificate", files.certificate}, std::pair{"key", files.key}}) {
        if (value.empty())
            tls.problems().error(tls.pathOf(key), "is empty, but TLS is enabled; give the path of a PEM file");
    }
    config.tls = TlsConfig{resolved(files.certificate, folder), resolved(files.key, folder)};
}

} // namespace

ServerConfig readServer(ObjectReader& server, const std::filesystem::path& folder)
{
    ServerConfig config;
    server.read("listen", config.listen);
    if (!isListenAddress(config.listen))
        server.problems().error(
            server.pathOf("listen"),
            "must be an IP address such as \"127.0.0.1\", \"::1\" or \"0.0.0.0\", or \"localhost\"");
    std::uint64_t port = config.port;
    server.read("port", port, 1, UINT16_MAX);
    config.port = static_cast<std::uint16_t>(port);
    std::uint64_t workers = config.workers;
    server.read("workers", workers, 0, 256);
    config.workers = static_cast<unsigned>(workers);
    server.read("path_prefix", config.pathPrefix);
    if (!config.pathPrefix.empty() && !config.pathPrefix.starts_with('/'))
        server.problems().error(server.pathOf("path_prefix"), "must start with a slash");
    server.read("extra_hosts", config.extraHosts);
    server.object("tls", [&](ObjectReader& tls) { readTls(tls, config, folder); });
    readSettings(server, config.appDefaults);
    readApps(server, config);
    return config;
}

} // namespace castdeck::store
