#include "ui/widgets/toast.h"

#include "ui/theme/metrics.h"

#include <QtCore/QEvent>

#include <algorithm>
#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto shownFor = 10s;
constexpr int aboveEdge = 46; ///< Over the status bar.
constexpr int widest = 560;

} // namespace

Toast::Toast(QWidget* window) : QLabel{window}
{
    setObjectName(QStringLiteral("toast"));
    setTextFormat(Qt::PlainText);
    setProperty("area", QStringLiteral("toast"));
    setWordWrap(true);
    setContentsMargins(metrics::large, metrics::small, metrics::large, metrics::small);
    m_time.setSingleShot(true);
    connect(&m_time, &QTimer::timeout, this, &QWidget::hide);
    window->installEventFilter(this);
    hide();
}

void Toast::tell(const QString& sentence)
{
    setText(sentence);
    setAccessibleName(sentence);
    place();
    show();
    raise();
    m_time.start(shownFor);
}

void Toast::place()
{
    const int textWidth = fontMetrics().horizontalAdvance(text()) + 2 * metrics::large + 4;
    const int width = std::min({widest, textWidth, parentWidget()->width() - 2 * metrics::page});
    const int height = heightForWidth(width);
    setGeometry((parentWidget()->width() - width) / 2, parentWidget()->height() - aboveEdge - height, width, height);
}

bool Toast::eventFilter(QObject*, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return false;
}

void Toast::mousePressEvent(QMouseEvent*)
{
    hide();
}

} // namespace castdeck::ui
