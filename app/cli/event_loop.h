#pragma once

#include <functional>

namespace castdeck::cli {

/// Runs Qt's event loop without a display. `start` is called inside it and gets the function that ends it with an exit
/// code. SIGINT and SIGTERM end it with `codeOnSignal`.
int runEventLoop(const std::function<void(std::function<void(int)> finish)>& start, int codeOnSignal);

} // namespace castdeck::cli
