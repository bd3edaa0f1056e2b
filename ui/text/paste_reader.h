#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::ui {

/// One part of a profile.
enum class PasteField : std::uint8_t { Scheme, Host, Port, Path, AppId, Key, Secret };
inline constexpr std::size_t pasteFieldCount = static_cast<std::size_t>(PasteField::Secret) + 1;

struct PastedValue {
    QString text;   ///< Checked: a host is a host, a port a number, a scheme "http" or "https".
    QString source; ///< Where it stood: "REVERB_HOST", "wsHost in new Echo(…)", "the address".
};

/// What a text says of a server that speaks the Pusher protocol. Plain value. Holds the secret when the text does.
struct Pasted {
    std::array<std::optional<PastedValue>, pasteFieldCount> fields;
    QString summary;   ///< One sentence: what was found, or that nothing was and what helps.
    QStringList notes; ///< What could not be used, one sentence each. Without secrets.

    const std::optional<PastedValue>& operator[](PasteField field) const
    {
        return fields[static_cast<std::size_t>(field)];
    }
    bool isEmpty() const;
};

/// Finds the settings of a profile in whatever somebody copied: an environment file, JSON, an address, a curl line, the
/// constructor call of a client or server library. Scheme and port are guessed where the rest is there.
///
/// Takes milliseconds, whatever the text is.
Pasted readPasted(std::string_view text);

/// "host", as in a sentence.
QString nameOf(PasteField field);

} // namespace castdeck::ui
