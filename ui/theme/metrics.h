#pragma once

#include <QtGui/QFont>

/// Distances and type sizes of the window, in device-independent pixels.
namespace castdeck::ui::metrics {

inline constexpr int tiny = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int page = 20; ///< Around the content of a page.

inline constexpr int control = 32; ///< Height of buttons and fields.
inline constexpr int row = 28;     ///< Height of a table row.
inline constexpr int radius = 6;
inline constexpr int icon = 16;

inline constexpr int smallText = 12;
inline constexpr int bodyText = 13;
inline constexpr int headText = 15;
inline constexpr int titleText = 20;

} // namespace castdeck::ui::metrics

namespace castdeck::ui {

/// A length or type size at the zoom in force.
int zoomed(int pixels);
/// What zoomed() multiplies with. Theme sets it.
void setZoomPercent(int percent);

/// The sizes of these fonts are multiplied with the zoom. The first of a few good interface families that is installed.
QFont bodyFont(int pixelSize = metrics::bodyText, QFont::Weight weight = QFont::Normal);
/// For payloads, names and identifiers.
QFont codeFont(int pixelSize = metrics::smallText);

} // namespace castdeck::ui
