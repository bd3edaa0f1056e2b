#pragma once

#include "ui/models/log_filter.h"

#include <QtWidgets/QLineEdit>

namespace castdeck::ui {

/// The line a filter is typed into. A mistake is underlined where it is.
class FilterLine : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterLine(QWidget* parent = nullptr);

    void setMistake(const std::optional<LogFilter::Mistake>& mistake);
};

/// `key:value` as the filter line reads it, with quotes where they are needed. Nothing for an empty value.
QString filterTerm(const QString& key, const QString& value);

} // namespace castdeck::ui
