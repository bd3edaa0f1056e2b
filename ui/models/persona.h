#pragma once

#include "core/auth/authorization_config.h"
#include "core/remote/persona.h"
#include "ui/bridge/documents.h"
#include "ui/theme/colors.h"

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtGui/QIcon>

#include <array>
#include <optional>
#include <vector>

namespace castdeck::ui {

using remote::Persona;

/// A colour that a persona can have.
struct PersonaColor {
    const char* id; ///< "teal"
    Tone tone;
};

inline constexpr std::array personaColors{PersonaColor{"blue", Tone::Accent},   PersonaColor{"teal", Tone::Teal},
                                          PersonaColor{"violet", Tone::Violet}, PersonaColor{"amber", Tone::Warning},
                                          PersonaColor{"green", Tone::Success}, PersonaColor{"red", Tone::Danger}};

Tone toneOf(const Persona& persona);
/// "Ana", or the id of somebody without a name. Safe to show.
QString nameOf(const Persona& persona);
/// A disc in the persona's colour, for lists.
QIcon discOf(const Persona& persona);

/// The personas of a profile. Until somebody changes one they are the actors of the configuration, or else Ana, Ben and
/// Cleo, and a visitor who is not signed in.
///
/// Thread: GUI. Ownership: the documents outlive it.
class PersonaBook : public QObject {
    Q_OBJECT

public:
    static constexpr const char* collection = "personas";

    PersonaBook(Documents& documents, const std::vector<auth::Actor>& actors, QObject* parent = nullptr);

    const std::vector<Persona>& personas() const noexcept { return m_personas; }
    const Persona* find(const std::string& id) const; ///< Null when there is none.
    int indexOf(const std::string& id) const;         ///< -1 when there is none.

    /// Takes the place of the one with the id `replaced`, or is added. False when another one has its id, or it has
    /// none.
    bool put(const Persona& persona, const std::string& replaced = {});
    void remove(const std::string& id);
    /// One that nobody has yet: "New persona", with a free id.
    Persona fresh() const;

Q_SIGNALS:
    void changed();

private:
    void keep();

    Documents& m_documents;
    std::vector<Persona> m_personas;
};

} // namespace castdeck::ui
