#pragma once

#include "core/engine/event.h"

#include <QtWidgets/QFrame>

#include <optional>

class QFormLayout;
class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class EmptyState;
class PayloadView;
class ValueText;

/// Everything about one row of the live log: every field, and the exact payload. Keeps its own copy of the row.
class Inspector : public QFrame {
    Q_OBJECT

public:
    explicit Inspector(QWidget* parent = nullptr);

    void setEvent(const std::optional<engine::Event>& event);

Q_SIGNALS:
    void closeRequested();

private:
    void changeEvent(QEvent* event) override;
    void buildContent();
    void showIcon();
    void addField(const QString& name, const QString& value);
    void clearFields();

    QStackedWidget* m_stack;
    QLabel* m_icon;
    ValueText* m_title;
    QLabel* m_subtitle;
    QFormLayout* m_fields;
    QFrame* m_line;
    PayloadView* m_payload;
    std::optional<engine::EventKind> m_kind; ///< Of the row that is shown.
};

} // namespace castdeck::ui
