#include "ui/pages/auth_persona_box.h"

#include "ui/text/shown_text.h"

#include <QtCore/QSignalBlocker>

namespace castdeck::ui {

PersonaBox::PersonaBox(PersonaBook& book, const QString& name, const QString& accessibleName, QWidget* parent)
    : QComboBox{parent}
    , m_book{book}
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    fill();
    connect(&book, &PersonaBook::changed, this, &PersonaBox::fill);
}

void PersonaBox::fill()
{
    const QString chosen = currentData().toString();
    {
        const QSignalBlocker blocker{this};
        clear();
        for (const Persona& persona : m_book.personas()) {
            const QString role =
                persona.roles.empty() ? QString{} : tr(", %1", "role").arg(shownText(persona.roles.front(), 64));
            addItem(discOf(persona), nameOf(persona) + role, toQt(persona.id));
        }
        setCurrentIndex(std::max(0, findData(chosen)));
    }
    Q_EMIT currentIndexChanged(currentIndex());
}

Persona PersonaBox::persona() const
{
    if (const Persona* const persona = m_book.find(toStd(currentData().toString())))
        return *persona;
    Persona nobody;
    nobody.id = "anonymous";
    nobody.isAnonymous = true;
    return nobody;
}

bool PersonaBox::choose(const std::string& id)
{
    const int index = m_book.indexOf(id);
    if (index < 0)
        return false;
    setCurrentIndex(index);
    return true;
}

} // namespace castdeck::ui
