#pragma once

#include "core/base/result.h"
#include "core/broadcast/event_class.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

/// Tells everybody that a version is out.
class NewRelease : public EventOf<NewRelease> {
public:
    explicit NewRelease(std::string version) : m_version{std::move(version)} {}

    Channels broadcastOn() const override { return Channel("releases"); }
    Payload broadcastWith() const override;

private:
    std::string m_version;
};

/// Tells the administrators, and nobody else, that something needs their eyes.
class AdminUserAlert : public EventOf<AdminUserAlert> {
public:
    static constexpr std::string_view defaultLevel = "error";

    explicit AdminUserAlert(std::string message, std::string level = std::string{defaultLevel})
        : m_message{std::move(message)}
        , m_level{std::move(level)}
    {
    }

    Channels broadcastOn() const override { return PrivateChannel("admins"); }
    Payload broadcastWith() const override;

private:
    std::string m_message;
    std::string m_level;
};

/// What an event class has to be told.
struct EventField {
    std::string name;
    std::optional<std::string> defaultText; ///< Nothing: the field must be given.
    std::string meaning;                    ///< For people, without a full stop.
};

/// An event class that can be asked for by name: on a command line, in a form.
struct ShippedEvent {
    std::string name;
    std::string meaning;  ///< For people, without a full stop.
    std::string channels; ///< Wire names, joined by ", ".
    std::vector<EventField> fields;
};

/// The event classes that come with the program, by name.
class EventCatalog {
public:
    using Values = std::vector<std::pair<std::string, std::string>>; ///< Field, value.

    static const std::vector<ShippedEvent>& all();
    static const ShippedEvent* find(std::string_view name); ///< Null when there is none.

    /// The event as its class describes it; the caller adds the options of the call. Fails with NotFound for the name,
    /// with InvalidInput for a field that is unknown, missing or given twice; the detail lists what exists.
    static Result<Emission> make(std::string_view name, const Values& values);
};

} // namespace castdeck::broadcast
