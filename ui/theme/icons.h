#pragma once

#include "ui/theme/colors.h"

#include <QtGui/QIcon>

namespace castdeck::ui {

/// An icon of the program's own set (resources/icons) that follows the theme: drawn in the tone's colour of the moment.
QIcon icon(const QString& name, Tone tone = Tone::Muted);

/// The same as a picture, for delegates and custom painting.
QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio);

} // namespace castdeck::ui
