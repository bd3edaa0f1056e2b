#pragma once

#include "app/castdeck/launch_options.h"

namespace castdeck::app {

/// Draws every page, light and dark, into PNG files of the folder. The exit code of the program.
int runTour(const LaunchOptions& options);

} // namespace castdeck::app
