#include "app/cli/config_source.h"

#include "app/cli/output.h"
#include "core/store/document_shape.h"

#include <algorithm>
#include <array>

namespace castdeck::cli {

using engine::Configuration;
using store::Environment;

namespace {

Configuration read(const std::string& named, Search search)
{
    const auto path = findConfig(named, search);
    return path ? Configuration::load(*path, Environment::ofProcess())
                : Configuration::withoutFile(".", Environment::ofProcess());
}

bool isAt(const store::Problem& problem, const store::KeyPath& path)
{
    const std::string text = path.text();
    const bool isBelow =
        problem.key.size() > text.size() && (problem.key[text.size()] == '.' || problem.key[text.size()] == '[');
    return problem.key.starts_with(text) && (isBelow || problem.key.size() == text.size());
}

/// In the nested shape or in the flat one.
bool isOf(const store::Problem& problem, const std::string& connection)
{
    return isAt(problem, store::KeyPath{"connections", connection}) ||
           (!store::isKnownTopLevelKey(connection) && isAt(problem, store::KeyPath{connection}));
}

bool concerns(const store::Problem& problem, const std::string& connection, const store::Config& config)
{
    if (problem.severity != store::Severity::Warning || isOf(problem, connection))
        return true;
    const auto isIn = [&](const char* part) { return isAt(problem, store::KeyPath{part}); };
    const auto isOfAnother = [&](const store::ConnectionConfig& each) { return isOf(problem, each.name); };
    return !std::ranges::any_of(std::array{"actors", "authorize", "identity", "csrf", "cors", "demo"}, isIn) &&
           std::ranges::none_of(config.connections, isOfAnother);
}

} // namespace

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
    Configuration configuration = read(named, search);
    sayProblems(configuration);
    if (configuration.hasErrors())
        return std::nullopt;
    return configuration;
}

std::optional<Configuration> loadConfigFor(const std::string& connection, const std::string& named)
{
    Configuration configuration = read(named, Search::CurrentFolderAndUser);
    if (configuration.hasErrors()) {
        sayProblems(configuration);
        return std::nullopt;
    }
    const store::Config& config = configuration.settings().base;
    const auto used = config.connection(connection);
    for (const store::Problem& problem : configuration.problems()) {
        if (concerns(problem, used ? used->name : connection, config))
            say(visible(configuration.describe(problem)));
    }
    return configuration;
}

void sayProblems(const Configuration& configuration)
{
    for (const store::Problem& problem : configuration.problems())
        say(visible(configuration.describe(problem)));
}

} // namespace castdeck::cli
