#pragma once

#include "core/store/config.h"
#include "core/store/environment.h"
#include "core/store/object_reader.h"
#include "core/store/problem.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

/// The file `broadcasting.json`: what it says, what is wrong with it, and how to change it without losing anything.
///
/// Keys that the program does not know survive a rewrite; so do values written as `${NAME}`, unless they are changed.
/// Thread: one at a time.
class ConfigFile {
public:
    static constexpr std::size_t maxBytes = 5'242'880; ///< 5 MiB
    static constexpr int maxDepth = 32;
    static constexpr std::uint64_t schemaVersion = 1;

    /// Reads the file and the `.env` beside it. Never fails: what went wrong is in problems(). A file that other users
    /// can read is set to mode 0600, with a notice.
    static ConfigFile load(const std::filesystem::path& path, Environment environment);
    /// As if a file at `path` held `text`; nothing is read.
    static ConfigFile parse(std::string_view text, const std::filesystem::path& path, Environment environment);
    /// What holds without any file: the variables of the environment and of `.env` in `folder`.
    static ConfigFile withoutFile(const std::filesystem::path& folder, Environment environment);
    /// Makes the file of a first run: one application with a random key and secret, listening on loopback. The folder
    /// is created when needed. Fails with Io, or InvalidInput when the file exists.
    static Result<ConfigFile> createDefault(const std::filesystem::path& path, Environment environment);
    /// Where the desktop program keeps its file: $XDG_CONFIG_HOME/castdeck/broadcasting.json.
    static std::filesystem::path defaultPath(const Environment& environment);
    /// The copy that keepGoodCopy() made.
    static std::filesystem::path goodCopyPath(const std::filesystem::path& path);

    const std::filesystem::path& path() const noexcept { return m_path; }
    const std::vector<Problem>& problems() const noexcept { return m_problems; }
    bool hasErrors() const;
    /// "broadcasting.json:12:5: error: server.port: …"
    std::string describe(const Problem& problem) const;
    /// Only without errors: a configuration that is partly wrong must not be half used.
    const Config& config() const;
    /// The document as it stands in the file, `${NAME}` and all, secrets included.
    const OrderedJson& document() const noexcept { return m_document; }

    /// Replace the applications, or the address and port, in the document. Only what differs is written.
    void setApps(const std::vector<hub::AppConfig>& apps);
    void setListen(const std::string& address, std::uint16_t port);

    /// Writes the document, always in the nested shape. Fails with Io (the old file is whole), with Forbidden when the
    /// file is of a later version, and with InvalidInput when the document has errors.
    Result<void> save();
    /// Copies the text that was loaded or saved to goodCopyPath(), to fall back on when the file gets damaged.
    Result<void> keepGoodCopy() const;

private:
    ConfigFile() = default;
    void readText(std::string_view text);
    void interpret(std::string_view text, Problems& problems);
    bool isOfLaterVersion() const;

    std::filesystem::path m_path;
    Environment m_environment;
    std::string m_text;
    OrderedJson m_document;
    Config m_config;
    std::vector<Problem> m_problems;
};

} // namespace castdeck::store
