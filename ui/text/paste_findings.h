#pragma once

#include "ui/text/paste_names.h"

#include <QtCore/QString>

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace castdeck::ui::paste {

/// Raw values by what they mean, each with its source; the first that is put in stays.
struct Findings {
    struct Entry {
        std::string text;
        QString source; ///< For people: "REVERB_HOST".
    };
    std::array<std::optional<Entry>, meaningCount> entries;

    std::optional<Entry>& operator[](Meaning meaning) { return entries[static_cast<std::size_t>(meaning)]; }
    const std::optional<Entry>& operator[](Meaning meaning) const { return entries[static_cast<std::size_t>(meaning)]; }

    void put(Meaning meaning, const std::string& text, const QString& source);
    void fillFrom(const Findings& other);
    int credentials() const; ///< How many of id, key and secret are there.
    int count() const;
};

/// What an address says. One that has nothing to do with the protocol says nothing unless it stands alone.
Findings readAddress(const std::string& text, bool standsAlone);

/// A text of the context "Paste".
QString translated(const char* text);

} // namespace castdeck::ui::paste
