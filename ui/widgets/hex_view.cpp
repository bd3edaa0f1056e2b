#include "ui/widgets/hex_view.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

namespace castdeck::ui {

namespace {

constexpr int offsetDigits = 6;
constexpr int gap = 2;

/// Columns of characters that a line of so many bytes takes.
int columnsFor(std::size_t bytes)
{
    return offsetDigits + gap + static_cast<int>(bytes) * 3 + gap - 1 + static_cast<int>(bytes);
}

QChar shownByte(char byte)
{
    return byte >= 0x20 && byte < 0x7F ? QLatin1Char{byte} : QChar{u'·'};
}

} // namespace

HexView::HexView(const QString& name, QWidget* parent) : QAbstractScrollArea{parent}
{
    setObjectName(name);
    setAccessibleName(tr("Payload as bytes"));
    setFont(codeFont());
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void HexView::setBytes(std::shared_ptr<const std::string> bytes)
{
    m_bytes = std::move(bytes);
    verticalScrollBar()->setValue(0);
    arrange();
    viewport()->update();
}

std::size_t HexView::lines() const
{
    return m_bytes ? (m_bytes->size() + m_perLine - 1) / m_perLine : 0;
}

QString HexView::lineAt(std::size_t line) const
{
    if (line >= lines())
        return {};
    const std::string_view bytes = std::string_view{*m_bytes}.substr(line * m_perLine, m_perLine);
    QString text = QStringLiteral("%1").arg(line * m_perLine, offsetDigits, 16, QLatin1Char{'0'});
    text += QString(gap, u' ');
    QString characters;
    for (const char byte : bytes) {
        text += QStringLiteral("%1 ").arg(static_cast<unsigned char>(byte), 2, 16, QLatin1Char{'0'});
        characters += shownByte(byte);
    }
    text += QString(static_cast<int>(m_perLine - bytes.size()) * 3 + gap - 1, u' ');
    return text + characters;
}

void HexView::arrange()
{
    const int width = fontMetrics().horizontalAdvance(u'0');
    const int room = (viewport()->width() - 2 * metrics::small) / std::max(1, width);
    m_perLine = 4;
    for (const std::size_t bytes : {8U, 16U, 32U}) {
        if (columnsFor(bytes) <= room)
            m_perLine = bytes;
    }
    const int seen = (viewport()->height() - 2 * metrics::small) / fontMetrics().lineSpacing();
    verticalScrollBar()->setPageStep(std::max(1, seen));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(lines()) - seen));
}

void HexView::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    QPainter painter{viewport()};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? colors.accent : colors.border);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(QRectF{viewport()->rect()}.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                            metrics::radius);
    painter.setFont(font());
    const int height = fontMetrics().lineSpacing();
    const int digit = fontMetrics().horizontalAdvance(u'0');
    const auto first = static_cast<std::size_t>(verticalScrollBar()->value());
    int y = metrics::small + fontMetrics().ascent();
    for (std::size_t line = first; line < lines() && y < viewport()->height(); ++line, y += height) {
        const QString text = lineAt(line);
        const int bytesEnd = offsetDigits + gap + static_cast<int>(m_perLine) * 3;
        painter.setPen(colors.faint);
        painter.drawText(metrics::small, y, text.left(offsetDigits));
        painter.setPen(colors.text);
        painter.drawText(metrics::small + (offsetDigits + gap) * digit, y,
                         text.mid(offsetDigits + gap, bytesEnd - offsetDigits - gap));
        painter.setPen(colors.muted);
        painter.drawText(metrics::small + (bytesEnd + gap - 1) * digit, y, text.mid(bytesEnd + gap - 1));
    }
}

void HexView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void HexView::keyPressEvent(QKeyEvent* event)
{
    QScrollBar* bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Home: bar->setValue(bar->minimum()); break;
    case Qt::Key_End: bar->setValue(bar->maximum()); break;
    case Qt::Key_Up: bar->triggerAction(QAbstractSlider::SliderSingleStepSub); break;
    case Qt::Key_Down: bar->triggerAction(QAbstractSlider::SliderSingleStepAdd); break;
    case Qt::Key_PageUp: bar->triggerAction(QAbstractSlider::SliderPageStepSub); break;
    case Qt::Key_PageDown: bar->triggerAction(QAbstractSlider::SliderPageStepAdd); break;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace castdeck::ui
