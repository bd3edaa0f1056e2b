#pragma once

#include <QtGui/QColor>

namespace castdeck::ui {

/// What a piece of text or an icon says by its colour. Words or shapes always say it too.
enum class Tone { Text, Muted, Faint, Accent, Success, Warning, Danger, Info, Violet, Teal, OnAccent };

/// Every colour of the window. Text tones keep a contrast of 4.5:1 on window, surface, raised and selection.
struct Colors {
    bool isDark;

    QColor window;  ///< Behind everything: navigation and status bar.
    QColor surface; ///< Pages, tables, fields.
    QColor raised;  ///< Cards, table heads, code.
    QColor border;
    QColor borderStrong; ///< Around what can be typed into or pressed.
    QColor hover;
    QColor selection;

    QColor text;
    QColor muted;
    QColor faint;

    QColor accent;      ///< As text or line.
    QColor accentFill;  ///< Behind onAccent.
    QColor accentHover; ///< accentFill under the pointer.
    QColor onAccent;
    QColor dangerFill; ///< Behind onAccent.

    QColor success;
    QColor warning;
    QColor danger;
    QColor info;
    QColor violet;
    QColor teal;

    QColor tone(Tone tone) const;
    QColor soft(Tone tone) const; ///< The background of a badge whose text has that tone.
};

const Colors& lightColors();
const Colors& darkColors();

/// WCAG 2 contrast ratio, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace castdeck::ui
