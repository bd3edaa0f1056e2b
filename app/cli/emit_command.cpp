#include "app/cli/command.h"
#include "app/cli/emit_arguments.h"
#include "app/cli/emit_report.h"
#include "app/cli/event_loop.h"
#include "app/cli/journal.h"
#include "app/cli/output.h"
#include "app/cli/sending.h"
#include "app/cli/target.h"
#include "core/broadcast/event_catalog.h"

#include <algorithm>
#include <memory>

namespace castdeck::cli {

namespace {

struct EmitOptions {
    TargetOptions target;
    std::string eventClass;
    std::string excludeSocketId;
    bool isAnonymous = false;
    bool leavesNoTrace = false;
    bool isJson = false;
};

void explain(const broadcast::Report& report, const Target& target)
{
    using broadcast::Entry;
    using broadcast::Status;
    const auto isDiscarded = [](const Entry& entry) { return entry.status == Status::Discarded; };
    const auto isSkipped = [](const Entry& entry) { return entry.status == Status::Skipped; };
    if (std::ranges::any_of(report.entries, isDiscarded))
        say("connection \"" + visible(target.name) + "\" discards everything; " + target.insteadOfNull());
    if (std::ranges::any_of(report.entries, isSkipped))
        say("private and presence channels of an event class want somebody who sends; leave --anonymous out");
    if (hasNetworkFailure(report) && target.driver != "log")
        say(whatWasTried(target));
}

int finishReport(const broadcast::Report& report, const Target& target, bool isJson)
{
    if (isJson)
        printReportAsJson(report, target.name);
    else
        printReport(report);
    explain(report, target);
    return report.isSuccess() ? exitDone : exitFailed;
}

Result<broadcast::Emission> emissionFrom(const EmitOptions& options, const std::vector<std::string>& words)
{
    auto emission =
        options.eventClass.empty() ? parseEmitArguments(words) : parseClassArguments(options.eventClass, words);
    if (!emission)
        return emission;
    emission->options.exceptSocketId = options.excludeSocketId;
    if (options.isAnonymous)
        emission->options.actor = broadcast::Actor::nobody();
    return emission;
}

int emitWords(const EmitOptions& options, const std::vector<std::string>& words)
{
    if (const std::string unknown = unknownOptions(words); !unknown.empty()) {
        say("unknown option:" + unknown + "\nRun with --help for more information.");
        return exitBadUsage;
    }
    const auto emission = emissionFrom(options, words);
    if (!emission) {
        say(visible(emission.error().detail));
        return exitBadUsage;
    }
    int exitCode = exitDone;
    const auto target = findTarget(options.target, exitCode);
    if (!target)
        return exitCode;
    const auto journal = options.leavesNoTrace ? std::nullopt : journalPath(options.target.config);
    return runEventLoop(
        [&](const std::function<void(int)>& finish) {
            auto sending = std::make_shared<Sending>(*target);
            if (!sending->isUsable()) {
                finish(exitBadUsage);
                return sending;
            }
            sending->send(*emission, [&, finish](const broadcast::Report& report) {
                // What is reported as sent has been written down first.
                if (journal)
                    writeDown(*journal, *target, *emission, report);
                finish(finishReport(report, *target, options.isJson));
            });
            return sending;
        },
        exitFailed);
}

/// "  NewRelease version=...                     on releases: ..."
std::string helpOnClasses()
{
    std::string text;
    for (const broadcast::ShippedEvent& event : broadcast::EventCatalog::all()) {
        text += "\n  " + event.name + "   (" + event.meaning + "; on " + event.channels + ")";
        for (const broadcast::EventField& field : event.fields)
            text += "\n    " + field.name + "=...   " + field.meaning +
                    (field.defaultText ? "; without it: " + *field.defaultText : "");
    }
    return text;
}

} // namespace

void addEmitCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<EmitOptions>();
    CLI::App* command =
        program.add_subcommand("emit", "Send one event to one or more channels:\n"
                                       "  castdeck-cli emit CHANNEL... EVENT [JSON|-] [OPTIONS]\n"
                                       "  castdeck-cli emit --class NAME [FIELD=VALUE...] [CHANNEL...] [OPTIONS]");
    // The words are what is left over: as a declared option the parser would take a JSON list apart.
    command->allow_extras();
    command
        ->add_option("--class", options->eventClass,
                     "Send an event that knows its own name, channels and data; it is told the values of its fields")
        ->type_name("NAME");
    command->add_flag("--anonymous", options->isAnonymous,
                      "Send as nobody: the private and presence channels of a --class are skipped then");
    command->add_option("--exclude", options->excludeSocketId, "Socket that shall not receive the event")
        ->type_name("SOCKET-ID");
    command->add_flag("--json", options->isJson, "Print the report as one line of JSON");
    command->add_flag("--no-journal", options->leavesNoTrace, "Leave the event out of the history");
    addTargetOptions(*command, options->target);
    command->footer(std::string{targetHelp} +
                    "\n\nThe last argument is the data when it is - or JSON and at least two words stand before it; "
                    "without data, {} is sent.\nWith --class, words with = are fields; other words are channels that "
                    "take the place of the event's own.\nThe connections \"log\" (prints the event on standard error) "
                    "and \"null\" (discards it) always exist.\n\nEvent classes:" +
                    helpOnClasses() +
                    "\n\nExit code: 0 all sent, skipped or discarded, 1 something failed, 2 wrong usage.\n\n"
                    "Examples:\n"
                    "  castdeck-cli emit news headline '{\"text\":\"Hello\"}'\n"
                    "  castdeck-cli emit news private-admins alert - < alert.json\n"
                    "  castdeck-cli emit --class NewRelease version=4.0.0\n"
                    "  castdeck-cli emit --class AdminUserAlert message='Disk full' level=warning --connection log");
    command->callback(
        [options, command, &run] { run = [options, command] { return emitWords(*options, command->remaining()); }; });
}

} // namespace castdeck::cli
