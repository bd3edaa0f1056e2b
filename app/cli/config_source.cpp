#include "app/cli/config_source.h"

#include "app/cli/output.h"

namespace castdeck::cli {

using store::ConfigFile;
using store::Environment;

std::optional<std::filesystem::path> findConfig(const std::string& named, Search search)
{
    if (!named.empty())
        return named;
    std::error_code ignored;
    if (std::filesystem::exists("broadcasting.json", ignored))
        return "broadcasting.json";
    auto ofUser = ConfigFile::defaultPath(Environment::ofProcess());
    if (search == Search::CurrentFolderAndUser && std::filesystem::exists(ofUser, ignored))
        return ofUser;
    return std::nullopt;
}

std::optional<ConfigFile> loadConfig(const std::string& named, Search search)
{
    const auto path = findConfig(named, search);
    ConfigFile file = path ? ConfigFile::load(*path, Environment::ofProcess())
                           : ConfigFile::withoutFile(".", Environment::ofProcess());
    sayProblems(file);
    if (file.hasErrors())
        return std::nullopt;
    return file;
}

void sayProblems(const ConfigFile& file)
{
    for (const store::Problem& problem : file.problems())
        say(visible(file.describe(problem)));
}

} // namespace castdeck::cli
