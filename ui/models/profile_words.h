#pragma once

#include "ui/models/profile.h"
#include "ui/theme/colors.h"

/// How a profile is shown.
namespace castdeck::ui {

Tone toneOf(Profile::Color color);
QString wordOf(Profile::Color color);
/// "The server in this program", "https://example.org/app".
QString addressOf(const Profile& profile);

} // namespace castdeck::ui
