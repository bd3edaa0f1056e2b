#pragma once

#include "ui/widgets/plot.h"

#include <QtWidgets/QFrame>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace castdeck::ui {

class PlotTable;

/// A plot with its title and newest value, which can also be read as a table and saved as a picture or as CSV.
class PlotCard : public QFrame {
    Q_OBJECT

public:
    /// The plot gets the name "stats.<name>".
    PlotCard(const QString& name, const QString& title, QWidget* parent = nullptr);

    void setData(PlotData shown);
    void setFigure(const QString& text); ///< The newest value, large.
    /// Why there is no such plot, in its place; empty to have it back.
    void setMissing(const QString& sentence);
    Plot* plot() const { return m_plot; }
    bool isTable() const;

public Q_SLOTS:
    void setTable(bool isTable);
    void savePicture(const QString& file);
    void saveTable(const QString& file);

Q_SIGNALS:
    /// One sentence: where it was saved, or why not.
    void told(const QString& sentence);

private:
    void buildHead(const QString& name, const QString& title);
    void askAndSave(const QString& suffix, void (PlotCard::*save)(const QString&));

    const QString m_name;
    QLabel* m_figure;
    QWidget* m_head;
    Plot* m_plot;
    PlotTable* m_model;
    QTableView* m_table;
    QLabel* m_missing;
    QStackedWidget* m_stack;
};

} // namespace castdeck::ui
