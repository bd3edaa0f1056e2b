#pragma once

#include "core/engine/event.h"
#include "core/pusher/channel_name.h"
#include "ui/theme/colors.h"

#include <QtCore/QString>

#include <cstdint>

/// How kinds of events and channels are called, drawn and coloured: one table for log, chips, composer and lists.
namespace castdeck::ui {

enum class Direction { In, Out, Self };

struct EventLook {
    QString word;    ///< "API message"
    QString keyword; ///< What the filter line calls it: "api"
    QString icon;
    Tone tone;
    Direction direction; ///< From the server's point of view.
};

EventLook lookOf(engine::EventKind kind);

/// One bit for each engine::EventKind that tells of something gone wrong.
std::uint32_t errorKinds();

/// What happened besides, on one line. Addresses are behind the curtain.
QString shownDetail(const engine::Event& event, std::size_t maxBytes);

QString wordOf(Direction direction);
QString iconOf(Direction direction);

struct ChannelLook {
    QString word;
    QString icon;
    Tone tone;
    QString meaning; ///< One sentence: who may join and what is special.
};

ChannelLook lookOf(pusher::ChannelKind kind);

} // namespace castdeck::ui
