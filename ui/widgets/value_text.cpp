#include "ui/widgets/value_text.h"

#include <QtGui/QTextLayout>

#include <cmath>

namespace castdeck::ui {

ValueText::ValueText(const QFont& font, QWidget* parent) : QPlainTextEdit{parent}
{
    setProperty("look", QStringLiteral("value"));
    setFont(font);
    setReadOnly(true);
    setFrameShape(NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::ClickFocus);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    fitHeight();
}

void ValueText::setText(const QString& text)
{
    if (text == toPlainText())
        return; // A refresh must not take away what somebody selects.
    setPlainText(text);
    setAccessibleName(text);
    fitHeight();
}

void ValueText::fitHeight()
{
    QTextLayout layout{toPlainText(), font()};
    layout.setTextOption(document()->defaultTextOption());
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(viewport()->width());
        height += line.height();
    }
    layout.endLayout();
    setFixedHeight(static_cast<int>(std::ceil(std::max<qreal>(height, fontMetrics().height()))));
}

void ValueText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

QSize ValueText::sizeHint() const
{
    return {120, minimumHeight()};
}

QSize ValueText::minimumSizeHint() const
{
    return {40, minimumHeight()};
}

} // namespace castdeck::ui
