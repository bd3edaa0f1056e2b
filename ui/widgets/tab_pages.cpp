#include "ui/widgets/tab_pages.h"

#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

namespace castdeck::ui {

QTabWidget* makeTabs(const QString& name, const QString& accessibleName)
{
    auto* tabs = new QTabWidget;
    tabs->setObjectName(name);
    tabs->setDocumentMode(true);
    tabs->setFocusProxy(nullptr); // Its bar takes the focus; led through both, Tab would go round.
    tabs->setFocusPolicy(Qt::NoFocus);
    tabs->setAccessibleName(accessibleName);
    tabs->tabBar()->setObjectName(name + QStringLiteral(".bar"));
    tabs->tabBar()->setAccessibleName(accessibleName);
    tabs->tabBar()->setDrawBase(false);
    tabs->tabBar()->setExpanding(false);
    tabs->tabBar()->setElideMode(Qt::ElideNone);
    return tabs;
}

} // namespace castdeck::ui
