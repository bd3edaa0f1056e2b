#include "app/cli/command.h"
#include "app/cli/journal.h"
#include "app/cli/output.h"
#include "app/cli/target_options.h"
#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/base/text_pattern.h"
#include "core/engine/log_rows.h"
#include "core/store/sent_journal.h"

#include <memory>

namespace castdeck::cli {

namespace {

using store::LogCondition;

constexpr std::size_t summaryBytes = 60;

struct LogOptions {
    std::string config;
    std::vector<std::string> words;
    std::string channel;
    std::string event;
    std::string type;
    std::size_t limit = 20;
    bool isJson = false;
};

/// As in the filter line: `*` stands for any text.
LogCondition named(LogCondition::Column column, const std::string& wildcards)
{
    return {.kind = LogCondition::Kind::Text,
            .columns = {column},
            .check = [pattern = TextPattern::read(wildcards)](std::string_view text) { return pattern.matches(text); }};
}

LogCondition anywhere(const std::string& word)
{
    using Column = LogCondition::Column;
    return {.kind = LogCondition::Kind::Text,
            .columns = {Column::Channel, Column::Event, Column::Socket, Column::User, Column::Detail, Column::Payload},
            .check = [pattern = TextPattern::read(word)](std::string_view text) { return pattern.isIn(text); }};
}

LogCondition ofType(const std::string& wildcards)
{
    const TextPattern pattern = TextPattern::read(wildcards);
    LogCondition any{.kind = LogCondition::Kind::Any};
    for (std::int64_t kind = 0; kind < static_cast<std::int64_t>(engine::eventKindCount); ++kind) {
        if (pattern.matches(engine::keywordOf(static_cast<engine::EventKind>(kind))))
            any.parts.push_back({.kind = LogCondition::Kind::Number,
                                 .columns = {LogCondition::Column::EventKind},
                                 .least = kind,
                                 .most = kind});
    }
    return any;
}

store::LogQuery queryOf(const LogOptions& options)
{
    store::LogQuery query{.profile = engine::localProfile, .limit = options.limit};
    std::vector<LogCondition>& parts = query.condition.parts;
    if (!options.type.empty())
        parts.push_back(ofType(options.type));
    if (!options.channel.empty())
        parts.push_back(named(LogCondition::Column::Channel, options.channel));
    if (!options.event.empty())
        parts.push_back(named(LogCondition::Column::Event, options.event));
    for (const std::string& word : options.words)
        parts.push_back(anywhere(word));
    return query;
}

void printAsJson(const engine::Event& row)
{
    std::string line = "{";
    const auto add = [&line](std::string_view key, const std::string& text) {
        if (!text.empty())
            line += (line.size() > 1 ? "," : "") + json::toString(key) + ":" +
                    json::toString(isValidUtf8(text) ? text : visible(text));
    };
    add("at", timeText(row.at, true));
    add("type", std::string{engine::keywordOf(row.kind)});
    add("app", row.appId);
    add("channel", row.channel);
    add("event", row.event);
    add("socket", row.socketId);
    add("user", row.userId);
    if (row.code != 0)
        line += ",\"status\":" + std::to_string(row.code);
    if (row.receivers != 0)
        line += ",\"receivers\":" + std::to_string(row.receivers);
    add("detail", row.detail);
    if (row.payload)
        add("data", *row.payload);
    printLine(line + "}");
}

void print(const std::vector<engine::Event>& rows)
{
    std::vector<std::vector<std::string>> table{{"TIME", "TYPE", "CHANNEL", "EVENT", "WHO", "WHAT"}};
    for (const engine::Event& row : rows) {
        const std::string what = row.payload && row.detail.empty() ? *row.payload : row.detail;
        table.push_back({timeText(row.at, false), std::string{engine::keywordOf(row.kind)}, visible(row.channel),
                         visible(row.event), visible(row.userId.empty() ? row.socketId : row.userId),
                         visible(what.substr(0, summaryBytes))});
    }
    printTable(table);
}

int showLog(const LogOptions& options)
{
    const auto path = journalPath(options.config);
    if (!path) {
        say("there is no folder for a log; set HOME, or name a configuration with --config");
        return exitFailed;
    }
    auto page = store::readLog(*path, queryOf(options));
    if (!page && page.error().kind != ErrorKind::NotFound) {
        say(visible(page.error().detail));
        return exitFailed;
    }
    std::vector<engine::Event> rows;
    if (page) {
        for (store::LogRow& row : page->rows)
            rows.push_back(engine::fromLogRow(std::move(row)));
    }
    if (options.isJson) {
        for (const engine::Event& row : rows)
            printAsJson(row);
    } else if (rows.empty()) {
        say("the log on disk has no such rows");
    } else {
        print(rows);
    }
    return exitDone;
}

} // namespace

void addLogCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<LogOptions>();
    CLI::App* command = program.add_subcommand("log", "Show what happened, as the window or serve --keep-log kept it");
    addConfigOption(*command, options->config);
    command->add_option("words", options->words, "Only rows that have each of these, anywhere")->type_name("TEXT");
    command->add_option("--channel", options->channel, "Only of this channel; * stands for any text")
        ->type_name("NAME");
    command->add_option("--event", options->event, "Only with this event; * stands for any text")->type_name("NAME");
    command->add_option("--type", options->type, "Only of this type, such as api, client, subscribed or *error")
        ->type_name("NAME");
    command->add_option("--limit", options->limit, "So many rows at most; 20 without it")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
    command->add_flag("--json", options->isJson, "Print one line of JSON for each row");
    command->footer("The newest comes first. The log is in state.db beside the configuration.\n\nExamples:\n"
                    "  castdeck-cli log --channel 'orders.*' --type api\n"
                    "  castdeck-cli log storm --limit 1 --json");
    command->callback([options, &run] { run = [options] { return showLog(*options); }; });
}

} // namespace castdeck::cli
