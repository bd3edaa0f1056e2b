#include "app/cli/emit_report.h"

#include "app/cli/output.h"
#include "core/base/json.h"

#include <algorithm>

namespace castdeck::cli {

namespace {

using broadcast::Code;
using broadcast::Entry;
using broadcast::Report;

/// Numbers below it are an engine's own: HTTP ends no exchange with them.
constexpr int firstHttpStatus = 200;

std::string remoteStatusOf(const Entry& entry)
{
    if (entry.remoteStatus == 0)
        return {};
    return (entry.remoteStatus < firstHttpStatus ? ", error " : ", HTTP ") + std::to_string(entry.remoteStatus);
}

std::string lineOf(const Entry& entry)
{
    std::string line = visible(entry.channel) + ": " + std::string{toText(entry.status)};
    if (entry.receivers)
        line += ", " + std::to_string(*entry.receivers) + (*entry.receivers == 1 ? " receiver" : " receivers");
    if (entry.code != Code::None)
        line += " (" + std::string{toText(entry.code)} + remoteStatusOf(entry) + "): " + visible(entry.text);
    else if (!entry.text.empty())
        line += " (" + visible(entry.text) + ")";
    for (const std::string& note : entry.notes)
        line += "; " + visible(note);
    return line;
}

std::string notesOf(const Entry& entry)
{
    std::string text = "[";
    for (const std::string& note : entry.notes)
        text += (text.back() == '[' ? "" : ",") + json::toString(note);
    return text + "]";
}

std::string objectOf(const Entry& entry, const std::string& connection)
{
    std::string text =
        "{\"channel\":" + json::toString(entry.channel) + ",\"status\":\"" + std::string{toText(entry.status)} + "\"";
    if (entry.code != Code::None)
        text += ",\"code\":\"" + std::string{toText(entry.code)} +
                "\",\"remote_status\":" + std::to_string(entry.remoteStatus);
    if (entry.code != Code::None && entry.remoteStatus >= firstHttpStatus) // The same number, named by what it is.
        text += ",\"http_status\":" + std::to_string(entry.remoteStatus);
    if (entry.code != Code::None || !entry.text.empty())
        text += ",\"text\":" + json::toString(entry.text);
    if (entry.receivers)
        text += ",\"receivers\":" + std::to_string(*entry.receivers);
    return text + ",\"notes\":" + notesOf(entry) + ",\"connection\":" + json::toString(connection) + "}";
}

} // namespace

void printReport(const Report& report)
{
    for (const Entry& entry : report.entries)
        printLine(lineOf(entry));
}

void printReportAsJson(const Report& report, const std::string& connection)
{
    std::string text = "{\"event\":" + json::toString(report.event) + ",\"connection\":" + json::toString(connection) +
                       ",\"bytes\":" + std::to_string(report.payloadBytes) +
                       ",\"duration_ms\":" + std::to_string(report.duration.count()) + ",\"channels\":[";
    for (const Entry& entry : report.entries)
        text += (text.back() == '[' ? "" : ",") + objectOf(entry, connection.empty() ? "" : entry.connection);
    printLine(text + "],\"summary\":" + json::toString(report.summary()) + "}");
}

bool hasNetworkFailure(const Report& report)
{
    const auto isOfNetwork = [](const Entry& entry) {
        return entry.code == Code::Unreachable || entry.code == Code::Timeout || entry.code == Code::Tls;
    };
    return std::ranges::any_of(report.entries, isOfNetwork);
}

} // namespace castdeck::cli
