#pragma once

#include <QtCore/QString>

#include <array>
#include <optional>

namespace castdeck::ui {

/// Three ways to lay the window out, by what somebody does most.
enum class Arrangement {
    Operator,  ///< Sends prepared messages: opens on Send, the log as a strip below.
    Developer, ///< Watches what happens: opens on the live log.
    Presenter, ///< Shows it to others: large type.
};

inline constexpr std::array arrangements{Arrangement::Operator, Arrangement::Developer, Arrangement::Presenter};

QString wordOf(Arrangement arrangement);
QString meaningOf(Arrangement arrangement); ///< One sentence.
/// As it is kept in the settings.
QString keyOf(Arrangement arrangement);
std::optional<Arrangement> arrangementOf(const QString& key);

} // namespace castdeck::ui
