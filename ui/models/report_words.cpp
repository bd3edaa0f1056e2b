#include "ui/models/report_words.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace castdeck::ui {

namespace {

using broadcast::Code;
using broadcast::Entry;
using broadcast::Report;
using broadcast::Status;

QString translated(const char* text)
{
    return QCoreApplication::translate("Report", text);
}

std::size_t countOf(const Report& report, Status status)
{
    return static_cast<std::size_t>(std::ranges::count(report.entries, status, &Entry::status));
}

QString throughWords(const Report& report)
{
    QStringList names;
    for (const Entry& entry : report.entries) {
        if (const QString name = shownText(entry.connection, 64); !names.contains(name))
            names << name;
    }
    return names.join(QStringLiteral(", "));
}

QString channelsWords(std::size_t count)
{
    return count == 1 ? translated(QT_TRANSLATE_NOOP("Report", "1 channel"))
                      : translated(QT_TRANSLATE_NOOP("Report", "%1 channels")).arg(shownCount(count));
}

QString statusWord(Status status)
{
    switch (status) {
    case Status::Sent: return translated(QT_TRANSLATE_NOOP("Report", "sent"));
    case Status::Skipped: return translated(QT_TRANSLATE_NOOP("Report", "skipped"));
    case Status::Suppressed: return translated(QT_TRANSLATE_NOOP("Report", "held back by the event"));
    case Status::Discarded: return translated(QT_TRANSLATE_NOOP("Report", "discarded"));
    case Status::Logged: return translated(QT_TRANSLATE_NOOP("Report", "written to the log"));
    case Status::Failed: return translated(QT_TRANSLATE_NOOP("Report", "failed"));
    }
    return {};
}

QString entryWords(const Entry& entry)
{
    QString words =
        translated(QT_TRANSLATE_NOOP("Report", "%1: %2")).arg(shownText(entry.channel, 64), statusWord(entry.status));
    if (entry.receivers)
        words += translated(QT_TRANSLATE_NOOP("Report", " to %1")).arg(shownCount(*entry.receivers));
    if (entry.users)
        words += *entry.users == 1
                     ? translated(QT_TRANSLATE_NOOP("Report", ", 1 user"))
                     : translated(QT_TRANSLATE_NOOP("Report", ", %1 users")).arg(shownCount(*entry.users));
    if (!entry.text.empty())
        words += translated(QT_TRANSLATE_NOOP("Report", " (%1)")).arg(shownText(entry.text, 200));
    for (const std::string& note : entry.notes)
        words += QStringLiteral("; ") + shownText(note, 120);
    return words;
}

const Entry* firstFailure(const Report& report)
{
    const auto it = std::ranges::find(report.entries, Status::Failed, &Entry::status);
    return it == report.entries.end() ? nullptr : &*it;
}

QString failureSentence(const Report& report, const Entry& failure)
{
    const std::size_t failed = countOf(report, Status::Failed);
    const QString why = shownText(failure.text.empty() ? std::string{toText(failure.code)} : failure.text, 400);
    if (failed == report.entries.size())
        return translated(QT_TRANSLATE_NOOP("Report", "Not sent through %1: %2.")).arg(throughWords(report), why);
    return translated(QT_TRANSLATE_NOOP("Report", "Sent in part through %1: %2 of %3 failed (%4)."))
        .arg(throughWords(report), shownCount(failed), channelsWords(report.entries.size()), why);
}

} // namespace

QString reportSentence(const Report& report)
{
    if (report.entries.empty())
        return translated(QT_TRANSLATE_NOOP("Report", "Nothing was sent: no channel."));
    if (const Entry* failure = firstFailure(report))
        return failureSentence(report, *failure);
    const QString through = throughWords(report);
    if (countOf(report, Status::Discarded) == report.entries.size())
        return translated(QT_TRANSLATE_NOOP("Report", "Discarded by %1: this connection sends nothing.")).arg(through);
    if (countOf(report, Status::Logged) == report.entries.size())
        return translated(QT_TRANSLATE_NOOP("Report", "Written to the log by %1; nothing was sent.")).arg(through);
    const std::size_t sent = countOf(report, Status::Sent);
    if (sent == 0)
        return translated(QT_TRANSLATE_NOOP("Report", "Nothing was sent through %1.")).arg(through);
    return translated(QT_TRANSLATE_NOOP("Report", "Sent through %1 in %2 ms: %3."))
        .arg(through, shownCount(static_cast<std::size_t>(report.duration.count())), channelsWords(sent));
}

QString reportDetail(const Report& report)
{
    constexpr std::size_t shownAtMost = 4;
    const Entry* const failure = firstFailure(report);
    if (failure != nullptr && report.entries.size() == 1)
        return adviceFor(failure->code);
    QStringList parts;
    for (const Entry& entry : report.entries) {
        const bool saysMore = report.entries.size() > 1 || entry.receivers || entry.users || !entry.notes.empty() ||
                              entry.status == Status::Skipped;
        if (saysMore && parts.size() < static_cast<qsizetype>(shownAtMost))
            parts << entryWords(entry);
    }
    if (report.entries.size() > shownAtMost)
        parts << translated(QT_TRANSLATE_NOOP("Report", "%1 more")).arg(report.entries.size() - shownAtMost);
    return parts.join(QStringLiteral(",  "));
}

QString adviceFor(Code code)
{
    switch (code) {
    case Code::Unreachable:
        return translated(QT_TRANSLATE_NOOP("Report", "Is the server running there? Check host and port of the "
                                                      "connection."));
    case Code::Timeout:
        return translated(
            QT_TRANSLATE_NOOP("Report", "It may have been delivered all the same. The limit is timeout_ms."));
    case Code::Tls:
        return translated(QT_TRANSLATE_NOOP("Report", "Check host, port and whether the server speaks TLS (ssl)."));
    case Code::Unauthorized:
        return translated(QT_TRANSLATE_NOOP("Report", "Check key and secret, or the API key, of the connection."));
    case Code::Forbidden:
        return translated(QT_TRANSLATE_NOOP("Report", "The application may be disabled or over its quota."));
    case Code::BadResponse:
        return translated(QT_TRANSLATE_NOOP("Report", "Something else may answer at that address: a proxy or another "
                                                      "server."));
    case Code::BadOption:
    case Code::UnknownDriver:
    case Code::NoDriver:
    case Code::BadDriver: return translated(QT_TRANSLATE_NOOP("Report", "Mend the connection in broadcasting.json."));
    default: return {};
    }
}

std::size_t receiversOf(const Report& report)
{
    std::size_t sum = 0;
    for (const Entry& entry : report.entries)
        sum += entry.receivers.value_or(0);
    return sum;
}

} // namespace castdeck::ui
