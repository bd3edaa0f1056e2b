#include "ui/text/draft.h"

#include "core/base/ascii.h"
#include "core/base/json_check.h"
#include "ui/text/json_text.h"
#include "ui/text/shown_text.h"

#include <QtCore/QByteArray>
#include <QtCore/QCoreApplication>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Draft", text);
}

QString withoutTrailingSeparators(QString word)
{
    while (word.endsWith(u',') || word.endsWith(u';'))
        word.chop(1);
    return word;
}

QString problemOfChannels(const std::vector<ChannelEntry>& entries, const DraftLimits& limits)
{
    const auto wrong = std::ranges::find_if(entries, [](const auto& entry) { return !entry.problem.isEmpty(); });
    if (wrong != entries.end())
        return wrong->problem;
    if (entries.size() > limits.maxChannels)
        return tr("%1 channels; at most %2 take one event.").arg(entries.size()).arg(limits.maxChannels);
    return {};
}

QString problemOfEvent(const QString& event, const DraftLimits& limits)
{
    const auto characters = static_cast<std::size_t>(event.toUcs4().size());
    if (characters > limits.maxEventNameCharacters)
        return tr("The event name has %1 characters, at most %2 are allowed.")
            .arg(characters)
            .arg(limits.maxEventNameCharacters);
    // Protocol 7, "Events": the prefixes belong to the protocol itself; clients would take such an event for its own.
    if (event.startsWith(u"pusher:") || event.startsWith(u"pusher_internal:"))
        return tr("Names that start with pusher: belong to the protocol; clients would not pass this event on.");
    return {};
}

void checkPayload(const Draft& draft, const DraftLimits& limits, DraftProblems& problems)
{
    const SentPayload sent = sentPayload(draft);
    problems.payload = sent.problem;
    problems.isTooLarge = sent.bytes.size() > limits.maxPayloadBytes;
    if (problems.isTooLarge) {
        problems.payload = tr("The payload has %1 bytes, at most %2 are allowed.")
                               .arg(shownCount(sent.bytes.size()), shownCount(limits.maxPayloadBytes));
    }
    if (draft.mode != PayloadMode::Json)
        return;
    if (const auto mistake = findJsonMistake(draft.payload)) {
        problems.payloadLine = mistake->place.line;
        problems.payloadColumn = mistake->place.column;
        problems.payload = tr("Line %1, column %2: %3.")
                               .arg(mistake->place.line)
                               .arg(mistake->place.column)
                               .arg(toQt(mistake->message));
    }
}

} // namespace

std::vector<ChannelEntry> parseChannels(const QString& line)
{
    std::vector<ChannelEntry> entries;
    for (const QString& word : line.simplified().split(u' ', Qt::SkipEmptyParts)) {
        ChannelEntry entry{.name = toStd(withoutTrailingSeparators(word)), .kind = {}, .problem = {}};
        const bool isKnown = std::ranges::any_of(entries, [&](const auto& other) { return other.name == entry.name; });
        if (entry.name.empty() || isKnown)
            continue;
        entry.kind = pusher::kindOf(entry.name);
        if (const auto name = pusher::ChannelName::parse(entry.name); !name)
            entry.problem = toQt(name.error().detail) + u'.';
        entries.push_back(std::move(entry));
    }
    return entries;
}

QString hintForChannels(const QString& line)
{
    for (const ChannelEntry& entry : parseChannels(line)) {
        if (entry.name.find_first_of(",;") != std::string::npos)
            return tr("%1 is one name; a blank after the comma makes several.").arg(shownText(entry.name, 64));
    }
    return {};
}

QString DraftProblems::first() const
{
    for (const QString& problem : {channels, event, payload}) {
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

DraftProblems checkDraft(const Draft& draft, const DraftLimits& limits)
{
    DraftProblems problems;
    problems.channels = problemOfChannels(parseChannels(draft.channels), limits);
    problems.event = problemOfEvent(draft.event, limits);
    checkPayload(draft, limits, problems);
    return problems;
}

std::vector<std::string> channelNamesOf(const Draft& draft)
{
    std::vector<std::string> names;
    for (ChannelEntry& entry : parseChannels(draft.channels))
        names.push_back(std::move(entry.name));
    return names;
}

SentPayload sentPayload(const Draft& draft)
{
    if (draft.mode != PayloadMode::Base64)
        return {.bytes = draft.payload, .problem = {}};
    QByteArray text = QByteArray::fromStdString(draft.payload);
    text.removeIf([](char c) { return json::isBlank(c); });
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    const bool hasHalfByte = (text.size() - text.count('=')) % 4 == 1; // Six bits make no byte.
    if (!decoded || hasHalfByte)
        return {.bytes = {}, .problem = tr("This is not base64: letters, digits, + and /, and = at the end.")};
    if (!isValidUtf8(decoded.decoded.toStdString()))
        return {.bytes = {},
                .problem = tr("Decoded, this is no text in UTF-8; events carry text. Send the base64 itself as text.")};
    return {.bytes = decoded.decoded.toStdString(), .problem = {}};
}

Draft asSent(Draft draft)
{
    if (draft.mode != PayloadMode::Base64)
        return draft;
    draft.payload = sentPayload(draft).bytes;
    draft.mode = PayloadMode::Text;
    return draft;
}

} // namespace castdeck::ui
