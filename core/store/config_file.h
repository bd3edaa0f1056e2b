#pragma once

#include "core/store/config.h"
#include "core/store/effective_document.h"
#include "core/store/environment.h"
#include "core/store/problem.h"

#include <filesystem>
#include <memory>
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
    static ConfigFile parse(std::string text, const std::filesystem::path& path, Environment environment);
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
    const std::vector<Problem>& problems() const noexcept { return m_problems.all(); }
    bool hasErrors() const;
    /// "broadcasting.json:12:5: error: server.port: …"
    std::string describe(const Problem& problem) const;
    /// For those who read further parts of the document, to tell what is wrong with them.
    Problems& collector() noexcept { return m_problems; }
    /// The value at `path` of the effective document may be anything, a secret as well: see Problems.
    bool isDoubtful(const KeyPath& path) const { return m_problems.isDoubtful(path); }
    /// Only without errors: a configuration that is partly wrong must not be half used.
    const Config& config() const;
    /// Also with errors, to look for further mistakes; what is wrong has its default.
    const Config& configSoFar() const noexcept { return m_config; }
    /// The document as it stands in the file but in the nested shape, `${NAME}` and all, secrets included.
    const OrderedJson& document() const noexcept { return m_document; }
    /// What holds of it. Secrets included. Empty when the file cannot be read.
    const EffectiveDocument& effective() const noexcept { return m_effective; }

    /// Replace the applications, or the address and port, in the document. Only what differs is written.
    void setApps(const std::vector<hub::AppConfig>& apps);
    void setListen(const std::string& address, std::uint16_t port);
    /// Replaces the rules, `authorize.topics`: a list of objects.
    void setRules(OrderedJson rules);

    /// Writes the document, always in the nested shape. Fails with Io (the old file is whole), with Forbidden when the
    /// file is of a later version, and with InvalidInput when the document has errors.
    Result<void> save();
    /// Copies the text that was loaded or saved to goodCopyPath(), to fall back on when the file gets damaged.
    Result<void> keepGoodCopy() const;

private:
    ConfigFile() = default;
    void readText(std::string text);
    void interpret();
    bool isOfLaterVersion() const;
    void followEdit();

    std::filesystem::path m_path;
    Environment m_environment;
    std::shared_ptr<const std::string> m_text = std::make_shared<std::string>();
    OrderedJson m_document = OrderedJson::object();
    EffectiveDocument m_effective;
    Config m_config;
    Problems m_problems;
};

} // namespace castdeck::store
