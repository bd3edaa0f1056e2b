#include "ui/frame/panes.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

#include <algorithm>

namespace castdeck::ui {

void focusNextPane(const std::vector<QWidget*>& panes, bool isForward)
{
    const QWidget* focus = QApplication::focusWidget();
    const auto it = std::ranges::find_if(panes, [focus](const QWidget* pane) { return pane->isAncestorOf(focus); });
    const std::size_t count = panes.size();
    const std::size_t at = it == panes.end() ? 0 : static_cast<std::size_t>(it - panes.begin());
    const QWidget* next = panes[(at + (isForward ? 1 : count - 1)) % count];
    for (QWidget* widget : next->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0) {
            widget->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace castdeck::ui
