#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QtCore/QFile>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

namespace castdeck::ui {

namespace {

class ToneIconEngine : public QIconEngine {
public:
    ToneIconEngine(QString name, Tone tone) : m_name{std::move(name)}, m_tone{tone} {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        // A wide rectangle leaves the rest of its width as the distance to the text.
        const int size = std::min(rect.width(), rect.height());
        painter->drawPixmap(QRect{rect.topLeft(), QSize{size, size}},
                            iconPixmap(m_name, color(mode), size, painter->device()->devicePixelRatioF()));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        QPixmap result{size};
        result.setDevicePixelRatio(scale);
        result.fill(Qt::transparent);
        QPainter painter{&result};
        paint(&painter, QRect{QPoint{}, size / scale}, mode, state);
        return result;
    }

    QIconEngine* clone() const override { return new ToneIconEngine{*this}; }

private:
    QColor color(QIcon::Mode mode) const
    {
        // A disabled button has lost its colour, on which an icon was light.
        const bool isOnFill = m_tone == Tone::OnAccent && mode == QIcon::Disabled;
        QColor result = Theme::colors().tone(isOnFill ? Tone::Faint : m_tone);
        if (mode == QIcon::Disabled)
            result.setAlphaF(0.45F);
        return result;
    }

    QString m_name;
    Tone m_tone;
};

} // namespace

QIcon icon(const QString& name, Tone tone)
{
    return QIcon{new ToneIconEngine{name, tone}};
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio)
{
    const QString key = QStringLiteral("%1/%2/%3/%4").arg(name, color.name(QColor::HexArgb)).arg(size).arg(pixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file{QStringLiteral(":/icons/%1.svg").arg(name)};
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QSvgRenderer renderer{file.readAll().replace("currentColor", color.name().toLatin1())};
    pixmap = QPixmap{QSize{size, size} * pixelRatio};
    pixmap.fill(Qt::transparent);
    QPainter painter{&pixmap};
    painter.setOpacity(color.alphaF());
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(pixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace castdeck::ui
