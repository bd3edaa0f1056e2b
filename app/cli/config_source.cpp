#include "app/cli/config_source.h"

#include "app/cli/output.h"

namespace castdeck::cli {

using engine::Configuration;
using store::Environment;

std::optional<std::filesystem::path> findConfig(const std::string& named, Search search)
{
    if (!named.empty())
        return named;
    std::error_code ignored;
    if (std::filesystem::exists("broadcasting.json", ignored))
        return "broadcasting.json";
    auto ofUser = store::ConfigFile::defaultPath(Environment::ofProcess());
    if (search == Search::CurrentFolderAndUser && std::filesystem::exists(ofUser, ignored))
        return ofUser;
    return std::nullopt;
}

std::optional<Configuration> loadConfig(const std::string& named, Search search)
{
    const auto path = findConfig(named, search);
    Configuration configuration = path ? Configuration::load(*path, Environment::ofProcess())
                                       : Configuration::withoutFile(".", Environment::ofProcess());
    sayProblems(configuration);
    if (configuration.hasErrors())
        return std::nullopt;
    return configuration;
}

void sayProblems(const Configuration& configuration)
{
    for (const store::Problem& problem : configuration.problems())
        say(visible(configuration.describe(problem)));
}

} // namespace castdeck::cli
