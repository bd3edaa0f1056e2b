#include "ui/models/profile_words.h"

#include <QtCore/QCoreApplication>

namespace castdeck::ui {

Tone toneOf(Profile::Color color)
{
    switch (color) {
    case Profile::Color::Blue: return Tone::Accent;
    case Profile::Color::Green: return Tone::Success;
    case Profile::Color::Amber: return Tone::Warning;
    case Profile::Color::Violet: return Tone::Violet;
    case Profile::Color::Teal: return Tone::Teal;
    case Profile::Color::Red: return Tone::Danger;
    }
    return Tone::Accent;
}

QString wordOf(Profile::Color color)
{
    switch (color) {
    case Profile::Color::Blue: return QCoreApplication::translate("Profile", "Blue");
    case Profile::Color::Green: return QCoreApplication::translate("Profile", "Green");
    case Profile::Color::Amber: return QCoreApplication::translate("Profile", "Amber");
    case Profile::Color::Violet: return QCoreApplication::translate("Profile", "Violet");
    case Profile::Color::Teal: return QCoreApplication::translate("Profile", "Teal");
    case Profile::Color::Red: return QCoreApplication::translate("Profile", "Red");
    }
    return {};
}

QString addressOf(const Profile& profile)
{
    if (profile.kind == Profile::Kind::Embedded)
        return QCoreApplication::translate("Profile", "The server in this program");
    return QStringLiteral("%1://%2:%3%4").arg(profile.scheme, profile.host).arg(profile.port).arg(profile.path);
}

} // namespace castdeck::ui
