#include "app/cli/command.h"
#include "app/cli/config_source.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/json.h"
#include "core/engine/configuration_view.h"

#include <algorithm>
#include <memory>

namespace castdeck::cli {

namespace {

using engine::Configuration;
using engine::ShownValue;
using store::Severity;

struct ConfigOptions {
    std::string config;
    bool isStrict = false;
    bool isJson = false;
};

std::optional<Configuration> load(const ConfigOptions& options)
{
    const auto path = findConfig(options.config, Search::CurrentFolderAndUser);
    if (!path) {
        say("there is no ./broadcasting.json and no configuration of the desktop program; name a file with --config, "
            "or make one with \"castdeck-cli config init\"");
        return std::nullopt;
    }
    return Configuration::load(*path, store::Environment::ofProcess());
}

bool isCounted(const store::Problem& problem, const ConfigOptions& options)
{
    return problem.severity == Severity::Error || (options.isStrict && problem.severity == Severity::Warning);
}

std::string asJson(const store::Problem& problem)
{
    std::string text =
        "{\"severity\":" + json::toString(toText(problem.severity)) + ",\"path\":" + json::toString(problem.key);
    if (problem.position.line > 0)
        text += ",\"line\":" + std::to_string(problem.position.line) +
                ",\"column\":" + std::to_string(problem.position.column);
    return text + ",\"message\":" + json::toString(problem.message) + "}";
}

std::string asJson(const ShownValue& value)
{
    std::string text = "{\"path\":" + json::toString(value.path) + ",\"value\":" + value.json +
                       ",\"origin\":" + json::toString(toText(value.origin.kind));
    if (!value.origin.variable.empty())
        text += ",\"variable\":" + json::toString(value.origin.variable);
    if (!value.written.empty())
        text += ",\"written\":" + json::toString(value.written);
    return text + "}";
}

/// One line: `{"file":"...", ..., "problems":[...]}`
template <typename T>
void printJson(const Configuration& configuration, bool isUsable, std::string_view name, const std::vector<T>& items)
{
    std::string line = "{\"file\":" + json::toString(configuration.path().string()) +
                       ",\"usable\":" + (isUsable ? "true" : "false") + ",\"" + std::string{name} + "\":[";
    for (const T& item : items)
        line.append(line.back() == '[' ? "" : ",").append(asJson(item));
    printLine(line + "]}");
}

std::string verdict(const std::vector<store::Problem>& problems, bool isUsable)
{
    const auto count = std::ranges::count(problems, Severity::Warning, &store::Problem::severity);
    if (!isUsable)
        return ": not usable as it is";
    if (count == 0)
        return ": fine";
    return ": usable, with " + std::to_string(count) + (count == 1 ? " warning" : " warnings");
}

int check(const ConfigOptions& options)
{
    const auto configuration = load(options);
    if (!configuration)
        return exitBadUsage;
    const auto& problems = configuration->problems();
    const bool isUsable = std::ranges::none_of(problems, [&](const auto& each) { return isCounted(each, options); });
    if (options.isJson) {
        printJson(*configuration, isUsable, "problems", problems);
    } else {
        for (const store::Problem& problem : problems)
            printLine(visible(configuration->describe(problem)));
    }
    say(visible(configuration->path().string()) + verdict(problems, isUsable));
    return isUsable ? exitDone : exitFailed;
}

std::string originText(const ShownValue& value)
{
    std::string text{toText(value.origin.kind)};
    if (!value.origin.variable.empty())
        text += " " + value.origin.variable;
    return value.written.empty() ? text : text + ", written as " + value.written;
}

int show(const ConfigOptions& options)
{
    const auto configuration = load(options);
    if (!configuration)
        return exitBadUsage;
    sayProblems(*configuration);
    const std::vector<ShownValue> values = engine::shownValues(*configuration);
    if (options.isJson) {
        printJson(*configuration, !configuration->hasErrors(), "values", values);
    } else {
        std::vector<std::vector<std::string>> rows{{"SETTING", "VALUE", "FROM"}};
        for (const ShownValue& value : values)
            rows.push_back({visible(value.path), visible(value.json), visible(originText(value))});
        printTable(rows);
    }
    return configuration->hasErrors() ? exitFailed : exitDone;
}

int init(const ConfigOptions& options)
{
    const std::string path = options.config.empty() ? "broadcasting.json" : options.config;
    const auto file = store::ConfigFile::createDefault(path, store::Environment::ofProcess());
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
    CLI::App* showCommand =
        config->add_subcommand("show", "Print every value that holds and where it comes from, secrets hidden");
    showCommand->callback([options, &run] { run = [options] { return show(*options); }; });
    CLI::App* initCommand = config->add_subcommand("init", "Make a file with one application, random key and secret");
    initCommand->callback([options, &run] { run = [options] { return init(*options); }; });
    showCommand->footer(
        "From: file, .env, environment (with the name of the variable) or built-in. What is given on the "
        "command line of\nanother command is not known here.");
    for (CLI::App* command : {checkCommand, showCommand})
        command->add_flag("--json", options->isJson, "Print one line of JSON");
    for (CLI::App* command : {checkCommand, showCommand, initCommand})
        addConfigOption(*command, options->config);
}

} // namespace castdeck::cli
