#include "ui/theme/colors.h"

#include <algorithm>
#include <cmath>

namespace castdeck::ui {

namespace {

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto channel = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return QColor{channel(over.red(), under.red()), channel(over.green(), under.green()),
                  channel(over.blue(), under.blue())};
}

double linear(int channel)
{
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.red()) + 0.7152 * linear(color.green()) + 0.0722 * linear(color.blue());
}

} // namespace

QColor Colors::tone(Tone wanted) const
{
    switch (wanted) {
    case Tone::Text: return text;
    case Tone::Muted: return muted;
    case Tone::Faint: return faint;
    case Tone::Accent: return accent;
    case Tone::Success: return success;
    case Tone::Warning: return warning;
    case Tone::Danger: return danger;
    case Tone::Info: return info;
    case Tone::Violet: return violet;
    case Tone::Teal: return teal;
    case Tone::OnAccent: return onAccent;
    }
    return text;
}

QColor Colors::soft(Tone wanted) const
{
    return mixed(tone(wanted), surface, isDark ? 0.14 : 0.08);
}

const Colors& lightColors()
{
    static const Colors colors{
        .isDark = false,
        .window = QColor{0xF5, 0xF6, 0xF8},
        .surface = QColor{0xFF, 0xFF, 0xFF},
        .raised = QColor{0xFA, 0xFB, 0xFC},
        .border = QColor{0xE4, 0xE7, 0xEC},
        .borderStrong = QColor{0xCD, 0xD2, 0xDB},
        .hover = QColor{0xF1, 0xF3, 0xF6},
        .selection = QColor{0xE9, 0xEE, 0xFD},
        .text = QColor{0x1B, 0x1F, 0x27},
        .muted = QColor{0x4F, 0x57, 0x66},
        .faint = QColor{0x64, 0x6C, 0x7A},
        .accent = QColor{0x2F, 0x55, 0xD4},
        .accentFill = QColor{0x35, 0x5C, 0xDE},
        .accentHover = QColor{0x2B, 0x4E, 0xC6},
        .onAccent = QColor{0xFF, 0xFF, 0xFF},
        .dangerFill = QColor{0xC2, 0x25, 0x33},
        .success = QColor{0x13, 0x73, 0x43},
        .warning = QColor{0x8A, 0x58, 0x00},
        .danger = QColor{0xC2, 0x25, 0x33},
        .info = QColor{0x0B, 0x68, 0xA8},
        .violet = QColor{0x6D, 0x3F, 0xC4},
        .teal = QColor{0x08, 0x6B, 0x72},
    };
    return colors;
}

const Colors& darkColors()
{
    static const Colors colors{
        .isDark = true,
        .window = QColor{0x12, 0x14, 0x18},
        .surface = QColor{0x18, 0x1B, 0x20},
        .raised = QColor{0x1E, 0x22, 0x28},
        .border = QColor{0x2A, 0x2F, 0x38},
        .borderStrong = QColor{0x3C, 0x43, 0x50},
        .hover = QColor{0x21, 0x25, 0x2C},
        .selection = QColor{0x23, 0x2D, 0x4B},
        .text = QColor{0xE7, 0xE9, 0xEE},
        .muted = QColor{0xAE, 0xB5, 0xC2},
        .faint = QColor{0x94, 0x9C, 0xAB},
        .accent = QColor{0x92, 0xAA, 0xFF},
        .accentFill = QColor{0x42, 0x66, 0xE0},
        .accentHover = QColor{0x3A, 0x5C, 0xD4},
        .onAccent = QColor{0xFF, 0xFF, 0xFF},
        .dangerFill = QColor{0xC2, 0x25, 0x33},
        .success = QColor{0x5F, 0xCB, 0x90},
        .warning = QColor{0xE5, 0xB4, 0x50},
        .danger = QColor{0xFF, 0x8A, 0x8A},
        .info = QColor{0x6F, 0xBD, 0xF5},
        .violet = QColor{0xBC, 0xA2, 0xFF},
        .teal = QColor{0x53, 0xCB, 0xC6},
    };
    return colors;
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)}); // By value: both are temporaries.
    return (high + 0.05) / (low + 0.05);
}

} // namespace castdeck::ui
