#pragma once

#include "ui/text/paste_findings.h"
#include "ui/text/paste_variables.h"

namespace castdeck::ui::paste {

/// What the best of all brackets says, with what stands within it and around it: of an object that holds credentials,
/// or of a call to a client or server library.
Findings readBlocks(const Scan& scan, Variables& variables);

} // namespace castdeck::ui::paste
