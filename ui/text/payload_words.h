#pragma once

#include "ui/text/json_notes.h"

#include <QtCore/QString>

namespace castdeck::ui {

/// One line for each kind of finding; empty when there is none.
QString wordsFor(const JsonNotes& notes);

} // namespace castdeck::ui
