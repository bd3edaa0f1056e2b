#pragma once

#include "ui/text/draft.h"

#include <optional>
#include <string>

/// A draft as it is kept while the program does not run.
namespace castdeck::ui {

struct KeptDraft {
    Draft draft;
    int cursor = 0; ///< In the payload, in UTF-16 units.
};

/// The socket to leave out is not kept: it is gone by then.
std::string draftToJson(const KeptDraft& kept);
/// Nothing when it is not one.
std::optional<KeptDraft> draftFromJson(const std::string& json);

} // namespace castdeck::ui
