#pragma once

#include "core/auth/rule_set.h"

#include <QtCore/QAbstractTableModel>

#include <vector>

namespace castdeck::ui {

/// The authorization rules in the order of asking, in words; the first whose pattern matches decides.
class RulesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Pattern, Who, Kinds, Note, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRules(const auth::RuleSet& rules);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString pattern;
        QString who;
        QString kinds;
        QString note;
        QString remark; ///< Why the rule never decides, which is told in place of whom it lets in; mostly empty.
    };

    std::vector<Row> m_rows;
};

} // namespace castdeck::ui
