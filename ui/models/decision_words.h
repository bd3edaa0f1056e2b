#pragma once

#include "core/engine/authorization.h"
#include "ui/theme/colors.h"

#include <QtCore/QString>

/// How decisions about channels are said and coloured, for the log of decisions and the try-out.
namespace castdeck::ui {

struct VerdictLook {
    QString word; ///< "allowed"
    QString icon;
    Tone tone;
};

VerdictLook lookOf(const engine::Decision& decision);

/// Who decided: "rule 2", "policy open", "no rule needed". What no rule decided is marked by its tone.
QString deciderOf(const engine::Decision& decision);
Tone deciderTone(const engine::Decision& decision);

/// "Ada (1)", "anonymous".
QString actorWords(const engine::Decision& decision);
/// The same, and how it was found: "Ada (1), by token".
QString actorAndSourceWords(const engine::Decision& decision);

} // namespace castdeck::ui
