#pragma once

#include "ui/theme/colors.h"

#include <QtCore/QString>

class QFrame;
class QLabel;
class QPushButton;
class QToolButton;
class QWidget;

/// The few kinds of controls the window is made of. Each has an object name (or ""), and an accessible name when it
/// takes focus; the style sheet gives them their look.
namespace castdeck::ui {

enum class ButtonKind { Plain, Primary, Flat, Small };

QPushButton* makeButton(const QString& name, const QString& text, const QString& iconName = {},
                        ButtonKind kind = ButtonKind::Plain);
QToolButton* makeIconButton(const QString& name, const QString& iconName, const QString& tooltip);

enum class TextKind { Plain, Title, Head, Label, Hint, Muted, Error, Figure };

/// Always plain text, whatever the text holds.
QLabel* makeLabel(const QString& text = {}, TextKind kind = TextKind::Plain);

/// Areas of the style sheet: "page", "side", "panel", "card", "well", "status", "line".
QFrame* makeArea(const char* area, QWidget* parent = nullptr);

/// Sets a property the style sheet asks for and applies it.
void setStyleProperty(QWidget* widget, const char* property, const QString& value);

/// What is wrong, else the hint; hidden when there is neither.
void showHint(QLabel* label, const QString& problem, const QString& hint);

/// Puts text on the clipboard and lets the button say so for a moment.
void copyWithNotice(QPushButton* button, const QString& text);

} // namespace castdeck::ui
