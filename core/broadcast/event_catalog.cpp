#include "core/broadcast/event_catalog.h"

#include <algorithm>

namespace castdeck::broadcast {

namespace {

using Texts = std::vector<std::string>; ///< The value of every field, in the order of the class.

/// An entry of the catalog, and how to make its event.
struct Recipe {
    ShippedEvent event;
    Emission (*make)(const Texts& texts);
};

Emission emissionFrom(const Event& event)
{
    return emissionOf(event, event.broadcastOn(), {});
}

std::string channelsOf(const Event& event)
{
    std::string text;
    const Channels channels = event.broadcastOn();
    for (const Channel& channel : channels.list())
        text += (text.empty() ? "" : ", ") + channel.name();
    return text;
}

const std::vector<Recipe>& recipes()
{
    static const std::vector<Recipe> all{
        {{"NewRelease",
          "Tells everybody that a version is out",
          channelsOf(NewRelease{""}),
          {{"version", std::nullopt, "the version, such as 4.0.0"}}},
         [](const Texts& texts) { return emissionFrom(NewRelease{texts[0]}); }},
        {{"AdminUserAlert",
          "Tells the administrators that something needs their eyes",
          channelsOf(AdminUserAlert{""}),
          {{"message", std::nullopt, "what they read"},
           {"level", std::string{AdminUserAlert::defaultLevel}, "how urgent it is, such as error, warning or info"}}},
         [](const Texts& texts) { return emissionFrom(AdminUserAlert{texts[0], texts[1]}); }},
    };
    return all;
}

std::string inQuotes(std::string_view text)
{
    return "\"" + std::string{text} + "\"";
}

std::string namesOf(const std::vector<ShippedEvent>& events)
{
    std::string text;
    for (const ShippedEvent& event : events)
        text += (text.empty() ? "" : ", ") + event.name;
    return text;
}

/// `message, level (default: error)`
std::string fieldsOf(const ShippedEvent& event)
{
    std::string text;
    for (const EventField& field : event.fields)
        text += (text.empty() ? "" : ", ") + field.name +
                (field.defaultText ? " (default: " + *field.defaultText + ")" : "");
    return text;
}

Error wrong(const ShippedEvent& event, const std::string& what)
{
    return {ErrorKind::InvalidInput,
            "event class " + inQuotes(event.name) + " " + what + "; its fields: " + fieldsOf(event)};
}

Result<Texts> textsFor(const ShippedEvent& event, const EventCatalog::Values& values)
{
    std::vector<std::optional<std::string>> given(event.fields.size());
    for (const auto& [name, value] : values) {
        const auto field = std::ranges::find(event.fields, name, &EventField::name);
        if (field == event.fields.end())
            return wrong(event, "has no field " + inQuotes(name));
        auto& text = given[static_cast<std::size_t>(field - event.fields.begin())];
        if (text)
            return wrong(event, "got the field " + inQuotes(name) + " twice");
        text = value;
    }
    Texts texts;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const EventField& field = event.fields[i];
        if (!given[i] && !field.defaultText)
            return wrong(event, "needs the field " + inQuotes(field.name));
        texts.push_back(given[i] ? *given[i] : *field.defaultText);
    }
    return texts;
}

} // namespace

Payload NewRelease::broadcastWith() const
{
    return Json{{"message", "Version " + m_version + " has been released !"}};
}

Payload AdminUserAlert::broadcastWith() const
{
    return Json{{"message", m_message}, {"level", m_level}};
}

const std::vector<ShippedEvent>& EventCatalog::all()
{
    static const std::vector<ShippedEvent> events = [] {
        std::vector<ShippedEvent> list;
        for (const Recipe& recipe : recipes())
            list.push_back(recipe.event);
        return list;
    }();
    return events;
}

const ShippedEvent* EventCatalog::find(std::string_view name)
{
    const auto event = std::ranges::find(all(), name, &ShippedEvent::name);
    return event == all().end() ? nullptr : &*event;
}

Result<Emission> EventCatalog::make(std::string_view name, const Values& values)
{
    const auto hasName = [name](const Recipe& recipe) { return recipe.event.name == name; };
    const auto recipe = std::ranges::find_if(recipes(), hasName);
    if (recipe == recipes().end())
        return Error{ErrorKind::NotFound,
                     "there is no event class " + inQuotes(name) + "; there are: " + namesOf(all())};
    const auto texts = textsFor(recipe->event, values);
    if (!texts)
        return texts.error();
    return recipe->make(*texts);
}

} // namespace castdeck::broadcast
