#pragma once

#include "core/engine/event.h"

#include <QtWidgets/QScrollArea>

#include <optional>

class QFormLayout;

namespace castdeck::ui {

/// Every field of one row of the log, each to be read in full and copied.
class DetailsView : public QScrollArea {
    Q_OBJECT

public:
    explicit DetailsView(QWidget* parent = nullptr);

    void setEvent(const std::optional<engine::Event>& event);

private:
    void addField(const QString& name, const QString& value, bool isCode = false);

    QFormLayout* m_fields;
};

} // namespace castdeck::ui
