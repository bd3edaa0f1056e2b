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
    IndentRole,                  ///< How many levels deep the row stands, in a first column that is a tree.
    ExpanderRole,                ///< True or false: a row with others below it, open or closed. Else invalid.
    FirstModelRole,              ///< A model's own roles begin here.
};

} // namespace castdeck::ui
