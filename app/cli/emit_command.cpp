#include "app/cli/command.h"
#include "app/cli/emit_arguments.h"
#include "app/cli/event_loop.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/json.h"
#include "core/remote/pusher_rest_client.h"

#include <algorithm>
#include <memory>

namespace castdeck::cli {

namespace {

struct EmitOptions {
    TargetOptions target;
    std::string excludeSocketId;
    bool isJson = false;
};

/// What one sending needs.
struct Sender {
    explicit Sender(const Target& target) : rest{http, target.endpoint, clock} { http.trust(target.trusted); }

    SystemClock clock;
    remote::HttpClient http;
    remote::PusherRestClient rest;
};

bool isOfNetwork(const remote::ChannelReport& entry)
{
    using remote::SendCode;
    return entry.code == SendCode::Unreachable || entry.code == SendCode::Timeout || entry.code == SendCode::Tls;
}

/// "sent", "failed", or "discarded" for a connection that throws everything away.
std::string statusOf(const remote::ChannelReport& entry, const Target& target)
{
    if (target.kind == store::DriverKind::Null)
        return "discarded";
    return entry.code == remote::SendCode::None ? "sent" : "failed";
}

void printReportAsJson(const remote::SendReport& report, const remote::OutgoingEvent& event, const Target& target)
{
    std::string text = "{\"event\":" + json::toString(event.name) + ",\"connection\":" + json::toString(target.name) +
                       ",\"bytes\":" + std::to_string(event.data.size()) +
                       ",\"duration_ms\":" + std::to_string(report.duration.count()) + ",\"channels\":[";
    for (const remote::ChannelReport& entry : report.channels) {
        text += text.back() == '[' ? "" : ",";
        text += "{\"channel\":" + json::toString(entry.channel) + ",\"status\":\"" + statusOf(entry, target) + "\"";
        if (entry.code != remote::SendCode::None)
            text += ",\"code\":\"" + std::string{remote::toText(entry.code)} +
                    "\",\"http_status\":" + std::to_string(entry.status) + ",\"text\":" + json::toString(entry.text);
        text += "}";
    }
    printLine(text + "]}");
}

void printReport(const remote::SendReport& report, const Target& target)
{
    for (const remote::ChannelReport& entry : report.channels) {
        std::string line = visible(entry.channel) + ": " + statusOf(entry, target);
        if (entry.code != remote::SendCode::None)
            line += " (" + std::string{remote::toText(entry.code)} +
                    (entry.status != 0 ? ", HTTP " + std::to_string(entry.status) : "") + "): " + visible(entry.text);
        printLine(line);
    }
}

int finishReport(const remote::SendReport& report, const remote::OutgoingEvent& event, const Target& target,
                 bool isJson)
{
    if (isJson)
        printReportAsJson(report, event, target);
    else
        printReport(report, target);
    if (target.kind == store::DriverKind::Null)
        say("connection \"" + target.name + "\" discards everything; name another one with --connection");
    if (std::ranges::any_of(report.channels, isOfNetwork))
        say("tried " + target.endpoint.address() +
            "; is the server running there? --host, --port and --tls choose "
            "another");
    return report.isAllSent() ? exitDone : exitFailed;
}

int emitWords(const EmitOptions& options, const std::vector<std::string>& words)
{
    if (const std::string unknown = unknownOptions(words); !unknown.empty()) {
        say("unknown option:" + unknown + "\nRun with --help for more information.");
        return exitBadUsage;
    }
    auto event = parseEmitArguments(words);
    if (!event) {
        say(event.error().detail);
        return exitBadUsage;
    }
    event->excludeSocketId = options.excludeSocketId;
    int exitCode = exitDone;
    const auto target = findTarget(options.target, exitCode);
    if (!target)
        return exitCode;
    if (target->kind == store::DriverKind::Null) {
        remote::SendReport report;
        for (const std::string& channel : event->channels)
            report.channels.push_back({.channel = channel, .code = {}, .status = 0, .text = {}});
        return finishReport(report, *event, *target, options.isJson);
    }
    return runEventLoop(
        [&](const std::function<void(int)>& finish) {
            auto sender = std::make_shared<Sender>(*target);
            sender->rest.trigger(*event, &sender->http, [&, finish](const remote::SendReport& report) {
                finish(finishReport(report, *event, *target, options.isJson));
            });
            return sender;
        },
        exitFailed);
}

} // namespace

void addEmitCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<EmitOptions>();
    CLI::App* command = program.add_subcommand(
        "emit", "Send one event to one or more channels:\n  castdeck-cli emit CHANNEL... EVENT [JSON|-] [OPTIONS]");
    // The words are what is left over: as a declared option the parser would take a JSON list apart.
    command->allow_extras();
    command->add_option("--exclude", options->excludeSocketId, "Socket that shall not receive the event")
        ->type_name("SOCKET-ID");
    command->add_flag("--json", options->isJson, "Print the report as one line of JSON");
    addTargetOptions(*command, options->target);
    command->footer(std::string{targetHelp} +
                    "\n\nThe last argument is the data when it is - or JSON and at least two words stand before it; "
                    "without data, {} is sent.\nExit code: 0 all sent, 1 something failed, 2 wrong usage.\n\n"
                    "Examples:\n"
                    "  castdeck-cli emit news headline '{\"text\":\"Hello\"}'\n"
                    "  castdeck-cli emit news private-admins alert - < alert.json");
    command->callback(
        [options, command, &run] { run = [options, command] { return emitWords(*options, command->remaining()); }; });
}

} // namespace castdeck::cli
