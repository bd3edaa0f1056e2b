#pragma once

#include <QtCore/Qt>

namespace castdeck::ui {

/// What a model tells the one delegate of all tables besides Qt::DisplayRole.
enum Role {
    ToneRole = Qt::UserRole + 1, ///< ui::Tone as int: colour of text and icon.
    IconRole,                    ///< Name of an icon left of the text.
    BadgeRole,                   ///< True: the text stands in a soft pill of its tone.
    CodeRole,                    ///< True: code font.
    StrongRole,                  ///< True: medium weight.
    FirstModelRole,              ///< A model's own roles begin here.
};

} // namespace castdeck::ui
