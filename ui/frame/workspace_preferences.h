#pragma once

namespace castdeck::ui {

class Preferences;
class Workspace;

/// Lets a live profile work as is set: how much of its log it holds, when it asks before sending, how long it stays
/// unlocked.
void applyPreferences(const Preferences& preferences, Workspace& workspace);

} // namespace castdeck::ui
