#pragma once

#include "core/base/clock.h"

#include <QtCore/QString>

#include <chrono>

/// Moments and spans as people read them in lists.
namespace castdeck::ui {

/// "14:03:07" of the local day.
QString clockTime(WallTime at);
/// "14:03:07.250"
QString preciseTime(WallTime at);
/// "2026-03-01 14:03:07"
QString dayAndTime(WallTime at);
/// "45 s", "12 min 5 s", "3 h 4 min", "2 days 3 h": its two largest parts.
QString shownSpan(std::chrono::seconds span);

} // namespace castdeck::ui
