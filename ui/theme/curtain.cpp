#include "ui/theme/curtain.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QGraphicsEffect>
#include <QtWidgets/QWidget>

namespace castdeck::ui {

namespace {

/// Paints in place of the widget and all that is in it.
class Cloth : public QGraphicsEffect {
public:
    explicit Cloth(QWidget* widget) : QGraphicsEffect{widget}
    {
        widget->installEventFilter(this);
        setEnabled(Curtain::instance().isDrawn());
        connect(&Curtain::instance(), &Curtain::changed, this, &QGraphicsEffect::setEnabled);
    }

protected:
    void draw(QPainter* painter) override
    {
        const Colors& colors = Theme::colors();
        const QRectF area = sourceBoundingRect();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.hover);
        painter->drawRoundedRect(area, metrics::radius, metrics::radius);
        painter->setPen(colors.muted);
        painter->setFont(bodyFont(metrics::smallText));
        painter->drawText(area, Qt::AlignCenter, QCoreApplication::translate("Curtain", "hidden"));
    }

    bool eventFilter(QObject*, QEvent* event) override
    {
        return event->type() == QEvent::ToolTip && Curtain::instance().isDrawn();
    }
};

} // namespace

Curtain& Curtain::instance()
{
    static Curtain curtain;
    return curtain;
}

void Curtain::setDrawn(bool isDrawn)
{
    if (m_isDrawn == isDrawn)
        return;
    m_isDrawn = isDrawn;
    Q_EMIT changed(isDrawn);
    for (QWidget* window : QApplication::topLevelWidgets())
        window->update(); // Lists ask again for what they show.
}

void hideBehindCurtain(QWidget* widget)
{
    widget->setGraphicsEffect(new Cloth{widget});
}

QString behindCurtain(const QString& text)
{
    return Curtain::instance().isDrawn() && !text.isEmpty() ? QStringLiteral("••••••") : text;
}

} // namespace castdeck::ui
