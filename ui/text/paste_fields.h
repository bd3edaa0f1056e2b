#pragma once

#include "ui/text/paste_findings.h"
#include "ui/text/paste_reader.h"

namespace castdeck::ui::paste {

/// Checks what was found and makes the fields of it; what cannot be used is noted. Scheme and port are guessed, as the
/// libraries do, where a host is there.
void fillFields(const Findings& found, Pasted& pasted);

} // namespace castdeck::ui::paste
