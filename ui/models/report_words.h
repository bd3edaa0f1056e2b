#pragma once

#include "core/broadcast/report.h"

#include <QtCore/QString>

#include <cstddef>

/// The report of a send through a connection, said in sentences.
namespace castdeck::ui {

/// "Sent through eu-prod in 120 ms: 2 channels." or "Not sent through eu-prod. …"
QString reportSentence(const broadcast::Report& report);

/// What became of each channel, and what to do next when something failed; empty when the sentence says it all.
QString reportDetail(const broadcast::Report& report);

/// What to do about a failure of that kind; empty when the text of the failure says it.
QString adviceFor(broadcast::Code code);

std::size_t receiversOf(const broadcast::Report& report);

} // namespace castdeck::ui
