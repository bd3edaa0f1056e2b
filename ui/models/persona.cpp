#include "ui/models/persona.h"

#include "core/base/json.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr std::size_t maxSeeded = 12;

Persona visitor()
{
    Persona persona;
    persona.id = "anonymous";
    persona.name = toStd(PersonaBook::tr("Anonymous"));
    persona.isAnonymous = true;
    return persona;
}

Persona named(const char* id, const char* name, const char* color)
{
    Persona persona;
    persona.id = id;
    persona.name = name;
    persona.userInfo = "{\"name\":" + json::toString(name) + "}";
    persona.color = color;
    return persona;
}

std::vector<Persona> seeded(const std::vector<auth::Actor>& actors)
{
    std::vector<Persona> personas;
    for (const auth::Actor& actor : actors) {
        if (personas.size() == maxSeeded || actor.id.empty())
            continue;
        Persona persona = named(actor.id.c_str(), actor.name.empty() ? actor.id.c_str() : actor.name.c_str(),
                                personaColors[personas.size() % personaColors.size()].id);
        persona.roles = actor.roles;
        personas.push_back(std::move(persona));
    }
    if (personas.empty())
        personas = {named("ana", "Ana", "blue"), named("ben", "Ben", "teal"), named("cleo", "Cleo", "violet")};
    personas.push_back(visitor());
    return personas;
}

} // namespace

Tone toneOf(const Persona& persona)
{
    const auto found = std::ranges::find(personaColors, persona.color, &PersonaColor::id);
    return persona.isAnonymous || found == personaColors.end() ? Tone::Faint : found->tone;
}

QString nameOf(const Persona& persona)
{
    return shownText(persona.name.empty() ? persona.id : persona.name, 64);
}

QIcon discOf(const Persona& persona)
{
    return icon(persona.isAnonymous ? QStringLiteral("user") : QStringLiteral("disc"), toneOf(persona));
}

PersonaBook::PersonaBook(Documents& documents, const std::vector<auth::Actor>& actors, QObject* parent)
    : QObject{parent}
    , m_documents{documents}
{
    for (const Documents::Document& document : documents.list(collection)) {
        if (auto persona = remote::personaFromJson(document.json); persona && persona->id == document.id)
            m_personas.push_back(std::move(*persona));
    }
    if (m_personas.empty())
        m_personas = seeded(actors);
}

const Persona* PersonaBook::find(const std::string& id) const
{
    const auto found = std::ranges::find(m_personas, id, &Persona::id);
    return found == m_personas.end() ? nullptr : &*found;
}

int PersonaBook::indexOf(const std::string& id) const
{
    const auto found = std::ranges::find(m_personas, id, &Persona::id);
    return found == m_personas.end() ? -1 : static_cast<int>(found - m_personas.begin());
}

bool PersonaBook::put(const Persona& persona, const std::string& replaced)
{
    const std::string& old = replaced.empty() ? persona.id : replaced;
    const int place = indexOf(old);
    const bool isTaken = persona.id != old && find(persona.id) != nullptr;
    if (persona.id.empty() || isTaken)
        return false;
    if (place < 0)
        m_personas.push_back(persona);
    else
        m_personas[static_cast<std::size_t>(place)] = persona;
    if (persona.id != old)
        m_documents.remove(collection, old);
    keep();
    return true;
}

void PersonaBook::remove(const std::string& id)
{
    if (std::erase_if(m_personas, [&](const Persona& persona) { return persona.id == id; }) == 0)
        return;
    m_documents.remove(collection, id);
    keep();
}

Persona PersonaBook::fresh() const
{
    Persona persona =
        named("", toStd(tr("New persona")).c_str(), personaColors[m_personas.size() % personaColors.size()].id);
    int number = 1;
    do
        persona.id = "user-" + std::to_string(number++);
    while (find(persona.id) != nullptr);
    return persona;
}

/// All of them: those that were only seeded as well.
void PersonaBook::keep()
{
    std::vector<std::string> ids;
    for (const Persona& persona : m_personas) {
        m_documents.put(collection, persona.id, remote::toJson(persona));
        ids.push_back(persona.id);
    }
    m_documents.reorder(collection, ids);
    Q_EMIT changed();
}

} // namespace castdeck::ui
