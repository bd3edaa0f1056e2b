#pragma once

#include "core/engine/event.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class DataTable;
class DifferencesModel;
class EmptyState;

/// Two rows of the log side by side: where their payloads differ by structure.
class CompareView : public QWidget {
    Q_OBJECT

public:
    explicit CompareView(QWidget* parent = nullptr);

    /// Works out the differences when somebody sees the view.
    void setSides(const std::optional<engine::Event>& a, const std::optional<engine::Event>& b);
    QString result() const;

    static void fillSample(CompareView& view); ///< For the tour.

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void compare();
    void comparePayloads(const std::string& a, const std::string& b);

    std::optional<engine::Event> m_a;
    std::optional<engine::Event> m_b;
    bool m_isStale = true;
    QStackedWidget* m_stack;
    QLabel* m_sideA;
    QLabel* m_sideB;
    QLabel* m_result;
    DifferencesModel* m_model;
    DataTable* m_table;
    EmptyState* m_empty;
};

} // namespace castdeck::ui
