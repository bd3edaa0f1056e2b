#include "ui/widgets/persona_menu.h"

#include "ui/models/persona.h"

#include <QtWidgets/QMenu>

#include <utility>

namespace castdeck::ui {

QMenu* makePersonaMenu(const PersonaBook& personas, QWidget* parent,
                       std::function<void(const std::string& personaId)> chosen)
{
    auto* menu = new QMenu{parent};
    QObject::connect(menu, &QMenu::aboutToShow, menu, [menu, &personas, chosen = std::move(chosen)] {
        menu->clear();
        for (const Persona& persona : personas.personas())
            menu->addAction(nameOf(persona).replace(u'&', QStringLiteral("&&")), menu,
                            [chosen, id = persona.id] { chosen(id); });
    });
    return menu;
}

} // namespace castdeck::ui
