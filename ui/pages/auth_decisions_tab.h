#pragma once

#include "core/engine/authorization.h"

#include <QtWidgets/QWidget>

#include <vector>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class DataTable;
class DecisionView;
class DecisionsModel;

/// What the server decided about its clients, and one decision in full.
class AuthDecisionsTab : public QWidget {
    Q_OBJECT

public:
    explicit AuthDecisionsTab(QWidget* parent = nullptr);

    void addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped);

private:
    QWidget* buildList();
    void showCount();
    void showSelected();

    DecisionsModel* m_decisions;
    DataTable* m_table;
    QLabel* m_count;
    QStackedWidget* m_stack;
    DecisionView* m_detail;
};

} // namespace castdeck::ui
