#pragma once

#include "core/engine/event.h"
#include "core/store/archive_rows.h"

#include <string>
#include <string_view>

/// Rows of the live log as the archive keeps them.
namespace castdeck::engine {

/// Of a server's own log in the window, and of one without a window.
inline constexpr const char* localProfile = "local";

/// The payload is shared, the trace left out.
store::LogRow toLogRow(const Event& event, const std::string& profile);
Event fromLogRow(store::LogRow row);

/// What filter lines, exports and scripts call it, such as "api". Never changes.
std::string_view keywordOf(EventKind kind);

} // namespace castdeck::engine
