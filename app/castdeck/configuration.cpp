#include "app/castdeck/configuration.h"

#include "core/store/environment.h"

#include <QtCore/QRandomGenerator>

namespace castdeck::app {

namespace {

/// An application id of digits only: the Pusher library for Python takes nothing else.
std::string randomAppId()
{
    return std::to_string(QRandomGenerator::system()->bounded(1'000'000, 10'000'000));
}

Result<store::ConfigFile> firstConfiguration(const std::filesystem::path& path, const store::Environment& environment)
{
    // Made beside its place, so that who looks there finds it finished or not at all.
    const std::filesystem::path draft = path.string() + ".new";
    std::error_code error;
    std::filesystem::remove(draft, error);
    Result<store::ConfigFile> file = store::ConfigFile::createDefault(draft, environment);
    if (!file || file->hasErrors())
        return file;
    std::vector<hub::AppConfig> apps = file->config().server.apps;
    apps.front().id = randomAppId();
    apps.front().name = "Demo";
    file->setApps(apps);
    if (auto saved = file->save(); !saved)
        return saved.error();
    std::filesystem::rename(draft, path, error);
    if (error)
        return Error{ErrorKind::Io, "cannot create " + path.string() + ": " + error.message()};
    return store::ConfigFile::load(path, environment);
}

} // namespace

std::filesystem::path configurationPath(const QString& folder)
{
    return folder.isEmpty() ? store::ConfigFile::defaultPath(store::Environment::ofProcess())
                            : std::filesystem::path{folder.toStdString()} / "broadcasting.json";
}

Result<store::ConfigFile> loadOrCreate(const std::filesystem::path& path)
{
    const store::Environment environment = store::Environment::ofProcess();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return firstConfiguration(path, environment);
    return store::ConfigFile::load(path, environment);
}

QStringList sentencesOf(const store::ConfigFile& file, store::Severity severity)
{
    QStringList sentences;
    for (const store::Problem& problem : file.problems()) {
        if (problem.severity == severity)
            sentences << QString::fromStdString(file.describe(problem));
    }
    return sentences;
}

Result<void> keepGoodCopy(const store::ConfigFile& file)
{
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
