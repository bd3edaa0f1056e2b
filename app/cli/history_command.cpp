#include "app/cli/command.h"
#include "app/cli/journal.h"
#include "app/cli/output.h"
#include "app/cli/target_options.h"
#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/store/sent_journal.h"

#include <memory>

namespace castdeck::cli {

namespace {

struct HistoryOptions {
    std::string config;
    std::string search;
    std::size_t limit = 20;
    bool isJson = false;
};

std::string_view nameOf(store::SentState state)
{
    switch (state) {
    case store::SentState::Waiting: return "unknown";
    case store::SentState::Accepted: return "sent";
    case store::SentState::Partial: return "sent in part";
    case store::SentState::Failed: return "not sent";
    }
    return {};
}

void printAsJson(const store::SentRow& row)
{
    std::string line = "{";
    const auto add = [&line](std::string_view key, std::string_view text) {
        line += (line.size() > 1 ? "," : "") + json::toString(key) + ":" +
                json::toString(isValidUtf8(text) ? std::string{text} : visible(text));
    };
    add("at", timeText(row.at, true));
    add("connection", row.connection);
    add("channels", row.channels);
    add("event", row.event);
    add("data", row.payload);
    add("state", nameOf(row.outcome.state));
    if (row.outcome.receivers)
        line += ",\"receivers\":" + std::to_string(*row.outcome.receivers);
    add("report", row.outcome.report);
    printLine(line + "}");
}

void print(const std::vector<store::SentRow>& rows)
{
    std::vector<std::vector<std::string>> table{{"TIME", "EVENT", "CHANNELS", "THROUGH", "STATE", "RECEIVERS"}};
    for (const store::SentRow& row : rows)
        table.push_back({timeText(row.at, false), visible(row.event), visible(row.channels), visible(row.connection),
                         std::string{nameOf(row.outcome.state)},
                         row.outcome.receivers ? std::to_string(*row.outcome.receivers) : "-"});
    printTable(table);
}

int showHistory(const HistoryOptions& options)
{
    const auto path = journalPath(options.config);
    if (!path) {
        say("there is no folder for a history; set HOME, or name a configuration with --config");
        return exitFailed;
    }
    const auto page = store::readSent(*path, {.text = options.search, .limit = options.limit});
    if (!page && page.error().kind != ErrorKind::NotFound) {
        say(visible(page.error().detail));
        return exitFailed;
    }
    const std::vector<store::SentRow> rows = page ? page->rows : std::vector<store::SentRow>{};
    if (options.isJson) {
        for (const store::SentRow& row : rows)
            printAsJson(row);
    } else if (rows.empty()) {
        say(options.search.empty() ? "nothing was sent yet" : "nothing that was sent has these words");
    } else {
        print(rows);
    }
    return exitDone;
}

} // namespace

void addHistoryCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<HistoryOptions>();
    CLI::App* command = program.add_subcommand("history", "Show what was sent, from here and from the window");
    addConfigOption(*command, options->config);
    command
        ->add_option("--search", options->search,
                     "Only messages whose event, channels or data have words that begin like these")
        ->type_name("TEXT");
    command->add_option("--limit", options->limit, "So many messages at most; 20 without it")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
    command->add_flag("--json", options->isJson, "Print one line of JSON for each message");
    command->footer("The newest comes first. The history is state.db beside the configuration; emit and the window "
                    "both write to it.\n\nExamples:\n"
                    "  castdeck-cli history --search storm\n"
                    "  castdeck-cli history --limit 1 --json");
    command->callback([options, &run] { run = [options] { return showHistory(*options); }; });
}

} // namespace castdeck::cli
