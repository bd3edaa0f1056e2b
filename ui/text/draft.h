#pragma once

#include "core/pusher/channel_name.h"

#include <QtCore/QString>

#include <cstddef>
#include <string>
#include <vector>

/// What the composer holds, checked as somebody types. Pure functions; sentences are for people.
namespace castdeck::ui {

enum class PayloadMode {
    Json,
    Text,
    Base64, ///< The payload is the base64 of what is sent.
};

struct ChannelEntry {
    std::string name;
    pusher::ChannelKind kind = pusher::ChannelKind::Public;
    QString problem; ///< Names the bad character or the length; empty when the name is good.

    bool operator==(const ChannelEntry&) const = default;
};

/// Names separated by commas, semicolons or blanks; repeated names count once.
/// A comma or semicolon is allowed inside a channel name, so it separates only next to a blank or at the end of the
/// line.
std::vector<ChannelEntry> parseChannels(const QString& line);

/// A word about a name that looks like several; empty when there is nothing to say.
QString hintForChannels(const QString& line);

struct DraftLimits {
    std::size_t maxChannels = 100;
    std::size_t maxEventNameCharacters = 200;
    std::size_t maxPayloadBytes = 10'240;
    bool isKnown = true; ///< False: the usual numbers of a server that was not asked for its own.
};

struct Draft {
    QString channels;
    QString event;
    std::string payload; ///< UTF-8, byte for byte what is sent, except in mode Base64.
    PayloadMode mode = PayloadMode::Json;
    std::string excludeSocketId{}; ///< Empty: nobody is left out.

    bool operator==(const Draft&) const = default;
};

/// One sentence for each part that cannot be sent; empty parts are fine.
struct DraftProblems {
    QString channels;
    QString event;
    QString payload;
    int payloadLine = 0; ///< Of the first JSON mistake, from 1; 0 for none.
    int payloadColumn = 0;
    bool isTooLarge = false;

    bool none() const { return channels.isEmpty() && event.isEmpty() && payload.isEmpty(); }
    QString first() const;
};

DraftProblems checkDraft(const Draft& draft, const DraftLimits& limits = {});

std::vector<std::string> channelNamesOf(const Draft& draft);

/// What a payload holds beyond the draft's text: the bytes to send, or why there are none.
struct SentPayload {
    std::string bytes;
    QString problem;
};
SentPayload sentPayload(const Draft& draft);

/// The draft with the payload as it is sent: what was base64 is the text it stood for.
Draft asSent(Draft draft);

} // namespace castdeck::ui
