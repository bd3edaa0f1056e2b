#include "core/broadcast/report.h"

#include <algorithm>
#include <array>
#include <utility>

namespace castdeck::broadcast {

namespace {

constexpr std::array statusTexts{"sent", "skipped", "suppressed", "discarded", "logged", "failed"};
constexpr std::array codeTexts{"",
                               "no_default",
                               "unknown_connection",
                               "no_driver",
                               "bad_driver",
                               "unknown_driver",
                               "bad_option",
                               "bad_channel",
                               "bad_event",
                               "payload_too_large",
                               "not_json",
                               "unreachable",
                               "timeout",
                               "tls",
                               "unauthorized",
                               "forbidden",
                               "too_large",
                               "rejected",
                               "bad_response",
                               "partial",
                               "not_supported"};

bool isFailed(const Entry& entry)
{
    return entry.status == Status::Failed;
}

std::string why(const Entry& entry)
{
    std::string text{toText(entry.code)};
    if (!text.empty() && !entry.text.empty())
        text += ": ";
    return text + entry.text;
}

/// "2 sent", "1 skipped (no actor)": the reason is that of the first one.
std::string countOf(const Report& report, Status status)
{
    const auto hasStatus = [status](const Entry& entry) { return entry.status == status; };
    const auto count = std::ranges::count_if(report.entries, hasStatus);
    if (count == 0)
        return {};
    const std::string reason = why(*std::ranges::find_if(report.entries, hasStatus));
    return std::to_string(count) + " " + std::string{toText(status)} + (reason.empty() ? "" : " (" + reason + ")");
}

} // namespace

std::string_view toText(Status status)
{
    return statusTexts.at(static_cast<std::size_t>(status));
}

std::string_view toText(Code code)
{
    return codeTexts.at(static_cast<std::size_t>(code));
}

Entry Entry::sent(std::string channel)
{
    Entry entry;
    entry.channel = std::move(channel);
    return entry;
}

Entry Entry::failed(std::string channel, Failure failure, int remoteStatus)
{
    Entry entry;
    entry.channel = std::move(channel);
    entry.status = Status::Failed;
    entry.code = failure.code;
    entry.text = std::move(failure.text);
    entry.remoteStatus = remoteStatus;
    return entry;
}

bool Report::isSuccess() const
{
    return std::ranges::none_of(entries, isFailed);
}

Code Report::code() const
{
    const auto first = std::ranges::find_if(entries, isFailed);
    if (first == entries.end())
        return Code::None;
    const bool isOneCode =
        std::ranges::all_of(entries, [&](const Entry& entry) { return isFailed(entry) && entry.code == first->code; });
    return isOneCode ? first->code : Code::Partial;
}

std::string Report::summary() const
{
    std::string text;
    for (const Status status :
         {Status::Sent, Status::Logged, Status::Discarded, Status::Skipped, Status::Suppressed, Status::Failed}) {
        const std::string count = countOf(*this, status);
        if (!count.empty())
            text += (text.empty() ? "" : ", ") + count;
    }
    if (text.empty())
        text = note.empty() ? "nothing to send" : note;
    return (event.empty() ? std::string{} : "\"" + event + "\": ") + text + ".";
}

std::string describe(const Entry& entry)
{
    std::string text = entry.channel + " on " + entry.connection + ": " + std::string{toText(entry.status)};
    if (entry.receivers)
        text += ", " + std::to_string(*entry.receivers) + (*entry.receivers == 1 ? " receiver" : " receivers");
    if (const std::string reason = why(entry); !reason.empty())
        text += ", " + reason;
    for (const std::string& note : entry.notes)
        text += "; " + note;
    return text;
}

} // namespace castdeck::broadcast
