#pragma once

#include "ui/models/log_model.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class EmptyState;
class LogTable;
class TypeChips;

/// The developers' page: what happens in the server, as it happens.
class LogPage : public QWidget {
    Q_OBJECT

public:
    explicit LogPage(LogModel* model, QWidget* parent = nullptr);

    void setPaused(bool isPaused);
    void togglePause();
    void clear();
    void showErrors();
    void focusFilter();
    void setFilterText(const QString& text);
    void selectRow(int row);
    void setServerRunning(bool isRunning);

Q_SIGNALS:
    void rowSelected(const std::optional<castdeck::engine::Event>& event);
    void inspectorRequested(); ///< A row was clicked, or Enter pressed on it, whether it was selected before or not.
    void sendRequested();
    void startRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    QWidget* buildHead();
    void connectAll();
    void applyFilter();
    void clearFilter();
    void refresh();
    void refreshEmptyState();
    void placeNewChip();
    void reportSelection();

    LogModel* m_model;
    QPushButton* m_pause;
    QPushButton* m_follow;
    QPushButton* m_clear;
    QLineEdit* m_filter;
    QLabel* m_filterState;
    TypeChips* m_types;
    QStackedWidget* m_stack;
    LogTable* m_table;
    EmptyState* m_empty;
    QPushButton* m_newChip;
    QTimer m_filterDelay;
    QTimer m_undoTime;
    std::size_t m_seenRows = 0; ///< Rows of the log when following ended.
    bool m_isServerRunning = true;
    std::optional<LogStore::Sequence> m_selected;
};

} // namespace castdeck::ui
