#pragma once

#include "core/broadcast/report.h"

#include <string>

namespace castdeck::cli {

/// One line for each connection and channel: `news: sent, 3 receivers`.
void printReport(const broadcast::Report& report);

/// One line of JSON. `connection` is the name for scripts, empty for a server that was given on the command line.
void printReportAsJson(const broadcast::Report& report, const std::string& connection);

/// Whether a server was tried in vain.
bool hasNetworkFailure(const broadcast::Report& report);

} // namespace castdeck::cli
