#pragma once

#include <functional>
#include <memory>

namespace castdeck::cli {

/// Runs Qt's event loop without a display. `start` is called inside it and gets the function that ends it with an exit
/// code. What it returns is kept until the loop has ended and destroyed while Qt is still there, which joins the
/// threads of Qt Network. SIGINT and SIGTERM end the loop with `codeOnSignal`.
int runEventLoop(const std::function<std::shared_ptr<void>(std::function<void(int)> finish)>& start, int codeOnSignal);

} // namespace castdeck::cli
