#pragma once

#include "core/base/http.h"

#include <QtCore/QString>

namespace castdeck::ui {

/// Header lines as people type them.
struct HeaderLines {
    http::Headers headers;
    QString problem; ///< What is wrong with the first bad line; empty when all are good.
};

/// One `Name: value` in each line; empty lines are skipped.
HeaderLines parseHeaderLines(const QString& text);

} // namespace castdeck::ui
