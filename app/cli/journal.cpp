#include "app/cli/journal.h"

#include "app/cli/config_source.h"
#include "app/cli/output.h"
#include "core/store/environment.h"
#include "core/store/sent_journal.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace castdeck::cli {

namespace {

/// Of the window, for what goes through its configuration; else one that is in no window.
constexpr const char* profileHere = "local";
constexpr const char* profileElsewhere = "command line";

constexpr std::int64_t writtenAsJson = 0;
constexpr std::int64_t writtenAsText = 1;

/// Each channel once, with blanks between them.
std::string channelsOf(const broadcast::Report& report)
{
    std::vector<std::string> names;
    std::string line;
    for (const broadcast::Entry& entry : report.entries) {
        if (entry.channel.empty() || std::ranges::find(names, entry.channel) != names.end())
            continue;
        names.push_back(entry.channel);
        line += (line.empty() ? "" : " ") + entry.channel;
    }
    return line;
}

/// False when everything was left out or discarded.
bool hasGoneOut(const broadcast::Report& report)
{
    using broadcast::Status;
    return std::ranges::any_of(report.entries, [](const broadcast::Entry& entry) {
        return entry.status == Status::Sent || entry.status == Status::Logged || entry.status == Status::Failed;
    });
}

store::SentOutcome outcomeOf(const broadcast::Report& report)
{
    using broadcast::Status;
    const bool isAnySent =
        std::ranges::any_of(report.entries, [](const broadcast::Entry& entry) { return entry.status == Status::Sent; });
    store::SentOutcome outcome;
    outcome.state = report.isSuccess() ? store::SentState::Accepted
                    : isAnySent        ? store::SentState::Partial
                                       : store::SentState::Failed;
    for (const broadcast::Entry& entry : report.entries) {
        if (entry.receivers)
            outcome.receivers = outcome.receivers.value_or(0) + static_cast<std::int64_t>(*entry.receivers);
    }
    outcome.report = report.summary();
    outcome.at = report.start + report.duration;
    return outcome;
}

} // namespace

std::optional<std::filesystem::path> journalPath(const std::string& namedConfig)
{
    if (const auto config = findConfig(namedConfig, Search::CurrentFolderAndUser))
        return std::filesystem::absolute(*config).parent_path() / "state.db";
    const store::Environment environment = store::Environment::ofProcess();
    if (!environment.value("XDG_CONFIG_HOME") && !environment.value("HOME"))
        return std::nullopt;
    return store::ConfigFile::defaultPath(environment).parent_path() / "state.db";
}

void writeDown(const std::filesystem::path& journal, const Target& target, const broadcast::Emission& emission,
               const broadcast::Report& report)
{
    if (!hasGoneOut(report))
        return;
    store::SentRow row;
    row.profile = target.name.empty() ? profileElsewhere : profileHere;
    row.connection = target.name;
    row.channels = channelsOf(report);
    row.event = report.event;
    row.payload = emission.payload.text();
    row.mode = emission.payload.isPlainText() ? writtenAsText : writtenAsJson;
    row.at = report.start;
    row.outcome = outcomeOf(report);
    auto opened = store::SentJournal::open(journal);
    const auto written = opened ? opened->add(std::move(row)) : Result<void>{opened.error()};
    if (!written)
        say("not written down in the history: " + visible(written.error().detail));
}

} // namespace castdeck::cli
