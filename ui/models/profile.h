#pragma once

#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <cstdint>
#include <string>

namespace castdeck::ui {

/// One server and one application on it, as somebody works with them. Holds no secret: that is in the vault, under the
/// profile's id.
struct Profile {
    enum class Kind {
        Embedded, ///< The server in this program, all its applications. There is one, with the id "local".
        Pusher,   ///< Another server that speaks the Pusher protocol.
    };
    /// What the strip under the toolbar and the selector show it by.
    enum class Color { Blue, Green, Amber, Violet, Teal, Red };

    static constexpr const char* localId = "local";

    std::string id;
    QString name;
    Kind kind = Kind::Pusher;
    Color color = Color::Blue;
    bool isProduction = false; ///< Starts locked; every send is confirmed.

    // Kind::Pusher only.
    QString scheme = QStringLiteral("https"); ///< "http" or "https"
    QString host;
    std::uint16_t port = 443;
    QString path; ///< Before /app and /apps, "" for none.
    QString appId;
    QString key;
    QString origin;                ///< Told to the server when connecting, as a page of that origin would; "" for none.
    std::string pinnedCertificate; ///< SHA-256, hexadecimal, of one that is accepted whatever is wrong with it.

    bool operator==(const Profile&) const = default;
};

} // namespace castdeck::ui

Q_DECLARE_METATYPE(castdeck::ui::Profile)
