#pragma once

#include "core/auth/settings_reader.h"
#include "core/auth/web_settings_reader.h"
#include "core/broadcast/connections_config.h"
#include "core/store/config_file.h"
#include "core/webhook/webhook_target.h"

#include <cassert>
#include <filesystem>
#include <string>
#include <vector>

namespace castdeck::engine {

/// All that a configuration says, as the parts of the program want it. A plain value.
struct Settings {
    store::Config base;
    broadcast::ConnectionsConfig connections;
    auth::AuthorizationConfig authorization;
    auth::WebSettings web;
    std::vector<webhook::AppWebhooks> webhooks;
};

/// The file `broadcasting.json` with everything in it read and judged.
///
/// Thread: one at a time.
class Configuration {
public:
    /// As store::ConfigFile has them.
    static Configuration load(const std::filesystem::path& path, store::Environment environment);
    static Configuration parse(std::string text, const std::filesystem::path& path, store::Environment environment);
    static Configuration withoutFile(const std::filesystem::path& folder, store::Environment environment);
    static Result<Configuration> createDefault(const std::filesystem::path& path, store::Environment environment);

    const std::filesystem::path& path() const noexcept { return m_file.path(); }
    const std::vector<store::Problem>& problems() const noexcept { return m_file.problems(); }
    bool hasErrors() const { return m_file.hasErrors(); }
    /// "broadcasting.json:12:5: error: server.port: ..."
    std::string describe(const store::Problem& problem) const { return m_file.describe(problem); }

    /// Only without errors: a configuration that is partly wrong must not be half used. Changes made through
    /// file() are not in it.
    const Settings& settings() const
    {
        assert(!hasErrors());
        return m_settings;
    }

    const store::ConfigFile& file() const noexcept { return m_file; }
    store::ConfigFile& file() noexcept { return m_file; }

private:
    explicit Configuration(store::ConfigFile file);
    void read();
    void tellWhatIsOpen();

    store::ConfigFile m_file;
    Settings m_settings;
};

} // namespace castdeck::engine
