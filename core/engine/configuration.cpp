#include "core/engine/configuration.h"

#include "core/base/loopback.h"
#include "core/engine/connections_reader.h"
#include "core/engine/webhooks_reader.h"

#include <utility>

namespace castdeck::engine {

namespace {

void pass(const std::vector<auth::Problem>& found, store::Problems& problems)
{
    for (const auth::Problem& problem : found) {
        const store::KeyPath path{problem.path};
        if (problem.severity == auth::Problem::Severity::Error)
            problems.error(path, problem.message);
        else if (problem.message == auth::unknownKey)
            problems.unknownKey(path);
        else
            problems.warning(path, problem.message);
    }
}

} // namespace

Configuration Configuration::load(const std::filesystem::path& path, store::Environment environment)
{
    return Configuration{store::ConfigFile::load(path, std::move(environment))};
}

Configuration Configuration::parse(std::string text, const std::filesystem::path& path, store::Environment environment)
{
    return Configuration{store::ConfigFile::parse(std::move(text), path, std::move(environment))};
}

Configuration Configuration::withoutFile(const std::filesystem::path& folder, store::Environment environment)
{
    return Configuration{store::ConfigFile::withoutFile(folder, std::move(environment))};
}

Result<Configuration> Configuration::createDefault(const std::filesystem::path& path, store::Environment environment)
{
    auto file = store::ConfigFile::createDefault(path, std::move(environment));
    if (!file)
        return file.error();
    return Configuration{std::move(*file)};
}

Configuration::Configuration(store::ConfigFile file) : m_file{std::move(file)}
{
    read();
}

void Configuration::read()
{
    const store::EffectiveDocument& document = m_file.effective();
    store::Problems& problems = m_file.collector();
    m_settings.base = m_file.configSoFar();
    m_settings.connections = readConnections(document, problems);
    m_settings.webhooks = readWebhooks(document, m_settings.base.server.apps, problems);
    std::vector<auth::Problem> found;
    m_settings.authorization = auth::readAuthorization(document.json(), found);
    m_settings.web = auth::readWebSettings(document.json(), found);
    pass(found, problems);
    tellWhatIsOpen();
}

void Configuration::tellWhatIsOpen()
{
    const bool isBeyondLoopback = !isLoopbackHost(m_settings.base.server.listen);
    if (isBeyondLoopback && m_settings.authorization.guard.policy == auth::Policy::Open)
        m_file.collector().warning(
            {"authorize", "policy"},
            "is \"open\" while the server listens on more than loopback: everybody who can reach "
            "it may subscribe to the private channels that no rule matches");
}

} // namespace castdeck::engine
