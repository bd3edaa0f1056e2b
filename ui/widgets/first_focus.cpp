#include "ui/widgets/first_focus.h"

#include <QtCore/QEvent>
#include <QtCore/QObject>
#include <QtGui/QFocusEvent>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <vector>

namespace castdeck::ui {

namespace {

class FirstFocus : public QObject {
public:
    FirstFocus(QWidget& area, std::vector<QWidget*> candidates) : QObject{&area}, m_candidates{std::move(candidates)}
    {
        setObjectName(QStringLiteral("firstFocus"));
        area.installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::FocusIn)
            return false;
        const auto* area = static_cast<QWidget*>(watched);
        const auto first = std::ranges::find_if(m_candidates, [area](const QWidget* candidate) {
            return candidate->isVisibleTo(area) && candidate->isEnabled();
        });
        if (first != m_candidates.end())
            (*first)->setFocus(static_cast<QFocusEvent*>(event)->reason());
        return false;
    }

private:
    const std::vector<QWidget*> m_candidates;
};

} // namespace

void setFirstFocus(QWidget& area, std::initializer_list<QWidget*> candidates)
{
    delete area.findChild<QObject*>(QStringLiteral("firstFocus"), Qt::FindDirectChildrenOnly);
    new FirstFocus{area, candidates};
}

} // namespace castdeck::ui
