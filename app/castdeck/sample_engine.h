#pragma once

#include "ui/bridge/server_view.h"

#include <string>

namespace castdeck::app {

/// What the engines behind the sample connections tell, or why they tell nothing.
ui::ChannelListing sampleChannels(const std::string& connection);
ui::MemberListing sampleMembers(const std::string& channel);

} // namespace castdeck::app
