#pragma once

#include "core/engine/details.h"
#include "core/engine/snapshot.h"
#include "ui/models/facts_model.h"

#include <string>
#include <vector>

/// What is known of a channel or a connection, as rows for people.
namespace castdeck::ui {

bool isPresence(pusher::ChannelKind kind);
/// Whether channels of this kind keep their last event.
bool keepsLastEvent(pusher::ChannelKind kind);

/// What the snapshot tells already, until the details come or where nobody tells them.
engine::ChannelDetails detailsFrom(const engine::Snapshot& snapshot, const engine::ChannelSnapshot& channel);
engine::ConnectionDetails detailsFrom(const engine::ConnectionSnapshot& connection);

std::vector<FactRow> limitFacts(const engine::ChannelDetails& channel);
std::vector<FactRow> handshakeFacts(const engine::ConnectionDetails& connection);
std::vector<FactRow> pingFacts(const engine::TrafficDetails& traffic);

/// "js 8.6.0" as "pusher-js 8.6.0".
QString shownClient(const std::string& client);

} // namespace castdeck::ui
