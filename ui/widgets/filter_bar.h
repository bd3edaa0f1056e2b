#pragma once

#include "ui/models/log_filter.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace castdeck::ui {

class Documents;
class FilterChips;
class FilterLine;

/// The filter line of the log with its remark, its star, and the saved filters below it. While the line holds a
/// mistake, the last good filter stays.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(Documents& documents, QWidget* parent = nullptr);

    FilterLine* line() const { return m_line; }
    FilterChips* chips() const { return m_chips; }
    LogFilter filter() const; ///< Of the line and the chips.
    bool isEmpty() const;     ///< Neither text nor a chip.

    void setText(const QString& text);
    void applyNow(); ///< Without waiting until somebody pauses to type.
    /// Also asks for this: joined to what stands there with "and".
    void addTerm(const QString& term);
    void clear();
    /// What the filter finds ("12 of 3,000 rows"), shown unless there is a mistake to tell of.
    void setRemark(const QString& remark);

Q_SIGNALS:
    void filterChanged();
    void left(); ///< Escape in the empty line.

private:
    void build();
    QWidget* buildNaming();
    void apply();
    void startNaming(const QString& id, const QString& name);
    void finishNaming();
    void showRemark();

    FilterLine* m_line;
    QToolButton* m_star;
    QLabel* m_remarkLabel;
    FilterChips* m_chips;
    QWidget* m_naming;
    QLineEdit* m_name;
    QString m_renamedId; ///< Empty while a filter is being saved.
    QTimer m_delay;
    LogFilter m_lineFilter;
    QString m_mistake;
    QString m_remark;
};

} // namespace castdeck::ui
