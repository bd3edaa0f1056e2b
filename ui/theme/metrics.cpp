#include "ui/theme/metrics.h"

#include <QtCore/QStringList>
#include <QtGui/QFontDatabase>

namespace castdeck::ui {

namespace {

int zoomPercent = 100;

QString firstInstalled(const QStringList& wanted, QFontDatabase::SystemFont fallback)
{
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : wanted) {
        if (installed.contains(family))
            return family;
    }
    return QFontDatabase::systemFont(fallback).family();
}

} // namespace

int zoomed(int pixels)
{
    return (pixels * zoomPercent + 50) / 100;
}

void setZoomPercent(int percent)
{
    zoomPercent = percent;
}

QFont bodyFont(int pixelSize, QFont::Weight weight)
{
    static const QString family =
        firstInstalled({QStringLiteral("Inter"), QStringLiteral("Segoe UI"), QStringLiteral("Cantarell"),
                        QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")},
                       QFontDatabase::GeneralFont);
    QFont font{family};
    font.setPixelSize(zoomed(pixelSize));
    font.setWeight(weight);
    return font;
}

QFont codeFont(int pixelSize)
{
    static const QString family = firstInstalled(
        {QStringLiteral("JetBrains Mono"), QStringLiteral("Cascadia Mono"), QStringLiteral("DejaVu Sans Mono")},
        QFontDatabase::FixedFont);
    QFont font{family};
    font.setPixelSize(zoomed(pixelSize));
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace castdeck::ui
