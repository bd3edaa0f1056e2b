#pragma once

#include "ui/models/persona.h"

#include <QtWidgets/QComboBox>

#include <string>

namespace castdeck::ui {

/// Chooses one of the personas, and keeps the choice when they change.
class PersonaBox : public QComboBox {
    Q_OBJECT

public:
    PersonaBox(PersonaBook& book, const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    Persona persona() const; ///< Anonymous when there is none.
    /// False when there is no such persona; the choice stays.
    bool choose(const std::string& id);

private:
    void fill();

    PersonaBook& m_book;
};

} // namespace castdeck::ui
