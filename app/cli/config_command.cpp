#include "app/cli/command.h"
#include "app/cli/config_source.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <memory>

namespace castdeck::cli {

namespace {

using store::ConfigFile;
using store::OrderedJson;
using store::Severity;

struct ConfigOptions {
    std::string config;
    bool isStrict = false;
};

/// Parts of the names of keys whose values nobody may see, in lower case; unknown keys are judged by them as well.
constexpr std::array<std::string_view, 6> secretWords{"secret", "api_key", "apikey", "password", "token", "master_key"};

bool isSecret(const std::string& key)
{
    const std::string name = castdeck::toLower(key);
    return std::ranges::any_of(secretWords, [&](std::string_view word) { return name.find(word) != name.npos; });
}

/// `${NAME}` and nothing else, so that it cannot hold a secret.
bool isPlaceholder(const OrderedJson& value)
{
    if (!value.is_string())
        return false;
    const std::string& text = value.get_ref<const std::string&>();
    return text.starts_with("${") && text.find('}') == text.size() - 1 && text.find(":-") == text.npos;
}

/// Hides the values of secret keys.
void mask(OrderedJson& value)
{
    if (value.is_object()) {
        for (auto& [key, member] : value.items()) {
            if (isSecret(key) && !isPlaceholder(member))
                member = "••••";
            else
                mask(member);
        }
    } else if (value.is_array()) {
        for (OrderedJson& element : value)
            mask(element);
    }
}

std::optional<ConfigFile> load(const ConfigOptions& options)
{
    const auto path = findConfig(options.config, Search::CurrentFolderAndUser);
    if (!path) {
        say("there is no ./broadcasting.json and no configuration of the desktop program; name a file with --config, "
            "or "
            "make one with \"castdeck-cli config init\"");
        return std::nullopt;
    }
    return ConfigFile::load(*path, store::Environment::ofProcess());
}

int check(const ConfigOptions& options)
{
    const auto file = load(options);
    if (!file)
        return exitBadUsage;
    std::size_t counted = 0;
    for (const store::Problem& problem : file->problems()) {
        printLine(visible(file->describe(problem)));
        if (problem.severity == Severity::Error || (options.isStrict && problem.severity == Severity::Warning))
            ++counted;
    }
    say(file->path().string() + (counted > 0 ? ": not usable as it is" : ": fine"));
    return counted > 0 ? exitFailed : exitDone;
}

int show(const ConfigOptions& options)
{
    const auto file = load(options);
    if (!file)
        return exitBadUsage;
    sayProblems(*file);
    OrderedJson document = file->document();
    mask(document);
    printLine(document.dump(4, ' ', false, OrderedJson::error_handler_t::replace));
    return file->hasErrors() ? exitFailed : exitDone;
}

int init(const ConfigOptions& options)
{
    const std::string path = options.config.empty() ? "broadcasting.json" : options.config;
    const auto file = ConfigFile::createDefault(path, store::Environment::ofProcess());
    if (!file) {
        say(file.error().detail);
        return exitFailed;
    }
    say(path + " made, with one application and a random key and secret; only you can read it");
    return exitDone;
}

} // namespace

void addConfigCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<ConfigOptions>();
    CLI::App* config = program.add_subcommand("config", "Look after the configuration file");
    config->require_subcommand(1);
    CLI::App* checkCommand = config->add_subcommand("check", "Tell every mistake with its place");
    checkCommand->add_flag("--strict", options->isStrict, "Warnings, such as unknown keys, count as errors");
    checkCommand->footer("Exit code: 0 usable, 1 not usable.\n\nExample:\n  castdeck-cli config check --strict "
                         "--config broadcasting.json");
    checkCommand->callback([options, &run] { run = [options] { return check(*options); }; });
    CLI::App* showCommand = config->add_subcommand("show", "Print the file with its secrets hidden");
    showCommand->callback([options, &run] { run = [options] { return show(*options); }; });
    CLI::App* initCommand = config->add_subcommand("init", "Make a file with one application, random key and secret");
    initCommand->callback([options, &run] { run = [options] { return init(*options); }; });
    for (CLI::App* command : {checkCommand, showCommand, initCommand})
        addConfigOption(*command, options->config);
}

} // namespace castdeck::cli
