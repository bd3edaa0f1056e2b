#include "app/castdeck/configuration.h"

#include "core/store/environment.h"

namespace castdeck::app {

std::filesystem::path configurationPath(const QString& folder)
{
    return folder.isEmpty() ? store::ConfigFile::defaultPath(store::Environment::ofProcess())
                            : std::filesystem::path{folder.toStdString()} / "broadcasting.json";
}

Result<engine::Configuration> loadOrCreate(const std::filesystem::path& path)
{
    const store::Environment environment = store::Environment::ofProcess();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return engine::Configuration::createDefault(path, environment);
    return engine::Configuration::load(path, environment);
}

QStringList sentencesOf(const engine::Configuration& configuration, store::Severity severity)
{
    QStringList sentences;
    for (const store::Problem& problem : configuration.problems()) {
        if (problem.severity == severity)
            sentences << QString::fromStdString(configuration.describe(problem));
    }
    return sentences;
}

Result<void> keepGoodCopy(const engine::Configuration& configuration)
{
    const store::ConfigFile& file = configuration.file();
    const auto version = file.document().find("version");
    const bool isOurs = version == file.document().end() || *version == store::ConfigFile::schemaVersion;
    return isOurs ? file.keepGoodCopy() : Result<void>{}; // A later version may have a better copy.
}

Result<void> restoreGoodCopy(const std::filesystem::path& path)
{
    // At every moment a whole file stands at `path`.
    constexpr auto replace = std::filesystem::copy_options::overwrite_existing;
    const std::filesystem::path next = path.string() + ".next";
    std::error_code error;
    std::filesystem::copy_file(path, path.string() + ".broken", replace, error);
    if (!error)
        std::filesystem::copy_file(store::ConfigFile::goodCopyPath(path), next, replace, error);
    if (!error)
        std::filesystem::rename(next, path, error);
    if (error)
        return Error{ErrorKind::Io, "cannot put back the last good copy: " + error.message()};
    return {};
}

} // namespace castdeck::app
