#pragma once

#include <QtCore/QString>

class QTabWidget;

namespace castdeck::ui {

/// The tabs of a detail: a plain row of words over one page at a time.
QTabWidget* makeTabs(const QString& name, const QString& accessibleName);

} // namespace castdeck::ui
