#pragma once

#include <functional>
#include <string>

class QMenu;
class QWidget;

namespace castdeck::ui {

class PersonaBook;

/// A menu of the personas, filled anew whenever it opens. The personas outlive it; `parent` owns it.
QMenu* makePersonaMenu(const PersonaBook& personas, QWidget* parent,
                       std::function<void(const std::string& personaId)> chosen);

} // namespace castdeck::ui
